import type { Socket } from "node:net";
import type { Connection, Framing } from "./connection.ts";

/** What is used of a connection of sockjs-node 0.3.24; the parts that start with `_` are not in its documentation. */
export interface SockJsSocket {
  readonly protocol: string;
  readonly _session: {
    /** The websocket, where there is no SockJS framing. */
    readonly ws?: WebSocketErrors | null;
    /** `null` once the transport is gone. */
    readonly recv: {
      readonly connection: Socket;
      /** The websocket, with SockJS framing. */
      readonly ws?: WebSocketErrors | null;
      /** Not there without SockJS framing. */
      doSendFrame?(frame: string): boolean;
      doSendBulk?(messages: readonly string[]): boolean;
    } | null;
  };
  write(message: string): boolean;
  close(code: number, reason: string): boolean;
  on(event: "data", listener: (message: unknown) => void): unknown;
  on(event: "close", listener: () => void): unknown;
}

interface WebSocketErrors {
  addEventListener(event: "error", listener: (error: { readonly message: string }) => void): void;
}

/** A client that reads so slowly that this much waits for it is cut off, before it fills the broker's memory. */
const MAX_BUFFERED_BYTES = 64_000_000;

export interface SockJsConnectionOptions {
  readonly id: string;
  /** Called when the connection is dropped, or a message is, for a reason that the client does not see. */
  readonly onProblem: (connection: Connection, problem: string) => void;
}

/** A {@link Connection} on sockjs-node, with and without SockJS framing. */
export class SockJsConnection implements Connection {
  readonly id: string;
  readonly framing: Framing;
  readonly remoteAddress: string;
  onMessage: (message: string) => void = () => {};
  onClose: () => void = () => {};
  readonly #socket: SockJsSocket;
  readonly #tcp: Socket;
  readonly #onProblem: SockJsConnectionOptions["onProblem"];
  #open = true;
  #frozen = false;
  #corked = false;

  /** Must be called while sockjs hands the socket out: afterwards messages would already be lost. */
  constructor(socket: SockJsSocket, tcp: Socket, options: SockJsConnectionOptions) {
    this.id = options.id;
    this.framing = socket.protocol === "websocket-raw" ? "raw" : "sockjs";
    this.remoteAddress = `${tcp.remoteAddress ?? "?"}:${tcp.remotePort ?? "?"}`;
    this.#socket = socket;
    this.#tcp = tcp;
    this.#onProblem = options.onProblem;
    socket.on("data", (data) => this.#receive(data));
    socket.on("close", () => {
      // Who is cut off by the network does not learn that the other one has gone.
      if (!this.#frozen) {
        this.#end();
      }
    });
    // Why a connection is given up, such as a frame that is too large: sockjs-node keeps that to itself.
    const webSocket = socket._session.ws ?? socket._session.recv?.ws;
    webSocket?.addEventListener("error", ({ message }) => options.onProblem(this, message));
  }

  get open(): boolean {
    return this.#open;
  }

  get frozen(): boolean {
    return this.#frozen;
  }

  send(...messages: string[]): boolean {
    if (!this.#open || this.#frozen) {
      return this.#open;
    }
    this.#cork();
    const receiver = this.#socket._session.recv;
    if (messages.length > 1 && receiver?.doSendBulk !== undefined) {
      receiver.doSendBulk(messages);
    } else {
      for (const message of messages) {
        this.#socket.write(message);
      }
    }
    if (this.#tcp.writableLength > MAX_BUFFERED_BYTES) {
      this.#onProblem(this, `${MAX_BUFFERED_BYTES} bytes wait for a client that does not read them: cut off`);
      this.destroy();
    }
    return this.#open;
  }

  heartbeat(): void {
    // sockjs-node's own heartbeat is a websocket ping wherever that is possible, which a page cannot see. The MSB (Spring)
    // sends `h` frames, and clients watch for them; its receiver sends a frame of our choice.
    if (this.#open && !this.#frozen) {
      this.#socket._session.recv?.doSendFrame?.("h");
    }
  }

  close(code: number, reason: string): void {
    if (this.#frozen) {
      // A close frame would thaw it.
      this.destroy();
    } else if (this.#open) {
      this.#socket.close(code, reason);
      this.#end();
    }
  }

  freeze(): void {
    if (this.#open && !this.#frozen) {
      this.#uncork();
      this.#frozen = true;
      // faye-websocket reads through a pipe, and answers pings and close frames by itself.
      this.#tcp.unpipe();
      this.#tcp.pause();
    }
  }

  destroy(): void {
    this.#uncork();
    this.#tcp.destroy();
    this.#end();
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

  #receive(data: unknown): void {
    // Where white space precedes the SockJS array, sockjs-node hands out the whole array as one message.
    const messages: unknown[] = Array.isArray(data) ? data : [data];
    for (const message of messages) {
      if (!this.#open || this.#frozen) {
        return;
      }
      if (typeof message === "string") {
        this.onMessage(message);
      } else {
        this.#onProblem(this, "ignored a message that is not a text");
      }
    }
  }

  #end(): void {
    if (this.#open) {
      this.#open = false;
      this.onClose();
    }
  }
}
