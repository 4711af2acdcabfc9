import type { Clock } from "../clock.ts";

/** Milliseconds since some moment: for durations, which a wall clock that is set would falsify. */
export function elapsed(clock: Clock): number {
  return clock.monotonic?.() ?? clock.now();
}
