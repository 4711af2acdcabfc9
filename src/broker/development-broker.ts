import { MsbDefinitionError, MsbError } from "../errors.ts";
import type { Broker, CallOptions, ConnectionInfo, EventFilter, RegisteredService } from "./api.ts";
import { clientUrl } from "./client-url.ts";
import type { ReceivedEvent } from "./event.ts";
import { EventLog } from "./event-log.ts";
import { type Flow, FlowTable, readFlow } from "./flow.ts";
import { keepAlive } from "./keep-alive.ts";
import { type BrokerEvents, createListeners, type Listeners } from "./listeners.ts";
import { type LogFunction, quoteForLog } from "./log.ts";
import { writeCall, writeConfiguration, writeParameters } from "./messages.ts";
import type { ResolvedOptions } from "./options.ts";
import { Protocol } from "./protocol.ts";
import { Registry } from "./registry.ts";
import { Router } from "./router.ts";
import type { Connection } from "./transport/connection.ts";
import type { HttpServer } from "./transport/http-server.ts";

/** How long clients have to answer a close frame, in milliseconds. */
const CLOSE_GRACE = 250;

/** Puts the parts together; the only place that knows all of them. */
export class DevelopmentBroker implements Broker {
  readonly host: string;
  readonly #options: ResolvedOptions;
  readonly #log: LogFunction;
  readonly #registry = new Registry();
  readonly #flows = new FlowTable();
  readonly #connections = new Set<Connection>();
  readonly #eventLog: EventLog;
  readonly #listeners: Listeners;
  readonly #router: Router;
  readonly #protocol: Protocol;
  #server: HttpServer | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ResolvedOptions, log: LogFunction) {
    this.host = options.host;
    this.#options = options;
    this.#log = log;
    this.#eventLog = new EventLog(options.maxEvents);
    this.#listeners = createListeners(log);
    for (const flow of options.flows) {
      this.#flows.add(flow);
    }
    const registry = this.#registry;
    const listeners = this.#listeners;
    const events = this.#eventLog;
    const send = this.#send.bind(this);
    this.#router = new Router({ flows: this.#flows, registry, send, log });
    this.#protocol = new Protocol({ registry, router: this.#router, events, listeners, send, log });
  }

  /** Called once, when the server listens. */
  listensOn(server: HttpServer): void {
    this.#server = server;
  }

  /** Takes a new connection. */
  accept(connection: Connection): void {
    if (this.#closing !== undefined) {
      connection.destroy();
      return;
    }
    const { id, framing, remoteAddress } = connection;
    this.#connections.add(connection);
    const stopKeepAlive = keepAlive(connection, { ...this.#options, send: this.#send.bind(this) });
    connection.onMessage = (text) => {
      this.#listeners.emit("message", { direction: "in", connectionId: id, text, at: Date.now() });
      this.#protocol.receive(connection, text);
    };
    connection.onClose = () => {
      stopKeepAlive();
      this.#connections.delete(connection);
      const uuids = this.#registry.remove(connection);
      const who = uuids.length === 0 ? "" : ` of ${uuids.map((uuid) => quoteForLog(uuid)).join(", ")}`;
      this.#log({ level: "info", message: `Connection${who} ended`, connectionId: id });
      this.#listeners.emit("disconnect", { id, framing, remoteAddress, uuids });
    };
    this.#log({ level: "info", message: `Connected from ${remoteAddress} (${framing})`, connectionId: id });
    this.#listeners.emit("connection", { id, framing, remoteAddress });
    this.#protocol.greet(connection);
  }

  get port(): number {
    return this.#server?.port ?? this.#options.port;
  }

  get url(): string {
    return clientUrl(this.host, this.port, this.#options.tls !== undefined);
  }

  get services(): ReadonlyMap<string, RegisteredService> {
    return this.#registry.services;
  }

  get connections(): readonly ConnectionInfo[] {
    return [...this.#connections].map(({ id, framing, remoteAddress }) => ({ id, framing, remoteAddress }));
  }

  get flows(): readonly Flow[] {
    return this.#flows.list();
  }

  get events(): readonly ReceivedEvent[] {
    return this.#eventLog.events;
  }

  addFlow(flow: Flow): void {
    this.#flows.add(readFlow(flow));
  }

  removeFlow(flow: Flow): boolean {
    const removed = this.#flows.remove(readFlow(flow));
    this.#router.dropOrphans();
    return removed;
  }

  call(uuid: string, functionId: string, value?: unknown, options: CallOptions = {}): void {
    this.send(uuid, writeCall(uuid, functionId, options.correlationId, writeParameters(value)));
  }

  configure(uuid: string, params: Readonly<Record<string, unknown>>): void {
    this.send(uuid, writeConfiguration(uuid, params));
  }

  send(uuid: string, ...messages: string[]): void {
    this.#send(this.#connectionOf(uuid), ...messages);
  }

  cut(uuid: string): void {
    this.#connectionOf(uuid).destroy();
  }

  cutAll(): void {
    for (const connection of [...this.#connections]) {
      connection.destroy();
    }
  }

  disconnect(uuid: string, code = 3000, reason = "Go away!"): void {
    if (code !== 1000 && !(Number.isInteger(code) && code >= 3000 && code <= 4999)) {
      throw new MsbDefinitionError("disconnect", [
        { path: "code", message: "must be 1000, or from 3000 to 4999" },
      ]);
    }
    this.#connectionOf(uuid).close(code, reason);
  }

  on<Name extends keyof BrokerEvents>(
    name: Name,
    listener: (payload: BrokerEvents[Name]) => void,
  ): () => void {
    return this.#listeners.on(name, listener);
  }

  waitForEvent(filter: EventFilter<ReceivedEvent> = {}, timeout = 5_000): Promise<ReceivedEvent> {
    return this.#eventLog.wait(filter, timeout);
  }

  queued(uuid: string): number {
    return this.#router.queued(uuid);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    for (const connection of [...this.#connections]) {
      connection.close(3000, "The broker was closed");
    }
    this.#eventLog.close();
    await this.#server?.close(CLOSE_GRACE);
    this.#listeners.clear();
  }

  #connectionOf(uuid: string): Connection {
    const registration = this.#registry.get(uuid);
    if (registration === undefined) {
      throw new MsbError("NOT_REGISTERED", `No service ${quoteForLog(uuid)} is registered at this broker.`, {
        remedy: "Wait until its register() has resolved.",
      });
    }
    return registration.connection;
  }

  #send(connection: Connection, ...messages: string[]): boolean {
    const sent = connection.send(...messages);
    if (sent) {
      for (const text of messages) {
        this.#listeners.emit("message", {
          direction: "out",
          connectionId: connection.id,
          text,
          at: Date.now(),
        });
      }
    }
    return sent;
  }
}
