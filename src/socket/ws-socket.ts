import type { HttpResponse, Socket, SocketListener } from "./socket.ts";

/** A websocket of `ws`, as far as it is used; its own types would tie the SDK to it. */
export interface WsWebSocket {
  readonly bufferedAmount: number;
  send(data: string | Uint8Array, options?: { readonly binary: boolean }): void;
  close(code?: number, reason?: string): void;
  terminate(): void;
  ping(): void;
  pong(data: Uint8Array, mask: undefined, onSent: (error?: Error) => void): void;
  pause(): void;
  resume(): void;
  on(type: string, listener: (...parameters: never[]) => void): void;
  /** The TCP socket. */
  readonly _socket?: { cork?(): void; uncork?(): void } | null;
}

/** What `ws` passes on of a server that answers a websocket's request with something else. */
interface HttpAnswer {
  readonly statusCode?: number;
  readonly statusMessage?: string;
  readonly headers: { readonly location?: string | undefined };
}

const AS_TEXT = { binary: false };

const OWNER = Symbol("owner");

type OwnedWebSocket = WsWebSocket & { [OWNER]: WsSocket };

/** Shared by all sockets: `ws` calls them with the websocket as `this`. Functions for each would weigh more than all else. */
const HANDLERS = {
  open(this: OwnedWebSocket): void {
    this[OWNER].listener.open();
  },
  message(this: OwnedWebSocket, data: unknown, isBinary: boolean): void {
    // The MSB sends text frames only; anything else is not for us.
    if (!isBinary) {
      this[OWNER].listener.message(String(data));
    }
  },
  ping(this: OwnedWebSocket, data: Uint8Array): void {
    this[OWNER].onPing(data);
  },
  pong(this: OwnedWebSocket): void {
    this[OWNER].listener.pong();
  },
  error(this: OwnedWebSocket, error: Error): void {
    this[OWNER].onError(error);
  },
  "unexpected-response"(this: OwnedWebSocket, _request: unknown, answer: HttpAnswer): void {
    this[OWNER].onHttpAnswer(answer);
  },
  close(this: OwnedWebSocket, code: number, reason: unknown): void {
    this[OWNER].onClose(code, String(reason));
  },
};

/** Connects a websocket of `ws` with its listener. */
export function wsSocket(webSocket: WsWebSocket, listener: SocketListener, maxPayload: unknown): Socket {
  return new WsSocket(webSocket, listener, maxPayload);
}

class WsSocket implements Socket {
  readonly listener: SocketListener;
  readonly #webSocket: WsWebSocket;
  readonly #maxPayload: unknown;
  #failure: Error | undefined;
  #response: HttpResponse | undefined;
  #isCorked = false;
  #isAnswering = false;
  #newestPing: Uint8Array | undefined;

  constructor(webSocket: WsWebSocket, listener: SocketListener, maxPayload: unknown) {
    this.listener = listener;
    this.#webSocket = Object.assign(webSocket, { [OWNER]: this });
    this.#maxPayload = maxPayload;
    for (const [type, handler] of Object.entries(HANDLERS)) {
      webSocket.on(type, handler);
    }
  }

  get bufferedAmount(): number {
    return this.#webSocket.bufferedAmount;
  }

  send(text: string): void {
    const { Buffer } = globalThis as { Buffer?: { from(text: string): Uint8Array } };
    if (this.#cork() && Buffer !== undefined) {
      // `ws` writes a string in two pieces, head and content; bytes that it may not change in one.
      this.#webSocket.send(Buffer.from(text), AS_TEXT);
    } else {
      this.#webSocket.send(text);
    }
  }

  close(code?: number, reason?: string): void {
    // The other side's close frame has to be read.
    this.#webSocket.resume();
    this.#webSocket.close(code, reason);
  }

  terminate(): void {
    this.#webSocket.terminate();
  }

  ping(): void {
    this.#webSocket.ping();
  }

  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }

  /**
   * Answers pings, one at a time: while an answer waits to be written, only the newest ping is kept (RFC 6455, 5.5.3 allows
   * it). So a server that sends pings and does not read cannot fill the memory; `ws` would answer each or give up.
   */
  onPing(data: Uint8Array): void {
    this.#newestPing = data;
    this.#answerPing();
  }

  onError(error: Error): void {
    this.#failure ??= limitNamed(error, this.#maxPayload);
  }

  onHttpAnswer({ statusCode = 0, statusMessage = "", headers }: HttpAnswer): void {
    this.#response = { status: statusCode, location: headers.location };
    this.#failure = new Error(`the server answered HTTP ${statusCode} ${statusMessage}`.trim());
    // With a listener here, ending the handshake is left to it.
    this.#webSocket.terminate();
  }

  onClose(code: number, reason: string): void {
    this.listener.close({ code, reason, error: this.#failure, response: this.#response });
  }

  #answerPing(): void {
    const data = this.#newestPing;
    if (this.#isAnswering || data === undefined) {
      return;
    }
    this.#newestPing = undefined;
    this.#isAnswering = true;
    this.#webSocket.pong(data, undefined, (error) => {
      this.#isAnswering = false;
      // An error means that the socket is closed.
      if (error == null) {
        this.#answerPing();
      }
    });
  }

  /**
   * What is sent in one go leaves in one system call: several times as fast for a burst of events.
   * @returns false if the platform has a `ws` of its own, as Bun: it has no cork()
   */
  #cork(): boolean {
    if (this.#isCorked) {
      return true;
    }
    const tcp = this.#webSocket._socket;
    if (typeof tcp?.cork !== "function") {
      return false;
    }
    this.#isCorked = true;
    tcp.cork();
    queueMicrotask(() => {
      this.#isCorked = false;
      tcp.uncork?.();
    });
    return true;
  }
}

/** The limit is ours, and `ws` does not name it. */
function limitNamed(error: Error, maxPayload: unknown): Error {
  if ((error as { code?: unknown }).code !== "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") {
    return error;
  }
  const reason = `the server sent a message of more than ${maxPayload} bytes, the limit maxPayload`;
  return Object.assign(new Error(reason, { cause: error }), { code: "MAX_PAYLOAD" });
}
