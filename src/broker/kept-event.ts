import type { ReceivedEvent } from "./event.ts";
import { heapSize, ITEM_OVERHEAD } from "./limits.ts";

/** An event as it is kept: parsed, a value such as `[{},{},…]` takes twenty times what its text does. */
export interface KeptEvent {
  readonly event: Omit<ReceivedEvent, "dataObject">;
  /** The JSON of its `E`. */
  readonly json: string;
}

export function keepEvent({ dataObject: _, ...event }: ReceivedEvent, json: string): KeptEvent {
  return { event, json };
}

/** What a kept event takes in the heap. */
export function sizeOfKept({ event: { correlationId = "", postDate = "" }, json }: KeptEvent): number {
  return heapSize(json) + 2 * (correlationId.length + postDate.length) + ITEM_OVERHEAD;
}

/** The event again; its value is parsed when it is asked for. */
export function restoreEvent({ event, json }: KeptEvent): ReceivedEvent {
  let parsed: { readonly dataObject?: unknown } | undefined;
  return {
    ...event,
    get dataObject() {
      parsed ??= JSON.parse(json) as { readonly dataObject?: unknown };
      return parsed.dataObject;
    },
  };
}
