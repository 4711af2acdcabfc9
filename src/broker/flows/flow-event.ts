import { type UnparsedEvent, withoutValue, writeEvent } from "../protocol/event.ts";
import { JsonSlice } from "../protocol/json-slice.ts";

/** What a pointer can find in an event. */
export const EVENT_KEYS = ["dataObject", "uuid", "eventId", "priority", "postDate", "correlationId"] as const;

/** An event as flows read it: every part as JSON. */
export class FlowEvent {
  readonly #event: UnparsedEvent;
  /** The one that its calls carry. */
  readonly #correlationId: string;
  readonly #members = new Map<string, JsonSlice | undefined>();

  constructor(event: UnparsedEvent, correlationId: string) {
    this.#event = event;
    this.#correlationId = correlationId;
  }

  /** The same, without what was found in it: that takes many times what its JSON does. */
  copy(): FlowEvent {
    return new FlowEvent(withoutValue(this.#event), this.#correlationId);
  }

  /** What stands at the end of the path, the whole event if it is empty; `undefined` if there is nothing. */
  read([key, ...path]: readonly string[]): string | undefined {
    if (key === undefined) {
      return writeEvent(this.#event, this.#correlationId);
    }
    if (!this.#members.has(key)) {
      this.#members.set(key, this.#find(key));
    }
    let found = this.#members.get(key);
    for (const name of path) {
      found = found?.child(name);
    }
    return found?.json;
  }

  #find(key: string): JsonSlice | undefined {
    const { dataText, uuid, eventId, priority, postDate } = this.#event;
    const fields = { uuid, eventId, priority, postDate, correlationId: this.#correlationId };
    if (key === "dataObject") {
      return dataText === undefined ? undefined : new JsonSlice(dataText);
    }
    const field = Object.hasOwn(fields, key) ? fields[key as keyof typeof fields] : undefined;
    return field === undefined ? undefined : new JsonSlice(JSON.stringify(field));
  }
}
