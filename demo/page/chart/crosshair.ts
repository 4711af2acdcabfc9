import { signal } from "@preact/signals";
import type { Reading } from "./picture.ts";
import { history } from "./record.ts";

/** Where the crosshair is: under a pointer, which stays while time moves on below it, or at a measurement, which moves on with it. */
export type Pointed = { readonly left: number } | { readonly time: number };

export const pointed = signal<Pointed | undefined>(undefined);

/** What the crosshair shows, and where that stands. */
export const shownReading = signal<
  { readonly reading: Reading; readonly left: number; readonly width: number } | undefined
>(undefined);

const TEN_SECONDS = 10_000;

/** @returns whether the key means something here */
export function pointByKey(key: string, from: number, now: number): boolean {
  const { at } = history.between(from, now);
  const newest = at.at(-1);
  if (newest === undefined) {
    return false;
  }
  const visible = at[0] !== undefined && at[0] < from ? at.subarray(1) : at;
  // Not what is shown, if a key came before: the chart may not have been drawn since.
  const { value: before } = pointed;
  const current = before !== undefined && "time" in before ? before.time : shownReading.value?.reading.at;
  const next =
    current === undefined && key.startsWith("Arrow") ? newest : timeAfter(key, visible, current ?? newest);
  if (next === undefined) {
    return false;
  }
  pointed.value = { time: next };
  return true;
}

function timeAfter(key: string, at: Float64Array, current: number): number | undefined {
  switch (key) {
    case "ArrowLeft":
      return at.findLast((time) => time < current) ?? at[0];
    case "ArrowRight":
      return at.find((time) => time > current) ?? at.at(-1);
    case "PageDown":
      return at.findLast((time) => time <= current - TEN_SECONDS) ?? at[0];
    case "PageUp":
      return at.find((time) => time >= current + TEN_SECONDS) ?? at.at(-1);
    case "Home":
      return at[0];
    case "End":
      return at.at(-1);
    default:
      return undefined;
  }
}
