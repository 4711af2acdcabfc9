import type { SocketClose, SocketListener } from "../socket/index.ts";

/** Is told what the client does with a socket. */
export interface ScriptedSocketOwner {
  onMessage(socket: ScriptedSocket, message: string): void;
  onClose(socket: ScriptedSocket, code: number | undefined): void;
}

/**
 * One socket that a client opened, whose other side is the test: what the client sent is read, what it gets is said. At once: what
 * the client does then may need {@link settled}.
 * @example
 * const { client, server } = scriptedClient();
 * void client.connect();
 * await settled();
 * server.last.serverOpens(); // no IO_CONNECTED comes
 */
export class ScriptedSocket {
  /** Where the client went to. */
  readonly url: string;
  /** The text frames that the client sent. */
  readonly sent: string[] = [];
  /** Bytes that are not on their way yet: to be set by the test. */
  bufferedAmount = 0;
  /** Whether the client asked for a closing handshake. */
  closeRequested = false;
  /** Whether the client dropped it. */
  terminated = false;
  /** Called when the client pings. Left out, as in browsers, unless a test puts one in. */
  ping?: () => void;
  readonly #listener: SocketListener;
  readonly #owner: ScriptedSocketOwner | undefined;

  /** @internal Sockets are made by `ScriptedServer`. */
  constructor(url: string, listener: SocketListener, owner?: ScriptedSocketOwner) {
    this.url = url;
    this.#listener = listener;
    this.#owner = owner;
  }

  /** @internal */
  send(text: string): void {
    this.sent.push(text);
    if (this.#owner !== undefined) {
      for (const message of this.#messagesOf(text)) {
        this.#owner.onMessage(this, message);
      }
    }
  }

  /** @internal */
  close(code?: number): void {
    this.closeRequested = true;
    this.#owner?.onClose(this, code);
  }

  /** @internal */
  terminate(): void {
    this.terminated = true;
  }

  /** The messages that the client sent, out of their frames. */
  get messages(): string[] {
    return this.#isRaw ? this.sent : this.sent.flatMap((frame) => this.#messagesOf(frame));
  }

  get #isRaw(): boolean {
    return this.url.endsWith("/websocket/data/websocket");
  }

  #messagesOf(frame: string): string[] {
    return this.#isRaw ? [frame] : JSON.parse(frame);
  }

  /**
   * The websocket is open; with SockJS the frame `o` is still to come.
   * @example
   * server.last.serverOpens();
   * server.last.serverSendsFrame("o");
   */
  serverOpens(): void {
    this.#listener.open();
  }

  /**
   * Messages come; with SockJS in one frame.
   * @example
   * server.last.serverSends("IO_PUBLISHED", "IO_PUBLISHED");
   */
  serverSends(...messages: string[]): void {
    if (this.#isRaw) {
      for (const message of messages) {
        this.#listener.message(message);
      }
    } else {
      this.#listener.message(`a${JSON.stringify(messages)}`);
    }
  }

  /**
   * A text frame comes, as it is.
   * @example
   * server.last.serverSendsFrame("h"); // SockJS's heartbeat
   */
  serverSendsFrame(frame: string): void {
    this.#listener.message(frame);
  }

  /**
   * The answer to a ping comes.
   * @example
   * const { last } = server;
   * last.ping = () => last.serverPongs(); // a server that lives
   */
  serverPongs(): void {
    this.#listener.pong();
  }

  /**
   * The connection ends. @default code 1006: without a close frame, as a broken network does
   * @example
   * server.last.serverCloses({ code: 1001, reason: "going away" });
   */
  serverCloses(close: Partial<SocketClose> = {}): void {
    this.#listener.close({ code: 1006, reason: "", ...close });
  }

  /**
   * The server accepts the connection: up to IO_CONNECTED.
   * @example
   * server.last.serverAccepts();
   */
  serverAccepts(): void {
    this.serverOpens();
    if (!this.#isRaw) {
      this.serverSendsFrame("o");
    }
    this.serverSends("IO_CONNECTED");
  }
}
