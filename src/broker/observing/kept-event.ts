import { type UnparsedEvent, withoutValue } from "../protocol/event.ts";
import { heapSize, ITEM_OVERHEAD } from "../support/limits.ts";

/** An event as it is kept. */
export interface KeptEvent {
  readonly event: UnparsedEvent;
  /** What it takes in the heap. */
  readonly size: number;
}

/** @param json of its `E` message: the JSON of its value is a slice of that, which keeps the whole message in memory. */
export function keepEvent(event: UnparsedEvent, json: string): KeptEvent {
  const { correlationId = "", postDate = "" } = event;
  const size = heapSize(json) + 2 * (correlationId.length + postDate.length) + ITEM_OVERHEAD;
  return { event: withoutValue(event), size };
}
