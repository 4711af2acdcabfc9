import { makeEvent, type ReceivedEvent } from "../protocol/event.ts";
import { heapSize, ITEM_OVERHEAD } from "../support/limits.ts";

/**
 * An event as it is kept: its value as text only. An event that somebody has looked at holds its value parsed, too, where
 * `[{},{},…]` takes twenty times what its text does.
 */
export type KeptEvent = Omit<ReceivedEvent, "dataObject">;

export function keepEvent(event: KeptEvent): KeptEvent {
  // Not by leaving `dataObject` out of the rest, which would parse it.
  const { uuid, eventId, priority, postDate, correlationId, dataText, receivedAt } = event;
  return { uuid, eventId, priority, postDate, correlationId, dataText, receivedAt };
}

/** What a kept event takes in the heap. @param json its whole message, of which the text of the value is a slice. */
export function sizeOfKept({ correlationId = "", postDate = "" }: KeptEvent, json: string): number {
  return heapSize(json) + 2 * (correlationId.length + postDate.length) + ITEM_OVERHEAD;
}

/** The event again; its value is parsed when it is asked for. */
export function restoreEvent(kept: KeptEvent): ReceivedEvent {
  return makeEvent(kept);
}
