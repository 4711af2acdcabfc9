import type {
  DisconnectInfo,
  MessageFilter,
  RegisteredService,
  TracedMessage,
  WaitForRegistrationOptions,
} from "../api.ts";
import type { Listeners } from "./listeners.ts";
import { Waiters } from "./next-match.ts";

/** Waits for what listeners hear, except for events, which have their own list. */
export class Waits {
  readonly #listeners: Listeners;
  readonly #registrations = new Waiters<RegisteredService>("a registration");
  readonly #disconnects = new Waiters<DisconnectInfo>("the end of a connection");
  readonly #messages = new Waiters<TracedMessage>("a message");

  constructor(listeners: Listeners) {
    this.#listeners = listeners;
    listeners.on("register", (service) => this.#registrations.offer(service));
    listeners.on("disconnect", (info) => this.#disconnects.offer(info));
  }

  registration(
    uuid: string,
    now: RegisteredService | undefined,
    { timeout = 5_000, next = false }: WaitForRegistrationOptions,
  ): Promise<RegisteredService> {
    if (now !== undefined && !next) {
      return Promise.resolve(now);
    }
    return this.#registrations.wait((service) => service.uuid === uuid, timeout, ` of ${quote(uuid)}`);
  }

  disconnect(uuid: string, timeout: number): Promise<DisconnectInfo> {
    return this.#disconnects.wait(({ uuids }) => uuids.includes(uuid), timeout, ` of ${quote(uuid)}`);
  }

  message(filter: MessageFilter, timeout: number): Promise<TracedMessage> {
    const wanted = typeof filter === "function" ? "" : ` ${JSON.stringify(filter)}`;
    // Only now: messages are many, and making the payload of a listener costs.
    const leave = this.#listeners.on("message", (message) => this.#messages.offer(message));
    return this.#messages.wait(toPredicate(filter), timeout, wanted).finally(leave);
  }

  /** Ends all waiting. */
  close(): void {
    this.#registrations.close();
    this.#disconnects.close();
    this.#messages.close();
  }
}

function toPredicate(filter: MessageFilter): (message: TracedMessage) => boolean {
  if (typeof filter === "function") {
    return filter;
  }
  const { direction, connectionId, startsWith = "" } = filter;
  return (message) =>
    (direction === undefined || message.direction === direction) &&
    (connectionId === undefined || message.connectionId === connectionId) &&
    message.text.startsWith(startsWith);
}

function quote(text: string): string {
  return JSON.stringify(text);
}
