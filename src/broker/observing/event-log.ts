import type { EventFilter } from "../api.ts";
import type { ReceivedEvent } from "../protocol/event.ts";
import { BoundedList } from "../support/bounded-list.ts";
import { MAX_EVENTS_SIZE } from "../support/limits.ts";
import { type KeptEvent, keepEvent, restoreEvent, sizeOfKept } from "./kept-event.ts";
import { Waiters } from "./next-match.ts";

/** The last events, and who waits for the next ones. */
export class EventLog {
  readonly #events: BoundedList<KeptEvent>;
  readonly #waiters = new Waiters<ReceivedEvent>("an event");

  constructor(maxEvents: number) {
    this.#events = new BoundedList(maxEvents, MAX_EVENTS_SIZE);
  }

  get events(): readonly ReceivedEvent[] {
    return this.#events.values().map(restoreEvent);
  }

  /** @param json of its `E` message. */
  add(event: ReceivedEvent, json: string): void {
    const kept = keepEvent(event);
    this.#events.push(kept, sizeOfKept(kept, json));
    if (this.#waiters.active) {
      this.#waiters.offer(event);
    }
  }

  wait(filter: EventFilter<ReceivedEvent>, timeout: number): Promise<ReceivedEvent> {
    const wanted = typeof filter === "function" ? "" : ` ${JSON.stringify(filter)}`;
    return this.#waiters.wait(toPredicate(filter), timeout, wanted);
  }

  /** Ends all waiting. */
  close(): void {
    this.#waiters.close();
  }
}

function toPredicate(filter: EventFilter<ReceivedEvent>): (event: ReceivedEvent) => boolean {
  if (typeof filter === "function") {
    return filter;
  }
  const { uuid, eventId, correlationId } = filter;
  return (event) =>
    (uuid === undefined || event.uuid === uuid) &&
    (eventId === undefined || event.eventId === eventId) &&
    (correlationId === undefined || event.correlationId === correlationId);
}
