// The time that everything here is shown by: that of the plant, on all devices.
import { signal } from "@preact/signals";
import { PlantClock } from "./plant-clock.ts";

export const clock = new PlantClock({ wall: () => Date.now(), steady: () => performance.now() });

/** Milliseconds since 1970, five times a second. */
export const now = signal(clock.now());

/** @param onLeap the computer slept, or its time was set: by so many milliseconds */
export function startClock(onLeap: (milliseconds: number) => void): void {
  setInterval(() => {
    const leap = clock.leap();
    if (leap !== 0) {
      onLeap(leap);
    }
    now.value = clock.now();
  }, 200);
}

/** Farther ahead than this is nothing that was measured: it was before the clock of the plant was set back. In milliseconds. */
const NEAR = 2_000;

export function isFuture(time: number): boolean {
  return time > clock.now() + NEAR;
}
