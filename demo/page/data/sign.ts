// Whether what is shown of a machine is how it is now.
import { computed, type ReadonlySignal } from "@preact/signals";
import { isFuture, now } from "./clock.ts";

/** `live`; `late` (amber) after two seconds without a value of now; `silent` (red) after ten; `waiting` before the first. */
export type Level = "waiting" | "live" | "late" | "silent";

export interface Sign {
  readonly level: Level;
  readonly text: string;
}

const LATE_MS = 2_000;
const SILENT_MS = 10_000;

/** @param times of the newest value, and of the last arrival; in milliseconds since 1970 */
export function signOf(
  times: ReadonlySignal<{ readonly measured: number; readonly arrived: number } | undefined>,
): ReadonlySignal<Sign> {
  const startedAt = performance.now();
  return computed(() => {
    const present = now.value;
    if (times.value === undefined) {
      const waiting = performance.now() - startedAt;
      return waiting < LATE_MS
        ? { level: "waiting", text: "waiting for data" }
        : { level: levelOf(waiting), text: `no data yet, for ${duration(waiting)}` };
    }
    if (isFuture(times.value.measured)) {
      // The clock of the plant was set back: how old it is, nobody knows.
      return { level: "waiting", text: "waiting for data" };
    }
    const sinceArrival = Math.max(0, present - times.value.arrived);
    const age = Math.max(sinceArrival, present - times.value.measured);
    return { level: levelOf(age), text: describe(age, sinceArrival) };
  });
}

function levelOf(age: number): Level {
  if (age < LATE_MS) {
    return "live";
  }
  return age < SILENT_MS ? "late" : "silent";
}

function describe(age: number, sinceArrival: number): string {
  if (age < LATE_MS) {
    return `live, ${(age / 1_000).toFixed(1)} s ago`;
  }
  // What waited while there was no connection comes now, and is not how the machine is now.
  return sinceArrival < LATE_MS ? `catching up, ${duration(age)} behind` : `no data for ${duration(age)}`;
}

export function duration(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 100) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
