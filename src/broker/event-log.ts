import type { EventFilter } from "./api.ts";
import { BoundedList } from "./bounded-list.ts";
import type { ReceivedEvent } from "./event.ts";
import { Waiters } from "./waiters.ts";

/** The characters of JSON text of all the events that are kept. */
const MAX_SIZE = 64_000_000;

/** The last events, and who waits for the next ones. */
export class EventLog {
  readonly #events: BoundedList<ReceivedEvent>;
  readonly #waiters = new Waiters<ReceivedEvent>("an event");

  constructor(maxEvents: number) {
    this.#events = new BoundedList(maxEvents, MAX_SIZE);
  }

  get events(): readonly ReceivedEvent[] {
    return this.#events.values();
  }

  add(event: ReceivedEvent, size: number): void {
    this.#events.push(event, size);
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
