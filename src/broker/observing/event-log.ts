import { makeEvent, type ReceivedEvent, type UnparsedEvent, withoutValue } from "../protocol/event.ts";
import { BoundedList } from "../support/bounded-list.ts";
import { heapSize, ITEM_OVERHEAD, MAX_EVENTS_SIZE } from "../support/limits.ts";

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

  /** @param json of its `E` message. */
  add(event: ReceivedEvent, json: string): void {
    this.#events.push(withoutValue(event), heapSizeOf(event, json));
  }
}

/** The JSON of the value is a slice of the message, which keeps the whole message in memory. */
function heapSizeOf({ correlationId = "", postDate = "" }: UnparsedEvent, json: string): number {
  return heapSize(json) + 2 * (correlationId.length + postDate.length) + ITEM_OVERHEAD;
}
