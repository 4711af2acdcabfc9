import type { Clock } from "./clock.ts";

/** Moments as ISO 8601 in UTC with milliseconds. Those of the same millisecond are written once: a burst has many of them. */
export class UtcDates {
  readonly #clock: Clock;
  #lastMs = Number.NaN;
  #last = "";

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): string {
    const ms = this.#clock.now();
    if (ms !== this.#lastMs) {
      this.#last = new Date(ms).toISOString();
      this.#lastMs = ms;
    }
    return this.#last;
  }
}
