import { clip } from "../../support/clip.ts";
import { describeError, formatIssues, type MsbIssue } from "../../support/errors.ts";
import type { FaultState } from "../faults/fault-state.ts";
import type { BrokerCounters } from "../observing/counters.ts";
import type { EventLog } from "../observing/event-log.ts";
import type { Listeners } from "../observing/listeners.ts";
import { type Log, type LogLevel, quoteForLog } from "../observing/log.ts";
import type { Trace } from "../observing/trace.ts";
import type { ReceivedEvent } from "../protocol/event.ts";
import { type Refusal, type Reply, readClientMessage } from "../protocol/messages.ts";
import type { Mask } from "../services/mask-tokens.ts";
import type { Registry } from "../services/registry.ts";
import type { ServiceDirectory } from "../services/service-directory.ts";
import { heapSize, MAX_NOTE } from "../support/limits.ts";
import type { Connection } from "../transport/connection.ts";
import type { Call, Router } from "./call-dispatcher.ts";
import { judgeEvent, judgeRegistration } from "./message-check.ts";
import { aboutOf, type Handled, parseJson } from "./received-message.ts";
import type { Send } from "./sender.ts";

export interface ProtocolParts {
  readonly registry: Registry;
  readonly directory: ServiceDirectory;
  readonly router: Router;
  readonly events: EventLog;
  readonly listeners: Listeners;
  readonly faults: FaultState;
  readonly trace: Trace;
  readonly counters: BrokerCounters;
  readonly send: Send;
  readonly log: Log;
  readonly mask: Mask;
}

/** What the broker answers to what a client says; `docs/protocol.md#messages`. */
export class Protocol {
  readonly #parts: ProtocolParts;

  constructor(parts: ProtocolParts) {
    this.#parts = parts;
  }

  greet(connection: Connection): void {
    this.#parts.send(connection, { text: "IO_CONNECTED", about: { kind: "reply" } });
  }

  receive(connection: Connection, text: string): void {
    const { trace, listeners, counters, mask } = this.#parts;
    const message = readClientMessage(text);
    const at = Date.now();
    const value = "json" in message ? parseJson(message) : undefined;
    const about = aboutOf(message, value);
    const entry = trace.message("in", connection.id, text, about, at);
    counters.messagesIn += 1;
    if (listeners.has("message")) {
      listeners.emit("message", { direction: "in", connectionId: connection.id, text, at });
    }
    if ("json" in message) {
      return this.#handle({
        connection,
        ...message,
        value,
        uuid: about.uuid,
        entry,
        at,
        answered: false,
      });
    }
    if (message.kind === "other") {
      entry.note = "ignored: not a message that the MSB knows";
      this.#log(connection, "debug", `Ignored the unknown message ${quoteForLog(mask(text))}`);
    }
  }

  /** Takes an event that did not come from a client, as if its service had published it. */
  publishAs(event: ReceivedEvent, text: string, warnings: readonly MsbIssue[]): void {
    const { router, trace } = this.#parts;
    const { uuid, eventId, correlationId } = event;
    const calls = router.callsFor(event, heapSize(text));
    const about = { kind: "E", uuid, name: eventId, correlationId } as const;
    const doubts = warnings.length === 0 ? "" : `, but ${formatIssues(warnings)}`;
    const entry = trace.message("in", "broker", text, about, event.receivedAt);
    entry.level = warnings.length === 0 ? "info" : "warn";
    entry.note = clip(`published by the broker itself${doubts}`, MAX_NOTE);
    this.#spread(event, text.slice(1), calls);
  }

  /** Whatever a client sends must not end the broker, nor leave the client without an answer. */
  #handle(message: Handled): void {
    try {
      if (message.kind === "R") {
        this.#register(message);
      } else {
        this.#publish(message);
      }
    } catch (error) {
      const reason = `the broker failed: ${describeError(error)}`;
      if (message.answered) {
        this.#log(message.connection, "error", `${message.kind}: ${reason}`, message.uuid);
      } else {
        this.#refuse(
          message,
          message.kind === "R"
            ? "NIO_UNEXPECTED_REGISTRATION_ERROR"
            : "NIO_UNEXPECTED_EVENT_FORWARDING_ERROR",
          reason,
        );
      }
    }
  }

  #register(message: Handled): void {
    const { registry, directory, router, listeners, counters } = this.#parts;
    const { connection, value, json } = message;
    if (this.#refusedByFault(message)) {
      return;
    }
    const verdict = judgeRegistration(value, json, connection, registry);
    if (!verdict.ok) {
      return this.#refuse(message, verdict.reply, verdict.reason);
    }
    for (const halfOpen of verdict.halfOpen) {
      // A server notices at some time that nobody is there any more: now, so that the client can come back.
      halfOpen.connection.destroy();
    }
    const { registrations, gone } = registry.register(connection, verdict.services, message.at);
    for (const registration of registrations) {
      directory.registered(registration);
    }
    for (const uuid of gone) {
      directory.disconnected(uuid);
    }
    counters.registrations += 1;
    this.#warn(message, verdict.warnings);
    this.#answer(message, "IO_REGISTERED");
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

  #publish(message: Handled): void {
    const { registry, router, log } = this.#parts;
    const { connection, value, json } = message;
    if (this.#refusedByFault(message)) {
      return;
    }
    const verdict = judgeEvent(value, json, connection, registry, message.at);
    if (!verdict.ok) {
      return this.#refuse(message, verdict.reply, verdict.reason);
    }
    const { event } = verdict;
    // Before the answer, so that the client hears of it if they cannot be made.
    const calls = router.callsFor(event, heapSize(json));
    this.#answer(message, "IO_PUBLISHED");
    if (log.enabled) {
      const { uuid, eventId } = event;
      this.#log(connection, "debug", `Event ${quoteForLog(eventId)} of ${quoteForLog(uuid)}`, uuid);
    }
    this.#spread(event, json, calls);
  }

  /** What happens to every event that was accepted. */
  #spread(event: ReceivedEvent, json: string, calls: readonly Call[]): void {
    const { events, listeners, router, counters } = this.#parts;
    counters.eventsAccepted += 1;
    events.add(event, json);
    listeners.emit("event", event);
    for (const call of calls) {
      router.dispatch(call);
    }
  }

  #refusedByFault(message: Handled): boolean {
    const reply = this.#parts.faults.takeRefusal(message.kind, message.uuid);
    if (reply !== undefined) {
      this.#refuse(message, reply, "a fault was asked for");
    }
    return reply !== undefined;
  }

  #refuse(message: Handled, reply: Refusal, reason: string): void {
    const { counters } = this.#parts;
    const { entry, kind, connection, uuid } = message;
    counters[kind === "R" ? "registrationsRefused" : "eventsRefused"] += 1;
    entry.level = "warn";
    const text = `${reply}: ${reason}`;
    entry.note = clip(text, MAX_NOTE);
    this.#answer(message, reply);
    this.#log(connection, "warn", text, uuid);
  }

  /** It is accepted, but something is odd about it. */
  #warn({ entry, connection, uuid }: Handled, warnings: readonly MsbIssue[]): void {
    if (warnings.length > 0) {
      const text = `accepted, but ${formatIssues(warnings)}`;
      entry.level = "warn";
      entry.note = clip(text, MAX_NOTE);
      this.#log(connection, "warn", `Registration ${text}`, uuid);
    }
  }

  #answer(message: Handled, reply: Reply): void {
    const { faults, send } = this.#parts;
    const { connection, kind, uuid, entry } = message;
    message.answered = true;
    if (faults.isSilent(kind, uuid)) {
      entry.note = `${entry.note ?? reply}, not answered: a fault was asked for`;
      return;
    }
    send(connection, { text: reply, about: { kind: "reply", uuid } });
  }

  #log(connection: Connection, level: LogLevel, message: string, uuid?: string): void {
    this.#parts.log.write({ level, message, connectionId: connection.id, uuid });
  }
}
