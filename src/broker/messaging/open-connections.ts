import type { ConnectionInfo } from "../api.ts";
import type { BrokerCounters } from "../observing/counters.ts";
import type { Listeners } from "../observing/listeners.ts";
import { type Log, quoteForLog } from "../observing/log.ts";
import type { Trace } from "../observing/trace.ts";
import type { Registry } from "../services/registry.ts";
import type { ServiceDirectory } from "../services/service-directory.ts";
import type { Connection } from "../transport/connection.ts";
import { keepAlive } from "./keep-alive.ts";
import type { Protocol } from "./message-handler.ts";
import type { Send } from "./sender.ts";

/** The services of a connection that the log names. */
const MAX_NAMED = 10;

export interface HubParts {
  readonly registry: Registry;
  readonly directory: ServiceDirectory;
  readonly protocol: Protocol;
  readonly listeners: Listeners;
  readonly trace: Trace;
  readonly counters: BrokerCounters;
  readonly send: Send;
  readonly log: Log;
  readonly options: {
    readonly heartbeatInterval: number;
    readonly pingInterval: number;
    readonly maxConnections: number;
  };
}

/** The connections that are open, from the first message to the last. */
export class ConnectionHub {
  readonly #parts: HubParts;
  readonly #connections = new Set<Connection>();
  #closed = false;

  constructor(parts: HubParts) {
    this.#parts = parts;
  }

  get connections(): readonly Connection[] {
    return [...this.#connections];
  }

  get size(): number {
    return this.#connections.size;
  }

  /** Takes a new connection. */
  accept(connection: Connection): void {
    const { protocol, registry, directory, listeners, trace, counters, log, options, send } = this.#parts;
    const { id } = connection;
    if (this.#closed) {
      connection.destroy();
      return;
    }
    if (this.#connections.size >= options.maxConnections) {
      const text = `Refused a connection: ${options.maxConnections} clients are connected already`;
      log.write({ level: "warn", message: text, connectionId: id });
      trace.note("warn", text, id);
      connection.destroy();
      return;
    }
    this.#connections.add(connection);
    counters.connections += 1;
    const stopKeepAlive = keepAlive(connection, { ...options, send });
    connection.onMessage = (text) => protocol.receive(connection, text);
    connection.onClose = () => {
      stopKeepAlive();
      this.#connections.delete(connection);
      const uuids = registry.removeConnection(connection);
      for (const uuid of uuids) {
        directory.disconnected(uuid);
      }
      this.#note(id, `Connection${ofServices(uuids)} ended`, uuids[0]);
      listeners.emit("disconnect", { ...describe(connection), uuids });
    };
    this.#note(id, `Connected from ${connection.remoteAddress} (${connection.framing})`);
    listeners.emit("connection", describe(connection));
    protocol.greet(connection);
  }

  /** Closes all, in order. */
  closeAll(reason: string): void {
    for (const connection of this.connections) {
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
    for (const connection of this.connections.filter(which)) {
      connection.destroy();
    }
  }

  #note(connectionId: string, text: string, uuid?: string): void {
    this.#parts.log.write({ level: "info", message: text, connectionId });
    this.#parts.trace.note("info", text, connectionId, uuid);
  }
}

/** A connection can have a thousand services: the first ones say which it was. */
function ofServices(uuids: readonly string[]): string {
  const named = uuids.slice(0, MAX_NAMED).map((uuid) => quoteForLog(uuid));
  const more = uuids.length > MAX_NAMED ? [`${uuids.length - MAX_NAMED} more`] : [];
  return uuids.length === 0 ? "" : ` of ${[...named, ...more].join(", ")}`;
}

export function describe({ id, framing, remoteAddress }: Connection): ConnectionInfo {
  return { id, framing, remoteAddress };
}
