import * as z from "zod/mini";
import { describeError } from "../errors.ts";
import type { StoredEvent } from "../event-cache/store.ts";

/** Enough digits for every safe whole number, so that the order of the texts is that of the numbers. */
const KEY_DIGITS = 16;

const recordSchema = z.object({
  eventId: z.string(),
  message: z.string().check(z.startsWith("E ")),
});

export function encodeKey(key: number): string {
  return String(key).padStart(KEY_DIGITS, "0");
}

export function encodeRecord({ eventId, message }: StoredEvent): string {
  return JSON.stringify({ eventId, message });
}

/** The event of a record, or why it cannot be read. */
export function decodeRecord(
  key: string,
  value: string,
): { readonly key: number; readonly event: StoredEvent } | { readonly reason: string } {
  if (!/^\d{16}$/.test(key))
    return { reason: `its key ${JSON.stringify(key)} is not a number of ${KEY_DIGITS} digits` };
  try {
    const record = z.safeParse(recordSchema, JSON.parse(value));
    if (record.success) return { key: Number(key), event: record.data };
    return { reason: `it is no event: ${value.slice(0, 80)}` };
  } catch (error) {
    return { reason: describeError(error) };
  }
}
