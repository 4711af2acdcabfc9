import { describeError, formatIssues } from "../errors.ts";
import { readEvent } from "./event.ts";
import type { EventLog } from "./event-log.ts";
import type { Listeners } from "./listeners.ts";
import { type LogFunction, type LogLevel, quoteForLog } from "./log.ts";
import { type Reply, readClientMessage } from "./messages.ts";
import type { Registry } from "./registry.ts";
import type { Router, Send } from "./router.ts";
import { readSelfDescription } from "./self-description.ts";
import type { Connection } from "./transport/connection.ts";

export interface ProtocolParts {
  readonly registry: Registry;
  readonly router: Router;
  readonly events: EventLog;
  readonly listeners: Listeners;
  readonly send: Send;
  readonly log: LogFunction;
}

/** What the broker answers to what a client says; `docs/protocol.md#messages`. */
export class Protocol {
  readonly #parts: ProtocolParts;

  constructor(parts: ProtocolParts) {
    this.#parts = parts;
  }

  greet(connection: Connection): void {
    this.#parts.send(connection, "IO_CONNECTED");
  }

  receive(connection: Connection, text: string): void {
    const message = readClientMessage(text);
    switch (message.kind) {
      case "register":
        return this.#register(connection, message.json);
      case "publish":
        return this.#publish(connection, message.json);
      case "pong":
        return;
      case "unknown":
        return this.#log(connection, "debug", `Ignored the unknown message ${quoteForLog(text)}`);
    }
  }

  #register(connection: Connection, json: string): void {
    const { registry, router, listeners, send } = this.#parts;
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch (error) {
      const reason = `its JSON cannot be read: ${describeError(error)}`;
      return this.#refuse(connection, "NIO_UNEXPECTED_REGISTRATION_ERROR", reason);
    }
    const result = readSelfDescription(value);
    if (!result.ok) {
      return this.#refuse(connection, "NIO_REGISTRATION_ERROR", formatIssues(result.issues));
    }
    const elsewhere = registry.findElsewhere(connection, result.services);
    if (elsewhere !== undefined) {
      const reason = `${quoteForLog(elsewhere)} is registered on another connection that is still open`;
      return this.#refuse(connection, "NIO_ALREADY_CONNECTED", reason);
    }
    const registrations = registry.register(connection, result.services, Date.now());
    send(connection, "IO_REGISTERED");
    for (const { service } of registrations) {
      const { uuid, type, name } = service;
      this.#log(connection, "info", `Registered ${type} ${quoteForLog(name)}, ${quoteForLog(uuid)}`, uuid);
    }
    for (const registration of registrations) {
      router.deliver(registration);
    }
    for (const { service } of registrations) {
      listeners.emit("register", service);
    }
  }

  #publish(connection: Connection, json: string): void {
    const { registry, router, events, listeners, send } = this.#parts;
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch (error) {
      const reason = `its JSON cannot be read: ${describeError(error)}`;
      return this.#refuse(connection, "NIO_UNEXPECTED_EVENT_FORWARDING_ERROR", reason);
    }
    const result = readEvent(value, Date.now());
    if (!result.ok) {
      return this.#refuse(connection, "NIO_EVENT_FORWARDING_ERROR", formatIssues(result.issues));
    }
    const { event } = result;
    const { uuid, eventId } = event;
    const source = registry.get(uuid);
    if (source?.connection !== connection) {
      const reason = `${quoteForLog(uuid)} is not registered on this connection`;
      return this.#refuse(connection, "NIO_EVENT_FORWARDING_ERROR", reason);
    }
    if (!source.eventIds.has(eventId)) {
      const reason = `${quoteForLog(uuid)} has not declared an event ${quoteForLog(eventId)}`;
      return this.#refuse(connection, "NIO_EVENT_FORWARDING_ERROR", reason);
    }
    let calls: ReturnType<Router["callsFor"]>;
    try {
      calls = router.callsFor(event);
    } catch (error) {
      // JSON.parse reads values that are nested so deep that JSON.stringify overflows the stack.
      const reason = `its value cannot be written again: ${describeError(error)}`;
      return this.#refuse(connection, "NIO_UNEXPECTED_EVENT_FORWARDING_ERROR", reason);
    }
    send(connection, "IO_PUBLISHED");
    this.#log(connection, "info", `Event ${quoteForLog(eventId)} of ${quoteForLog(uuid)}`, uuid);
    events.add(event, json.length);
    listeners.emit("event", event);
    for (const call of calls) {
      router.dispatch(call);
    }
  }

  #refuse(connection: Connection, reply: Reply, reason: string): void {
    this.#parts.send(connection, reply);
    this.#log(connection, "warn", `${reply}: ${reason}`);
  }

  #log(connection: Connection, level: LogLevel, message: string, uuid?: string): void {
    this.#parts.log({ level, message, connectionId: connection.id, uuid });
  }
}
