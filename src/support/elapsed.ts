import type { Clock } from "./clock.ts";

/** Milliseconds since some moment: for durations, which a wall clock that is set would falsify. */
export function elapsed(clock: Clock): number {
  return clock.monotonic?.() ?? clock.now();
}

/** A timer that fires this many milliseconds late was held up, and so may be what it waited for. */
export const LATE = 1_000;

/** Milliseconds that a program that was held up gets to read what has arrived meanwhile. */
export const GRACE = 2_000;
