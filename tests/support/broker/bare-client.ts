import { once } from "node:events";
import { WebSocket } from "ws";
import type { Framing } from "../../../src/broker/index.ts";

export const FRAMINGS: readonly Framing[] = ["sockjs", "raw"];

/** How a connection ended. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
  /** The SockJS close frame, such as `[3000,"Go away!"]`. */
  readonly frame: unknown;
}

/** A websocket without any of the SDK: what it receives can be awaited, message by message. */
export class BareClient {
  readonly socket: WebSocket;
  readonly framing: Framing;
  /** Every frame, as it came. */
  readonly frames: string[] = [];
  readonly closed: Promise<Closed>;
  readonly #messages: string[] = [];
  #wake: (() => void) | undefined;
  #closeFrame: unknown;
  #isClosed = false;

  constructor(url: string, framing: Framing, path = defaultPath(framing)) {
    this.framing = framing;
    this.socket = new WebSocket(`${url.replace(/^http/, "ws")}${path}`, { rejectUnauthorized: false });
    this.socket.on("message", (data) => this.#receive(String(data)));
    this.socket.on("error", () => {});
    this.closed = new Promise((resolve) => {
      this.socket.on("close", (code, reason) => {
        this.#isClosed = true;
        this.#wake?.();
        resolve({ code, reason: String(reason), frame: this.#closeFrame });
      });
    });
  }

  /** Connects, and takes `IO_CONNECTED`. */
  static async connect(url: string, framing: Framing, path?: string): Promise<BareClient> {
    const client = new BareClient(url, framing, path);
    await client.expect("IO_CONNECTED");
    return client;
  }

  send(...messages: string[]): void {
    if (this.framing === "sockjs") {
      this.socket.send(JSON.stringify(messages));
    } else {
      for (const message of messages) {
        this.socket.send(message);
      }
    }
  }

  /** The next message. */
  async next(): Promise<string> {
    while (this.#messages.length === 0) {
      if (this.#isClosed) {
        throw new Error("The connection was closed while a message was waited for");
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#messages.shift() ?? "";
  }

  async expect(...messages: string[]): Promise<void> {
    for (const message of messages) {
      const received = await this.next();
      if (received !== message) {
        throw new Error(`Expected ${message}, received ${received}`);
      }
    }
  }

  /** The next message, which must be `C` or `K`: its JSON. */
  async nextJson(letter: "C" | "K"): Promise<unknown> {
    const message = await this.next();
    if (!message.startsWith(`${letter} `)) {
      throw new Error(`Expected ${letter}, received ${message}`);
    }
    return JSON.parse(message.slice(2));
  }

  async ask(message: string): Promise<string> {
    this.send(message);
    return this.next();
  }

  async register(description: object): Promise<this> {
    this.send(`R ${JSON.stringify(description)}`);
    await this.expect("IO_REGISTERED");
    return this;
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  #receive(frame: string): void {
    this.frames.push(frame);
    if (this.framing === "raw") {
      this.#messages.push(frame);
    } else if (frame.startsWith("a")) {
      this.#messages.push(...JSON.parse(frame.slice(1)));
    } else if (frame.startsWith("c")) {
      this.#closeFrame = JSON.parse(frame.slice(1));
    }
    this.#wake?.();
  }
}

function defaultPath(framing: Framing): string {
  return framing === "raw" ? "/websocket/data/websocket" : "/websocket/data/123/0123456789abcdef/websocket";
}

/** The HTTP status with which a websocket is refused. */
export async function refusedStatus(url: string, path: string): Promise<number> {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}${path}`);
  socket.on("error", () => {});
  const [, response] = await once(socket, "unexpected-response");
  response.destroy();
  return response.statusCode;
}
