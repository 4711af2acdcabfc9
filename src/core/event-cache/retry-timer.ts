import type { Clock } from "../../support/clock.ts";

/** Milliseconds until a store that failed is tried again. */
const STORE_RETRY = 10_000;

/** The one time at which a store that failed is tried again. */
export class RetryTimer {
  readonly #clock: Clock;
  #timer: unknown;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  start(retry: () => void): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = undefined;
      retry();
    }, STORE_RETRY);
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
