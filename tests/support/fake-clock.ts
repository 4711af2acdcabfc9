import type { Clock } from "../../src/index.ts";

interface Timer {
  /** By the monotonic time. */
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #monotonic = 1_000_000;
  /** What the clock on the wall shows at the monotonic time 0. */
  #epoch = Date.parse("2017-07-14T02:40:00.123Z") - this.#monotonic;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#epoch + this.#monotonic;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  setTimeout(callback: () => void, ms: number): Timer {
    const timer = { at: this.#monotonic + ms, callback };
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as Timer);
  }

  /** Timers that have not fired. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets time pass; timers fire in their order, and see the time that they were set for. */
  async advance(ms: number): Promise<void> {
    // Whatever is due now comes before any time passes.
    await settled();
    const end = this.#monotonic + ms;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#timers.delete(next);
      // After a jump the timers are late.
      this.#monotonic = Math.max(this.#monotonic, next.at);
      next.callback();
      await settled();
    }
    this.#monotonic = Math.max(this.#monotonic, end);
    await settled();
  }

  /** The machine slept: both clocks jump, and no timer fires for it. */
  jump(ms: number): void {
    this.#monotonic += ms;
  }

  /** Somebody set the clock on the wall: no time passes. */
  step(ms: number): void {
    this.#epoch += ms;
  }

  /** The first timer that is due; of several the one that was set first. */
  #next(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= end && (next === undefined || timer.at < next.at)) {
        next = timer;
      }
    }
    return next;
  }
}

/** Lets promises that are settled run their reactions: all of them, as between two timers of the event loop. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
