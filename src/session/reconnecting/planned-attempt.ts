import type { Clock } from "../../support/clock.ts";
import { elapsed } from "../../support/elapsed.ts";
import { MIN_PAUSE } from "./retry.ts";

/** An attempt that waits for its time, and may be asked to come earlier. */
export class PlannedAttempt {
  readonly #clock: Clock;
  readonly #run: () => void;
  #timer: unknown;
  #plannedAt = 0;
  /** `undefined` while nothing is planned. */
  #dueAt: number | undefined;

  constructor(clock: Clock, run: () => void) {
    this.#clock = clock;
    this.#run = run;
  }

  /** @param pause in milliseconds */
  plan(pause: number): void {
    this.#plannedAt = elapsed(this.#clock);
    this.#runIn(pause);
  }

  /** It comes in so many milliseconds at the latest. @returns false if nothing is planned */
  hasten(ms: number): boolean {
    if (this.#dueAt === undefined) {
      return false;
    }
    if (elapsed(this.#clock) + ms < this.#dueAt) {
      this.#runIn(ms);
    }
    return true;
  }

  /** It comes as early as an attempt may. @returns false if nothing is planned */
  hurry(): boolean {
    const passed = elapsed(this.#clock) - this.#plannedAt;
    // A clock that was set back says that less than nothing has passed.
    return this.hasten(Math.max(0, MIN_PAUSE - Math.max(0, passed)));
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#dueAt = undefined;
  }

  #runIn(ms: number): void {
    this.stop();
    this.#dueAt = elapsed(this.#clock) + ms;
    this.#timer = this.#clock.setTimeout(() => {
      this.#dueAt = undefined;
      this.#run();
    }, ms);
  }
}
