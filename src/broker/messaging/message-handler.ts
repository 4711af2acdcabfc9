import { quote } from "../../support/clip.ts";
import { describeError } from "../../support/errors.ts";
import type { BrokerCounters } from "../observing/counters.ts";
import type { Incidents } from "../observing/incidents.ts";
import type { Listeners } from "../observing/listeners.ts";
import type { Log, LogLevel } from "../observing/log.ts";
import type { Trace } from "../observing/trace.ts";
import { readClientMessage } from "../protocol/messages.ts";
import type { Mask } from "../services/mask-tokens.ts";
import type { Registry } from "../services/registry.ts";
import type { ServiceDirectory } from "../services/service-directory.ts";
import type { Connection } from "../transport/connection.ts";
import type { CallDispatcher } from "./call-dispatcher.ts";
import type { EventForwarder } from "./event-forwarder.ts";
import { checkEvent, checkRegistration } from "./message-check.ts";
import { describeMessage, parseJson, type ReceivedMessage } from "./received-message.ts";
import type { Replies } from "./replies.ts";
import type { Sender } from "./sender.ts";

export interface MessageHandlerDependencies {
  readonly registry: Registry;
  readonly directory: ServiceDirectory;
  readonly dispatcher: CallDispatcher;
  readonly forwarder: EventForwarder;
  readonly replies: Replies;
  readonly sender: Sender;
  readonly listeners: Listeners;
  readonly trace: Trace;
  readonly counters: BrokerCounters;
  readonly incidents: Incidents;
  readonly log: Log;
  readonly mask: Mask;
}

/** What the broker does with what a client says; `docs/reference/protocol.md#messages`. */
export class MessageHandler {
  readonly #registry: Registry;
  readonly #directory: ServiceDirectory;
  readonly #dispatcher: CallDispatcher;
  readonly #forwarder: EventForwarder;
  readonly #replies: Replies;
  readonly #sender: Sender;
  readonly #listeners: Listeners;
  readonly #trace: Trace;
  readonly #counters: BrokerCounters;
  readonly #incidents: Incidents;
  readonly #log: Log;
  readonly #mask: Mask;

  constructor(dependencies: MessageHandlerDependencies) {
    this.#registry = dependencies.registry;
    this.#directory = dependencies.directory;
    this.#dispatcher = dependencies.dispatcher;
    this.#forwarder = dependencies.forwarder;
    this.#replies = dependencies.replies;
    this.#sender = dependencies.sender;
    this.#listeners = dependencies.listeners;
    this.#trace = dependencies.trace;
    this.#counters = dependencies.counters;
    this.#incidents = dependencies.incidents;
    this.#log = dependencies.log;
    this.#mask = dependencies.mask;
  }

  greet(connection: Connection): void {
    this.#sender.send(connection, { text: "IO_CONNECTED", info: { kind: "reply" } });
  }

  receive(connection: Connection, text: string): void {
    const message = readClientMessage(text);
    const at = Date.now();
    const value = "json" in message ? parseJson(message) : undefined;
    const info = describeMessage(message, value);
    const entry = this.#trace.message("in", connection.id, text, info, at);
    this.#counters.messagesIn += 1;
    if (this.#listeners.has("message")) {
      this.#listeners.emit("message", { direction: "in", connectionId: connection.id, text, at });
    }
    if ("json" in message) {
      const { kind, json } = message;
      const { uuid, answer } = info;
      this.#handle({ connection, kind, json, value, uuid, entry, answer, at, answered: false });
      if (uuid !== undefined) {
        // Afterwards, so that a service's first message counts.
        this.#directory.countersOf(uuid)?.received(at);
      }
    } else if (message.kind === "other") {
      entry.note = "ignored: not a message that the MSB knows";
      this.#write(connection, "debug", `Ignored the unknown message ${quote(this.#mask(text))}`);
    }
  }

  /** Whatever a client sends must not end the broker, nor leave the client without an answer. */
  #handle(message: ReceivedMessage): void {
    try {
      if (this.#replies.refuseByFault(message)) {
        return;
      }
      if (message.kind === "R") {
        this.#register(message);
      } else {
        this.#publish(message);
      }
    } catch (error) {
      this.#fail(message, `the broker failed: ${describeError(error)}`);
    }
  }

  #fail(message: ReceivedMessage, reason: string): void {
    if (message.answered) {
      this.#write(message.connection, "error", `${message.kind}: ${reason}`, message.uuid);
    } else if (message.kind === "R") {
      this.#replies.refuse(message, "NIO_UNEXPECTED_REGISTRATION_ERROR", reason);
    } else {
      this.#replies.refuse(message, "NIO_UNEXPECTED_EVENT_FORWARDING_ERROR", reason);
    }
  }

  #register(message: ReceivedMessage): void {
    const { connection } = message;
    const result = checkRegistration(message, this.#registry);
    if (!result.ok) {
      this.#replies.refuse(message, result.refusal, result.reason);
      return;
    }
    for (const dead of result.dead) {
      // A server notices at some time that nobody is there any more: now, so that the client can come back.
      dead.connection.destroy();
    }
    const { registrations, gone } = this.#registry.register(connection, result.services, message.at);
    for (const registration of registrations) {
      const { uuid, gateway } = registration.service;
      // What is behind a gateway comes back with it: that is one thing that happened, and not a thousand.
      if (this.#directory.registered(registration) && gateway === undefined) {
        this.#incidents.happened("returned", uuid, message.at);
      }
    }
    for (const uuid of gone) {
      this.#directory.disconnected(uuid);
    }
    this.#counters.registrations += 1;
    this.#replies.warn(message, result.warnings);
    this.#replies.answer(message, "IO_REGISTERED");
    for (const { service } of registrations) {
      const { uuid, type, name } = service;
      this.#write(connection, "info", `Registered ${type} ${quote(name)}, ${quote(uuid)}`, uuid);
    }
    for (const { service } of registrations) {
      this.#dispatcher.deliver(service.uuid);
    }
    for (const { service } of registrations) {
      this.#listeners.emit("register", service);
    }
  }

  #publish(message: ReceivedMessage): void {
    const { connection, json, entry } = message;
    const result = checkEvent(message, this.#registry);
    if (!result.ok) {
      this.#replies.refuse(message, result.refusal, result.reason);
      return;
    }
    const { event } = result;
    // Before the answer, so that the client hears of it if they cannot be made.
    const calls = this.#forwarder.makeCalls(event, json);
    this.#replies.answer(message, "IO_PUBLISHED");
    if (this.#log.enabled) {
      const { uuid, eventId } = event;
      this.#write(connection, "debug", `Event ${quote(eventId)} of ${quote(uuid)}`, uuid);
    }
    this.#forwarder.forward(event, json, calls, entry.seq);
  }

  #write(connection: Connection, level: LogLevel, message: string, uuid?: string): void {
    this.#log.write({ level, message, connectionId: connection.id, uuid });
  }
}
