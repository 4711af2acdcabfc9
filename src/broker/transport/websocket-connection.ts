import type { Socket } from "node:net";
import { type RawData, WebSocket } from "ws";
import type { Connection, Framing } from "./connection.ts";
import { readClientFrame, writeClose, writeMessages } from "./sockjs-frames.ts";

/** A client that reads so slowly that this much waits for it is cut off, before it fills the broker's memory. */
const MAX_BUFFERED_BYTES = 64_000_000;

export interface WebSocketConnectionOptions {
  readonly id: string;
  readonly framing: Framing;
  /** The largest message of the client, in characters. */
  readonly maxMessageSize: number;
  /** Called when the connection is dropped for a reason that the client does not see. */
  readonly onProblem: (connection: Connection, problem: string) => void;
}

/** A {@link Connection} on a websocket, with and without SockJS framing. */
export class WebSocketConnection implements Connection {
  readonly id: string;
  readonly framing: Framing;
  readonly remoteAddress: string;
  onMessage: (message: string) => void = () => {};
  onClose: () => void = () => {};
  readonly #socket: WebSocket;
  readonly #tcp: Socket;
  readonly #options: WebSocketConnectionOptions;
  #open = true;
  #frozen = false;
  #corked = false;
  #isAnsweringPing = false;
  #nextPing: Buffer | undefined;

  constructor(socket: WebSocket, tcp: Socket, options: WebSocketConnectionOptions) {
    this.id = options.id;
    this.framing = options.framing;
    this.remoteAddress = `${tcp.remoteAddress ?? "?"}:${tcp.remotePort ?? "?"}`;
    this.#socket = socket;
    this.#tcp = tcp;
    this.#options = options;
    if (this.framing === "sockjs") {
      socket.send("o");
    }
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    socket.on("ping", (data) => this.#answerPing(data));
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => {
      // Who is cut off by the network does not learn that the other one has gone.
      if (!this.#frozen) {
        this.#end();
      }
    });
  }

  get open(): boolean {
    return this.#open && this.#socket.readyState === WebSocket.OPEN;
  }

  get frozen(): boolean {
    return this.#frozen;
  }

  send(...messages: string[]): boolean {
    if (!this.open || this.#frozen) {
      return this.open;
    }
    this.#cork();
    if (this.framing === "sockjs") {
      this.#socket.send(writeMessages(messages));
    } else {
      for (const message of messages) {
        this.#socket.send(message);
      }
    }
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.#problem(`${MAX_BUFFERED_BYTES} bytes wait for a client that does not read them: cut off`);
      this.destroy();
    }
    return this.open;
  }

  heartbeat(): void {
    if (this.framing === "sockjs" && this.open && !this.#frozen) {
      this.#socket.send("h");
    }
  }

  close(code: number, reason: string): void {
    if (this.#frozen) {
      // A close frame would thaw it.
      this.destroy();
    } else if (this.#open) {
      if (this.framing === "sockjs") {
        this.#socket.send(writeClose(code, reason));
      }
      this.#socket.close(code, reason);
      this.#end();
    }
  }

  freeze(): void {
    if (this.open && !this.#frozen) {
      this.#uncork();
      this.#frozen = true;
      this.#socket.pause();
    }
  }

  destroy(): void {
    this.#uncork();
    this.#socket.terminate();
    this.#end();
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!this.open || this.#frozen) {
      return;
    }
    if (isBinary) {
      this.#refuse(1003, "a binary frame");
      return;
    }
    const text = data.toString();
    if (text.length > this.#options.maxMessageSize) {
      this.#refuse(1009, describeSize(this.#options));
    } else if (this.framing === "raw") {
      this.onMessage(text);
    } else {
      this.#receiveFrame(text);
    }
  }

  #receiveFrame(frame: string): void {
    const { messages, fault } = readClientFrame(frame);
    for (const message of messages) {
      if (!this.open || this.#frozen) {
        return;
      }
      this.onMessage(message);
    }
    if (fault !== undefined && this.open && !this.#frozen) {
      if (fault.hasCloseFrame) {
        this.#socket.send(writeClose(fault.code, ""));
      }
      this.#refuse(fault.code, fault.problem);
    }
  }

  /** As Spring does it: what is wrong with a frame ends the connection. */
  #refuse(code: number, problem: string): void {
    this.#problem(`Closed with ${code}: ${problem}`);
    this.#socket.close(code);
    this.#end();
  }

  /**
   * Of the pings that come while an answer is on its way, only the last is answered (RFC 6455, 5.5.3): the answers for a client that
   * does not read them would fill the memory.
   */
  #answerPing(data: Buffer): void {
    if (this.#isAnsweringPing) {
      this.#nextPing = data;
    } else if (!this.#frozen) {
      this.#isAnsweringPing = true;
      this.#socket.pong(data, false, () => {
        const next = this.#nextPing;
        this.#isAnsweringPing = false;
        this.#nextPing = undefined;
        if (next !== undefined) {
          this.#answerPing(next);
        }
      });
    }
  }

  #fail(error: Error & { readonly code?: unknown }): void {
    const isTooLarge = error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";
    this.#problem(isTooLarge ? `Closed with 1009: ${describeSize(this.#options)}` : error.message);
  }

  #problem(problem: string): void {
    this.#options.onProblem(this, problem);
  }

  /** Many frames of one turn are one write: a client that sends a hundred events gets their replies together. */
  #cork(): void {
    if (!this.#corked) {
      this.#corked = true;
      this.#tcp.cork();
      process.nextTick(() => this.#uncork());
    }
  }

  #uncork(): void {
    if (this.#corked) {
      this.#corked = false;
      this.#tcp.uncork();
    }
  }

  #end(): void {
    if (this.#open) {
      this.#open = false;
      this.onClose();
    }
  }
}

function describeSize({ maxMessageSize }: WebSocketConnectionOptions): string {
  return `a message of more than ${maxMessageSize} characters (see the option maxMessageSize, --max-message-size)`;
}
