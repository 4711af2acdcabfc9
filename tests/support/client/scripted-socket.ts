import type { Socket, SocketClose, SocketFactory, SocketListener } from "../../../src/index.ts";

/** A socket whose other side is the test: what the client sent is read, what it gets is said. */
export class ScriptedSocket implements Socket {
  readonly url: string;
  readonly sent: string[] = [];
  bufferedAmount = 0;
  closeRequested = false;
  terminated = false;
  /** Left out, as in browsers, unless a test puts one in. */
  ping?: () => void;
  #listener: SocketListener;

  constructor(url: string, listener: SocketListener) {
    this.url = url;
    this.#listener = listener;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closeRequested = true;
  }

  terminate(): void {
    this.terminated = true;
  }

  /** The messages sent, out of their frames. */
  get messages(): string[] {
    return this.#isRaw ? this.sent : this.sent.flatMap((frame) => JSON.parse(frame) as string[]);
  }

  get #isRaw(): boolean {
    return this.url.endsWith("/websocket/data/websocket");
  }

  serverOpens(): void {
    this.#listener.open();
  }

  serverSends(...messages: string[]): void {
    if (this.#isRaw) {
      for (const message of messages) {
        this.#listener.message(message);
      }
    } else {
      this.#listener.message(`a${JSON.stringify(messages)}`);
    }
  }

  serverSendsFrame(frame: string): void {
    this.#listener.message(frame);
  }

  serverPongs(): void {
    this.#listener.pong();
  }

  serverCloses(close: Partial<SocketClose> = {}): void {
    this.#listener.close({ code: 1006, reason: "", ...close });
  }

  /** Up to IO_CONNECTED. */
  serverAccepts(): void {
    this.serverOpens();
    if (!this.#isRaw) {
      this.serverSendsFrame("o");
    }
    this.serverSends("IO_CONNECTED");
  }
}

/** A factory that remembers the sockets it made. */
export function scriptedSockets(): {
  readonly factory: SocketFactory;
  readonly sockets: ScriptedSocket[];
  last(): ScriptedSocket;
} {
  const sockets: ScriptedSocket[] = [];
  return {
    sockets,
    factory: (url, listener) => {
      const socket = new ScriptedSocket(url, listener);
      sockets.push(socket);
      return socket;
    },
    last() {
      const socket = sockets.at(-1);
      if (socket === undefined) {
        throw new Error("no socket was opened");
      }
      return socket;
    },
  };
}
