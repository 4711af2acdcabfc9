import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { type ProxyFaults, type ProxyHooks, ProxyLink } from "./link.ts";

const NO_FAULTS: Readonly<ProxyFaults> = {
  delay: 0,
  swallowAnswers: 0,
  refuseEvents: 0,
  refuseRegistrations: 0,
  swallowRegistered: 0,
  split: 0,
  join: 0,
  stopReading: false,
};

/**
 * Stands between clients and a broker, and breaks what a network and an MSB can break. It reads the websocket messages,
 * so that it can drop or refuse single ones, and has hold of the TCP sockets, so that it can reset, stall and split them.
 * It answers no ping by itself.
 */
export class FaultProxy implements AsyncDisposable {
  /** What is wrong with the messages; to be set by the test. */
  readonly faults: ProxyFaults = { ...NO_FAULTS };
  readonly #broker: string;
  readonly #hooks: ProxyHooks;
  readonly #server: Server = createServer();
  // Pongs come from the broker, or not at all; the client's offers are not taken, so that bytes are text.
  readonly #upgrades = new WebSocketServer({ noServer: true, autoPong: false, perMessageDeflate: false });
  readonly #links = new Set<ProxyLink>();
  readonly #sockets = new Set<Socket>();
  /** So many dials are reset. */
  #refusedDials = 0;
  #swallowDials = false;
  #dials = 0;

  private constructor(broker: string, hooks: ProxyHooks) {
    this.#broker = broker.replace(/^http/, "ws");
    this.#hooks = hooks;
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      socket.on("error", () => {});
    });
    this.#server.on("upgrade", (request, socket, head) => this.#onUpgrade(request, socket as Socket, head));
  }

  /** @param broker its URL, as a client takes it */
  static async start(broker: string, hooks: ProxyHooks = {}): Promise<FaultProxy> {
    const proxy = new FaultProxy(broker, hooks);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  /** What a client connects to instead. */
  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Connections that are through to the broker. */
  get connections(): number {
    return this.#links.size;
  }

  /** How often was dialled. */
  get dials(): number {
    return this.#dials;
  }

  /** Resets all connections; the broker notices `brokerLater` milliseconds after the client. */
  cut(brokerLater?: number): void {
    for (const link of this.#links) {
      link.cut(brokerLater);
    }
  }

  /** Closes all connections in order. */
  close(code = 3000, reason = "Go away!"): void {
    for (const link of this.#links) {
      link.close(code, reason);
    }
  }

  /**
   * Swallows everything both ways from now on, and leaves the sockets open. New connections are good.
   * @param brokerLater milliseconds until the broker gives its side up; otherwise it does when the client's is closed,
   *   which browsers do a minute after they were told to
   */
  freeze(brokerLater?: number): void {
    for (const link of this.#links) {
      link.freeze(brokerLater);
    }
  }

  /** The same for new connections: they are accepted, and nobody answers, until `letIn()`. */
  freezeAll(): void {
    this.freeze();
    this.#swallowDials = true;
  }

  /** Resets so many dials from now on; `Infinity` is an outage, until `heal()`. */
  refuseDials(count: number): void {
    this.#refusedDials = count;
  }

  /** The connections that there are now answer no event any more. */
  stopAnswers(): void {
    for (const link of this.#links) {
      link.stopAnswers();
    }
  }

  /** Leaves what clients send in their sockets. */
  stopReading(): void {
    this.faults.stopReading = true;
    for (const link of this.#links) {
      link.stopReading();
    }
  }

  readOn(): void {
    this.faults.stopReading = false;
    for (const link of this.#links) {
      link.readOn();
    }
  }

  /** Nothing is wrong any more, but for connections that are lost already. */
  heal(): void {
    Object.assign(this.faults, NO_FAULTS);
    this.#refusedDials = 0;
    this.letIn();
    this.readOn();
  }

  /** Ends `freezeAll()`: who dials from now on is answered. */
  letIn(): void {
    this.#swallowDials = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const link of this.#links) {
      link.destroy();
    }
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    await closed;
  }

  #onUpgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    this.#dials += 1;
    if (this.#refusedDials > 0) {
      this.#refusedDials -= 1;
      socket.resetAndDestroy();
    } else if (this.#swallowDials) {
      socket.on("data", () => {});
    } else {
      this.#connect(request, socket, head);
    }
  }

  #connect(request: IncomingMessage, tcp: Socket, head: Buffer): void {
    const broker = new WebSocket(`${this.#broker}${request.url ?? ""}`, {
      autoPong: false,
      perMessageDeflate: false,
    });
    const abandon = (): void => broker.terminate();
    tcp.on("close", abandon);
    broker.on("error", () => tcp.resetAndDestroy());
    broker.on("open", () => {
      tcp.off("close", abandon);
      this.#upgrades.handleUpgrade(request, tcp, head, (client) => {
        const framing = /\/data\/websocket\/?$/.test(request.url ?? "") ? "raw" : "sockjs";
        const link = new ProxyLink({ client, tcp, broker, framing }, this.faults, this.#hooks);
        this.#links.add(link);
        client.on("close", () => this.#links.delete(link));
      });
    });
  }
}
