import { quote } from "../../support/clip.ts";
import type { BrokerCounters } from "../observing/counters.ts";
import type { Listeners } from "../observing/listeners.ts";
import type { Log } from "../observing/log.ts";
import type { Trace } from "../observing/trace.ts";
import type { Registry } from "../services/registry.ts";
import type { ServiceDirectory } from "../services/service-directory.ts";
import { type Connection, describeConnection } from "../transport/connection.ts";
import { type KeepAliveOptions, keepAlive } from "./keep-alive.ts";
import type { MessageHandler } from "./message-handler.ts";
import type { Sender } from "./sender.ts";

/** The services of a connection that the log names. */
const MAX_NAMED = 10;

export interface OpenConnectionsDependencies {
  readonly registry: Registry;
  readonly directory: ServiceDirectory;
  readonly handler: MessageHandler;
  readonly sender: Sender;
  readonly listeners: Listeners;
  readonly trace: Trace;
  readonly counters: BrokerCounters;
  readonly log: Log;
  readonly options: KeepAliveOptions & { readonly maxConnections: number };
}

/** The connections that are open, from the first message to the last. */
export class OpenConnections {
  readonly #registry: Registry;
  readonly #directory: ServiceDirectory;
  readonly #handler: MessageHandler;
  readonly #sender: Sender;
  readonly #listeners: Listeners;
  readonly #trace: Trace;
  readonly #counters: BrokerCounters;
  readonly #log: Log;
  readonly #options: OpenConnectionsDependencies["options"];
  /** With the times at which they were opened. */
  readonly #connections = new Map<Connection, number>();
  #closed = false;

  constructor(dependencies: OpenConnectionsDependencies) {
    this.#registry = dependencies.registry;
    this.#directory = dependencies.directory;
    this.#handler = dependencies.handler;
    this.#sender = dependencies.sender;
    this.#listeners = dependencies.listeners;
    this.#trace = dependencies.trace;
    this.#counters = dependencies.counters;
    this.#log = dependencies.log;
    this.#options = dependencies.options;
  }

  /** A copy. */
  list(): Connection[] {
    return [...this.#connections.keys()];
  }

  /** When an open connection was opened, in milliseconds since 1970. */
  openedAt(connection: Connection): number | undefined {
    return this.#connections.get(connection);
  }

  /** Takes a new connection. */
  accept(connection: Connection): void {
    const { maxConnections } = this.#options;
    if (this.#closed) {
      connection.destroy();
      return;
    }
    if (this.#connections.size >= maxConnections) {
      const warning = `Refused a connection: ${maxConnections} clients are connected already`;
      this.#log.write({ level: "warn", message: warning, connectionId: connection.id });
      this.#trace.note("warn", warning, connection.id);
      connection.destroy();
      return;
    }
    this.#connections.set(connection, Date.now());
    this.#counters.connections += 1;
    const stopKeepAlive = keepAlive(connection, this.#sender, this.#options);
    connection.onMessage = (text) => this.#handler.receive(connection, text);
    connection.onClose = () => {
      stopKeepAlive();
      this.#remove(connection);
    };
    this.#note(connection.id, `Connected from ${connection.remoteAddress} (${connection.framing})`, "open");
    this.#listeners.emit("connection", describeConnection(connection));
    this.#handler.greet(connection);
  }

  /** Closes all, in order. */
  closeAll(reason: string): void {
    for (const connection of this.list()) {
      connection.close(3000, reason);
    }
  }

  /** Closes all, and takes no more. */
  close(reason: string): void {
    this.#closed = true;
    this.closeAll(reason);
  }

  /** Drops those that this is true of, without a close frame. */
  destroy(which: (connection: Connection) => boolean = () => true): void {
    for (const connection of this.list().filter(which)) {
      connection.destroy();
    }
  }

  #remove(connection: Connection): void {
    this.#connections.delete(connection);
    const uuids = this.#registry.removeConnection(connection);
    for (const uuid of uuids) {
      this.#directory.disconnected(uuid);
    }
    this.#note(connection.id, `Connection${ofServices(uuids)} ended`, "close", uuids[0]);
    this.#listeners.emit("disconnect", { ...describeConnection(connection), uuids });
  }

  #note(connectionId: string, message: string, name: "open" | "close", uuid?: string): void {
    this.#log.write({ level: "info", message, connectionId });
    this.#trace.note("info", message, connectionId, uuid, name);
  }
}

/** A connection can have a thousand services: the first ones say which it was. */
function ofServices(uuids: readonly string[]): string {
  if (uuids.length === 0) {
    return "";
  }
  const names = uuids.slice(0, MAX_NAMED).map(quote);
  if (uuids.length > MAX_NAMED) {
    names.push(`${uuids.length - MAX_NAMED} more`);
  }
  return ` of ${names.join(", ")}`;
}
