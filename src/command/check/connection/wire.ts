import { type Framing, sockJsFraming } from "../../../core/codec/index.ts";
import { nodeSocket } from "../../../platform/index.ts";
import { connectError } from "../../../session/connection/connect-errors.ts";
import { socketUrl } from "../../../session/connection/endpoint.ts";
import type { Socket, SocketClose } from "../../../socket/index.ts";
import { clip } from "../../../support/clip.ts";
import { MsbConnectionError } from "../../../support/errors.ts";
import type { Target } from "../target.ts";
import type { Transcript } from "./transcript.ts";
import { within } from "./wait.ts";

/** Milliseconds. */
const CLOSE_TIME = 1_000;
const MAX_PAYLOAD = 8_000_000;

export interface WireOptions {
  readonly framing: Framing;
  readonly origin?: string | undefined;
  readonly transcript: Transcript;
}

/** A connection without the client: it sends what is asked for, be it wrong, and keeps what comes. */
export class Wire {
  readonly framing: Framing;
  readonly transcript: Transcript;
  /** Milliseconds from the dial to the open websocket. */
  openedAfter = 0;
  /** The most messages that came in one frame. */
  mostMessages = 0;
  /** How it ended. */
  closed: SocketClose | undefined;
  /** Called for each heartbeat: a SockJS frame `h`, or the message `ping`. */
  onHeartbeat: (kind: "h" | "ping") => void = () => {};
  onEnd: () => void = () => {};
  /** Milliseconds. */
  readonly #answerTime: number;
  readonly #socket: Socket;
  readonly #messages: string[] = [];
  #closeFrame = "";
  #wake = (): void => {};
  #onPong = (): void => {};

  private constructor(target: Target, { framing, origin, transcript }: WireOptions) {
    this.framing = framing;
    this.transcript = transcript;
    this.#answerTime = target.answerTime;
    const open = nodeSocket(origin === undefined ? {} : { origin });
    this.#socket = open(
      socketUrl(target.socketBase, framing),
      {
        open: () => {
          this.openedAfter = this.transcript.elapsed();
          this.#wake();
        },
        message: (frame) => this.#receive(frame),
        pong: () => this.#onPong(),
        close: (close) => {
          this.closed = close;
          this.transcript.add("closed", describeClose(close));
          this.#wake();
          this.onEnd();
        },
      },
      { hostnameVerification: true, tls: target.tls, maxPayload: MAX_PAYLOAD, closeTimeout: CLOSE_TIME },
    );
  }

  /** Dials. @throws {MsbConnectionError} if no websocket came about, or no IO_CONNECTED. */
  static async open(target: Target, options: WireOptions): Promise<Wire> {
    const wire = new Wire(target, options);
    const greeting = await wire.next();
    if (greeting === "IO_CONNECTED") {
      return wire;
    }
    wire.end();
    if (greeting !== undefined) {
      throw new MsbConnectionError(
        "CONNECT_FAILED",
        `The first message was ${clip(greeting)}, not IO_CONNECTED.`,
      );
    }
    if (wire.closed !== undefined) {
      throw connectError(target.socketBase, wire.closed);
    }
    throw new MsbConnectionError("TIMEOUT", `No IO_CONNECTED within ${target.answerTime} ms.`, {
      remedy: `Is ${target.url} an MSB?`,
    });
  }

  /** Sends messages, each in a frame of its own. */
  send(...messages: string[]): void {
    for (const message of messages) {
      this.sendFrame(this.framing === sockJsFraming ? JSON.stringify([message]) : message);
    }
  }

  /** Sends messages in one SockJS frame. */
  sendTogether(messages: readonly string[]): void {
    this.sendFrame(JSON.stringify(messages));
  }

  sendFrame(frame: string): void {
    if (this.closed === undefined) {
      this.transcript.add("sent", frame);
      this.#socket.send(frame);
    }
  }

  /** The next message; `undefined` if none comes in time, or the connection ends. */
  async next(milliseconds = this.#answerTime): Promise<string | undefined> {
    const deadline = performance.now() + milliseconds;
    for (;;) {
      const message = this.#messages.shift();
      const rest = deadline - performance.now();
      if (message !== undefined || this.closed !== undefined || rest <= 0) {
        return message;
      }
      await within(
        rest,
        new Promise<void>((resolve) => {
          this.#wake = resolve;
        }),
      );
    }
  }

  /** The next messages, as many as asked for, or as come in time. */
  async take(count: number, milliseconds = this.#answerTime): Promise<string[]> {
    const deadline = performance.now() + milliseconds;
    const messages: string[] = [];
    while (messages.length < count) {
      const message = await this.next(deadline - performance.now());
      if (message === undefined) {
        break;
      }
      messages.push(message);
    }
    return messages;
  }

  async ask(message: string, milliseconds?: number): Promise<string | undefined> {
    this.send(message);
    return this.next(milliseconds);
  }

  /** Sends a websocket ping. @returns the milliseconds to its answer, `undefined` without one. */
  async ping(): Promise<number | undefined> {
    const start = performance.now();
    const answered = new Promise<true>((resolve) => {
      this.#onPong = () => resolve(true);
    });
    this.#socket.ping?.();
    return (await within(this.#answerTime, answered)) && Math.round(performance.now() - start);
  }

  /** In words: what came in the place of an answer. */
  describeSilence(milliseconds = this.#answerTime): string {
    return this.closed === undefined
      ? `no answer within ${milliseconds / 1_000} s`
      : `the connection was closed: ${describeClose(this.closed)}${this.#closeFrame}`;
  }

  /** Ends it in order, and waits for that. */
  async close(): Promise<void> {
    const deadline = performance.now() + CLOSE_TIME;
    if (this.closed === undefined) {
      this.#socket.close(1000);
    }
    while (this.closed === undefined && performance.now() < deadline) {
      await within(
        deadline - performance.now(),
        new Promise<void>((resolve) => {
          this.#wake = resolve;
        }),
      );
    }
    this.end();
  }

  /** Ends it at once. */
  end(): void {
    if (this.closed === undefined) {
      this.#socket.terminate();
    }
  }

  #receive(text: string): void {
    this.transcript.add("received", text);
    const frame = this.framing.decode(text);
    switch (frame.type) {
      case "messages":
        this.mostMessages = Math.max(this.mostMessages, frame.messages.length);
        for (const message of frame.messages) {
          this.#receiveMessage(message);
        }
        break;
      case "heartbeat":
        this.onHeartbeat("h");
        break;
      case "close":
        this.#closeFrame = `, after the SockJS frame ${clip(text)}`;
        break;
      case "malformed":
        this.#messages.push(text);
        break;
    }
    this.#wake();
  }

  #receiveMessage(message: string): void {
    if (message === "ping") {
      this.onHeartbeat("ping");
      this.send("pong");
    } else {
      this.#messages.push(message);
    }
  }
}

function describeClose({ code, reason, error }: SocketClose): string {
  return error === undefined
    ? `code ${code}${reason === "" ? "" : ` (${clip(reason)})`}`
    : clip(error.message);
}
