import { makeEvent, type ReceivedEvent, type UnparsedEvent } from "../protocol/event.ts";
import { BoundedList } from "../support/bounded-list.ts";
import { MAX_EVENTS_SIZE } from "../support/limits.ts";
import type { KeptEvent } from "./kept-event.ts";

/** The last events that were accepted. */
export class EventLog {
  readonly #events: BoundedList<UnparsedEvent>;

  constructor(maxEvents: number) {
    this.#events = new BoundedList(maxEvents, MAX_EVENTS_SIZE);
  }

  /** Oldest first. A copy. */
  list(): ReceivedEvent[] {
    return this.#events.values().map(makeEvent);
  }

  add({ event, size }: KeptEvent): void {
    this.#events.push(event, size);
  }
}
