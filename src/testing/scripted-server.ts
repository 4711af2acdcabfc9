import type { SelfDescriptionJson } from "../core/self-description/index.ts";
import type { SocketClose, SocketFactory } from "../socket/index.ts";
import { settled } from "./fake-clock.ts";
import { ScriptedSocket, type ScriptedSocketOwner } from "./scripted-socket.ts";

/** An event that a client sent. */
export interface ScriptedEvent {
  readonly uuid: string;
  readonly eventId: string;
  /** The value, as its JSON says; left out for an event without payload. */
  readonly dataObject?: unknown;
  /** 0 is LOW, 1 MEDIUM, 2 HIGH. */
  readonly priority: 0 | 1 | 2;
  /** ISO 8601 in UTC. */
  readonly postDate: string;
  readonly correlationId?: string;
}

/** Options of {@link ScriptedServer.call}. */
export interface ScriptedCallOptions {
  /** @default none */
  readonly correlationId?: string;
  /** Named parameters, instead of a value. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The service behind a gateway that is called. @default the one that registered */
  readonly uuid?: string;
}

/**
 * The MSB of one client, played by a test: no port, no time, and nothing comes but what the test says. What it says first lets the
 * client do what it is about to do, and then what follows from it; so await it.
 * @example
 * const scripted = new ScriptedServer();
 * const speaker = new MsbClient({ ...identity, socket: scripted.socket, clock: new FakeClock() });
 * const started = speaker.start("ws://msb.test:8085");
 * await scripted.accept();
 * await scripted.answer("IO_REGISTERED");
 * await started;
 */
export class ScriptedServer {
  /** For the client option `socket`. */
  readonly socket: SocketFactory;
  /** The sockets that the client opened, the first one first. */
  readonly sockets: readonly ScriptedSocket[];
  /** Whether it answers a close, as every websocket does. @default true */
  answersClose = true;
  #acceptsAll = false;

  constructor() {
    const sockets: ScriptedSocket[] = [];
    const owner: ScriptedSocketOwner = {
      onMessage: (socket, message) => this.#onMessage(socket, message),
      onClose: (socket, code) => this.#onClose(socket, code),
    };
    this.sockets = sockets;
    this.socket = (url, listener) => {
      const socket = new ScriptedSocket(url, listener, owner);
      sockets.push(socket);
      if (this.#acceptsAll) {
        queueMicrotask(() => socket.serverAccepts());
      }
      return socket;
    };
  }

  /** The socket that was opened last. @throws {Error} if there is none. */
  get last(): ScriptedSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) {
      throw new Error("The client has opened no socket: call connect() or start() first.");
    }
    return socket;
  }

  /** The events that the client sent, over all connections: one that was sent again is there again. */
  get events(): readonly ScriptedEvent[] {
    return this.#contents("E ") as ScriptedEvent[];
  }

  /** What the client registered last. */
  get selfDescription(): SelfDescriptionJson | undefined {
    return this.#contents("R ").at(-1) as SelfDescriptionJson | undefined;
  }

  /**
   * Accepts the connection: up to IO_CONNECTED.
   * @example
   * const connected = client.connect("ws://msb.test:8085");
   * await server.accept();
   * await connected;
   */
  accept(): Promise<void> {
    return this.#say((socket) => socket.serverAccepts());
  }

  /**
   * Answers: `IO_REGISTERED` or an `NIO_…` to a registration, `IO_PUBLISHED` or an `NIO_…` to each event, in their order.
   * @example
   * const published = temperature.publish(21.5);
   * await server.answer("NIO_EVENT_FORWARDING_ERROR");
   * await published.catch((error: unknown) => console.error(error)); // REFUSED
   */
  answer(...replies: string[]): Promise<void> {
    return this.#say((socket) => socket.serverSends(...replies));
  }

  /**
   * Calls a function.
   * @example
   * await server.call("SET_SPEED", 60, { correlationId: "order-4711" });
   * console.log(server.events.at(-1)?.dataObject); // what the handler returned
   */
  call(functionId: string, value?: unknown, options: ScriptedCallOptions = {}): Promise<void> {
    const { correlationId, parameters = { dataObject: value } } = options;
    return this.#say((socket) => {
      const uuid = options.uuid ?? this.#uuid();
      const call = { uuid, functionId, correlationId, functionParameters: parameters };
      socket.serverSends(`C ${JSON.stringify(call)}`);
    });
  }

  /**
   * Sets configuration parameters. @param uuid the service behind a gateway. @default the one that registered
   * @example
   * await server.configure({ limit: 90 });
   */
  configure(params: Readonly<Record<string, unknown>>, uuid?: string): Promise<void> {
    return this.#say((socket) =>
      socket.serverSends(`K ${JSON.stringify({ uuid: uuid ?? this.#uuid(), params })}`),
    );
  }

  /**
   * Ends the connection. @default code 1006: without a close frame, as a broken network does
   * @example
   * await server.close();
   * await clock.advance(30_000); // the client connects again
   */
  close(close: Partial<SocketClose> = {}): Promise<void> {
    return this.#say((socket) => socket.serverCloses(close));
  }

  /**
   * From now on it accepts every connection, registration and event by itself; or no more.
   * @example
   * server.acceptAll();
   * await client.start("ws://msb.test:8085");
   * await temperature.publish(21.5);
   */
  acceptAll(enabled = true): void {
    this.#acceptsAll = enabled;
  }

  async #say(something: (socket: ScriptedSocket) => void): Promise<void> {
    await settled();
    something(this.last);
    await settled();
  }

  #uuid(): string {
    const uuid = this.selfDescription?.uuid;
    if (uuid === undefined) {
      throw new Error(
        "The client has registered nothing: say the uuid of the service, or register it first.",
      );
    }
    return uuid;
  }

  #contents(start: string): unknown[] {
    return this.sockets
      .flatMap(({ messages }) => messages)
      .filter((message) => message.startsWith(start))
      .map((message) => JSON.parse(message.slice(start.length)));
  }

  #onMessage(socket: ScriptedSocket, message: string): void {
    if (!this.#acceptsAll) {
      return;
    }
    // Not before the client has sent it.
    if (message.startsWith("R ")) {
      queueMicrotask(() => socket.serverSends("IO_REGISTERED"));
    } else if (message.startsWith("E ")) {
      queueMicrotask(() => socket.serverSends("IO_PUBLISHED"));
    }
  }

  #onClose(socket: ScriptedSocket, code = 1005): void {
    if (this.answersClose) {
      queueMicrotask(() => socket.serverCloses({ code }));
    }
  }
}
