import { quote } from "../../support/clip.ts";
import type { ReceivedEvent } from "../protocol/event.ts";
import type { RegisteredService } from "../services/registered-service.ts";
import type { DisconnectInfo } from "../transport/connection.ts";
import {
  describeFilter,
  type EventFilter,
  type MessageFilter,
  toEventPredicate,
  toMessagePredicate,
} from "./filters.ts";
import type { Listeners } from "./listeners.ts";
import { NextMatch } from "./next-match.ts";
import type { TracedMessage } from "./traced-message.ts";

/** Options of {@link Broker.waitForRegistration}. */
export interface WaitForRegistrationOptions {
  /** In milliseconds. @default 5_000 */
  readonly timeout?: number | undefined;
  /** Wait for the next registration even if the service is registered now, as after a cut or a change of parameters. @default false */
  readonly next?: boolean | undefined;
}

/** Waits for what listeners hear. */
export class WaitFor {
  readonly #listeners: Listeners;
  readonly #events = new NextMatch<ReceivedEvent>("an event");
  readonly #registrations = new NextMatch<RegisteredService>("a registration");
  readonly #disconnects = new NextMatch<DisconnectInfo>("the end of a connection");
  readonly #messages = new NextMatch<TracedMessage>("a message");

  constructor(listeners: Listeners) {
    this.#listeners = listeners;
    listeners.on("event", (event) => this.#events.offer(event));
    listeners.on("register", (service) => this.#registrations.offer(service));
    listeners.on("disconnect", (info) => this.#disconnects.offer(info));
  }

  event(filter: EventFilter<ReceivedEvent>, timeout: number): Promise<ReceivedEvent> {
    return this.#events.wait(toEventPredicate(filter), timeout, describeFilter(filter));
  }

  /** @param registered the service as it is registered now, if it is. */
  registration(
    uuid: string,
    registered: RegisteredService | undefined,
    { timeout = 5_000, next = false }: WaitForRegistrationOptions,
  ): Promise<RegisteredService> {
    if (registered !== undefined && !next) {
      return Promise.resolve(registered);
    }
    return this.#registrations.wait((service) => service.uuid === uuid, timeout, ` of ${quote(uuid)}`);
  }

  disconnect(uuid: string, timeout: number): Promise<DisconnectInfo> {
    return this.#disconnects.wait(({ uuids }) => uuids.includes(uuid), timeout, ` of ${quote(uuid)}`);
  }

  message(filter: MessageFilter, timeout: number): Promise<TracedMessage> {
    // First: what is refused must not leave a listener behind.
    const found = this.#messages.wait(toMessagePredicate(filter), timeout, describeFilter(filter));
    // Only now: messages are many, and making the payload of a listener costs.
    return found.finally(this.#listeners.on("message", (message) => this.#messages.offer(message)));
  }

  /** Ends all waiting. */
  close(): void {
    this.#events.close();
    this.#registrations.close();
    this.#disconnects.close();
    this.#messages.close();
  }
}
