import type { Clock } from "../support/clock.ts";

interface Timer {
  /** By the monotonic time. */
  readonly at: number;
  readonly callback: () => void;
}

type Turn = (callback: () => void) => unknown;

/**
 * As it was when this was loaded: a test may replace the timers of the process, and still has to get on. The pages of Jest's jsdom
 * have no setImmediate.
 */
const inNextTurn: Turn = (globalThis as { setImmediate?: Turn }).setImmediate ?? setTimeout;

/**
 * A clock that stands still until it is told to go on: for the client option `clock`. It begins at 2017-07-14T02:40:00.123Z.
 * @example
 * const clock = new FakeClock();
 * const slow = new MsbClient({ ...identity, clock });
 * void slow.start("http://127.0.0.1:8085");
 * await clock.advance(60_000); // a minute of attempts, at once
 */
export class FakeClock implements Clock {
  #monotonic = 1_000_000;
  /** What the clock on the wall shows at the monotonic time 0. */
  #epoch = Date.parse("2017-07-14T02:40:00.123Z") - this.#monotonic;
  readonly #timers = new Set<Timer>();

  /**
   * {@link Clock.now}
   * @example
   * const before = clock.now();
   * await clock.advance(10_000);
   * console.log(clock.now() - before); // 10000
   */
  now(): number {
    return this.#epoch + this.#monotonic;
  }

  /**
   * {@link Clock.monotonic}
   * @example
   * const before = clock.monotonic();
   * clock.step(3_600_000);
   * console.log(clock.monotonic() - before); // 0: no time has passed
   */
  monotonic(): number {
    return this.#monotonic;
  }

  /**
   * {@link Clock.setTimeout}
   * @example
   * clock.setTimeout(() => console.log("a second later"), 1_000);
   * await clock.advance(1_000);
   */
  setTimeout(callback: () => void, ms: number): unknown {
    const timer = { at: this.#monotonic + ms, callback };
    this.#timers.add(timer);
    return timer;
  }

  /**
   * {@link Clock.clearTimeout}
   * @example
   * const timer = clock.setTimeout(() => press.stop(), 1_000);
   * clock.clearTimeout(timer);
   */
  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as Timer);
  }

  /** Timers that have not fired. */
  get pending(): number {
    return this.#timers.size;
  }

  /**
   * Lets time pass; timers fire in their order, and see the time that they were set for. Between two of them promises run their
   * reactions.
   * @example
   * await clock.advance(30_000); // the next attempt to connect has been made
   */
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

  /**
   * The machine slept: both clocks jump, and no timer fires for it.
   * @example
   * clock.jump(8 * 60 * 60_000); // the lid was closed for eight hours
   */
  jump(ms: number): void {
    this.#monotonic += ms;
  }

  /**
   * Somebody set the clock on the wall: no time passes.
   * @example
   * clock.step(-3_600_000); // the end of summer time
   */
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

/**
 * Lets promises that are settled run their reactions: all of them, as between two timers of the event loop.
 * @example
 * const { client, server } = scriptedClient();
 * void client.connect();
 * await settled();
 * console.log(server.last.url); // the client has opened a socket
 */
export function settled(): Promise<void> {
  return new Promise((resolve) => inNextTurn(resolve));
}
