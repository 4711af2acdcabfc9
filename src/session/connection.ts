import type { Clock } from "../clock.ts";
import { decodeMessage, type Framing, type IncomingMessage, PONG } from "../codec/index.ts";
import { describeError, MsbConnectionError, type MsbError } from "../errors.ts";
import type { LevelLogger } from "../logger.ts";
import type { Socket, SocketClose, SocketFactory, SocketOptions } from "../socket/index.ts";
import { Liveness } from "./liveness.ts";

export interface ConnectionOptions {
  readonly url: string;
  readonly framing: Framing;
  readonly openSocket: SocketFactory;
  readonly socketOptions: SocketOptions;
  readonly clock: Clock;
  readonly logger: LevelLogger;
  /** From the dial to IO_CONNECTED, in milliseconds. */
  readonly connectTimeout: number;
  /** Milliseconds between pings; `undefined` sends none. */
  readonly pingInterval: number | undefined;
  /** From the closing handshake to giving up on it, in milliseconds. */
  readonly closeTimeout: number;
  onMessage(message: IncomingMessage): void;
  /** Called exactly once, last of all. The error says why: `DISCONNECTED` after `close()`. */
  onEnd(error: MsbError): void;
}

/**
 * One socket with its framing, from the dial to its end. A session makes a new one for every attempt, so nothing
 * that an old socket still has to say can reach the new one.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  #socket: Socket | undefined;
  #timer: unknown;
  #phase: "opening" | "open" | "closing" | "ended" = "opening";
  #serverClose: SocketClose | undefined;
  #liveness: Liveness | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Dials. Apart from the constructor, because a socket may fail, or open, before its factory returns. */
  open(): void {
    const options = this.#options;
    this.#startTimer(options.connectTimeout, () => {
      const message = `The MSB did not answer within ${options.connectTimeout} ms.`;
      this.abort(new MsbConnectionError("TIMEOUT", message, { remedy: `Is ${options.url} an MSB?` }));
    });
    try {
      this.#socket = options.openSocket(
        options.url,
        {
          open: () => options.logger.debug(`socket open: ${options.url}`),
          message: (text) => this.#onFrame(text),
          pong: () => this.#liveness?.onSign(),
          close: (close) => this.#onClose(close),
        },
        options.socketOptions,
      );
    } catch (error) {
      this.#end(cannotConnect(options.url, describeError(error), error));
    }
  }

  /** Bytes handed to the socket that it has not sent yet. */
  get bufferedAmount(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** Hands a message to the socket. */
  send(message: string): void {
    if (this.#phase !== "open") return;
    this.#options.logger.trace(() => `-> ${message}`);
    this.#socket?.send(this.#options.framing.encode(message));
  }

  /** Closes with a handshake; ends without one if the other side does not answer in time. */
  close(): void {
    if (this.#phase === "closing" || this.#phase === "ended") return;
    this.#phase = "closing";
    if (this.#socket === undefined) return this.#end(this.#closedByUs());
    this.#startTimer(this.#options.closeTimeout, () => this.abort(this.#closedByUs()));
    this.#socket.close(1000);
  }

  /** Ends the connection now, for the reason given. */
  abort(error: MsbError): void {
    if (this.#phase === "ended") return;
    const socket = this.#socket;
    this.#end(error);
    socket?.terminate();
  }

  #onFrame(text: string): void {
    if (this.#phase === "ended") return;
    this.#liveness?.onSign();
    const frame = this.#options.framing.decode(text);
    switch (frame.type) {
      case "messages":
        for (const message of frame.messages) this.#onMessage(message);
        return;
      case "close":
        this.#serverClose = frame;
        // SockJS servers close the socket after this frame; one that does not is helped along.
        this.#socket?.close(1000);
        return;
      case "malformed":
        this.#options.logger.warn(
          `a frame that cannot be read was ignored: ${frame.reason}: ${clip(frame.text)}`,
        );
        return;
      case "heartbeat":
        this.#liveness?.onHeartbeat("h");
        this.#options.logger.trace(() => "<- heartbeat");
        return;
      case "open":
        this.#options.logger.trace(() => `<- ${frame.type}`);
    }
  }

  #onMessage(text: string): void {
    // A message before it in the same frame may have ended the connection.
    if (this.#phase === "ended") return;
    this.#options.logger.trace(() => `<- ${text}`);
    const message = decodeMessage(text);
    if (message.type === "connected" && this.#phase === "opening") {
      this.#phase = "open";
      this.#clearTimer();
      this.#watch();
    }
    if (message.type === "ping") {
      this.send(PONG);
      this.#liveness?.onHeartbeat("ping");
    }
    this.#options.onMessage(message);
  }

  #watch(): void {
    const { clock, pingInterval } = this.#options;
    const canPing = this.#socket?.ping !== undefined;
    this.#liveness = new Liveness({
      clock,
      pingInterval: canPing ? pingInterval : undefined,
      ping: () => this.#socket?.ping?.(),
      onDead: (silence) => {
        const message = `The connection to the MSB is dead: nothing came for ${silence} ms.`;
        this.abort(new MsbConnectionError("CONNECTION_LOST", message));
      },
    });
  }

  #onClose(close: SocketClose): void {
    if (this.#phase === "closing") {
      this.#end(this.#closedByUs());
      return;
    }
    const { code, reason } = this.#serverClose ?? close;
    const detail =
      close.error?.message ?? (reason === "" ? `close code ${code}` : `close code ${code}: ${reason}`);
    const error =
      this.#phase === "opening"
        ? cannotConnect(this.#options.url, detail, close.error)
        : new MsbConnectionError("CONNECTION_LOST", `The connection to the MSB was lost (${detail}).`, {
            cause: close.error,
          });
    this.#end(error);
  }

  #end(error: MsbError): void {
    if (this.#phase === "ended") return;
    this.#phase = "ended";
    this.#clearTimer();
    this.#liveness?.stop();
    this.#socket = undefined;
    this.#options.onEnd(error);
  }

  #closedByUs(): MsbError {
    return new MsbConnectionError("DISCONNECTED", "The client was disconnected.");
  }

  #startTimer(ms: number, callback: () => void): void {
    this.#clearTimer();
    this.#timer = this.#options.clock.setTimeout(callback, ms);
  }

  #clearTimer(): void {
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function cannotConnect(url: string, detail: string, cause: unknown): MsbError {
  return new MsbConnectionError("CONNECT_FAILED", `Cannot connect to ${url} (${detail}).`, {
    cause,
    remedy: /\b(403|421)\b/.test(detail) ? NOT_LET_IN : NOT_THERE,
  });
}

const NOT_THERE =
  "Check host and port, and that the MSB is running. A web page also has to be let in (development broker: --allow-origin).";
const NOT_LET_IN =
  "The server refuses this web page or this host name. The development broker's log names the option: --allow-origin or --allow-host.";

function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
