import * as z from "zod/v4/mini";
import type { StoredEvent } from "../core/event-cache/store.ts";
import { reasonOf } from "../support/errors.ts";

/** Enough digits for every safe whole number, so that the order of the strings is that of the numbers. */
const KEY_DIGITS = 16;
const KEY = new RegExp(`^\\d{${KEY_DIGITS}}$`);

const eventSchema = z.object({
  eventId: z.string(),
  message: z.string().check(z.startsWith("E ")),
});
const markerSchema = z.object({ goneFrom: z.number() });

export type DecodedRecord =
  | { readonly type: "event"; readonly event: StoredEvent }
  /** The keys from this one to that of the record are gone, as they should be. */
  | { readonly type: "marker"; readonly goneFrom: number }
  | { readonly type: "damaged"; readonly reason: string };

export function encodeKey(key: number): string {
  return String(key).padStart(KEY_DIGITS, "0");
}

/** The number of a key; `undefined` if it is not one that a store of events has written. */
export function decodeKey(key: string): number | undefined {
  const number = KEY.test(key) ? Number(key) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}

export function describeForeignKey(key: string): string {
  return `its key ${JSON.stringify(key.slice(0, 80))} is not a number of ${KEY_DIGITS} digits`;
}

export function encodeEvent({ eventId, message }: StoredEvent): string {
  return JSON.stringify({ eventId, message });
}

export function encodeMarker(goneFrom: number): string {
  return JSON.stringify({ goneFrom });
}

export function decodeRecord(value: string): DecodedRecord {
  try {
    const json: unknown = JSON.parse(value);
    const event = z.safeParse(eventSchema, json);
    if (event.success) {
      return { type: "event", event: event.data };
    }
    const marker = z.safeParse(markerSchema, json);
    if (marker.success) {
      return { type: "marker", goneFrom: marker.data.goneFrom };
    }
    return { type: "damaged", reason: `it is not an event: ${value.slice(0, 80)}` };
  } catch (error) {
    return { type: "damaged", reason: reasonOf(error) };
  }
}
