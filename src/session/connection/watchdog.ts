import type { Clock } from "../../support/clock.ts";
import { elapsed, GRACE, LATE } from "../../support/elapsed.ts";

export interface WatchdogOptions {
  readonly clock: Clock;
  /** Milliseconds of silence that are allowed now; `undefined` if nothing is expected. */
  limit(): number | undefined;
  /**
   * Since when what comes is read, in monotonic milliseconds; `undefined` while nothing is. Silence counts only while we read.
   * @default always
   */
  readingSince?(): number | undefined;
  /** Nothing came for so many milliseconds. */
  onSilence(milliseconds: number): void;
}

/**
 * Notices that something expected does not come. One timer, however often something comes. It measures durations instead of
 * trusting timers: a program that stood still (a debugger, a busy loop, a background tab, a machine that slept) first gets
 * time to read what has arrived.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  #lastSign: number;
  /** Since when was read at that moment: since another moment now, if reading has gone on after it. */
  #signRead: number | undefined;
  #timer: unknown;
  #due = 0;

  constructor(options: WatchdogOptions) {
    this.#options = options;
    this.#lastSign = elapsed(options.clock);
    this.#signRead = this.#readingSince;
  }

  /** Something came, or begins to be expected: the silence counts from now. */
  sign(): void {
    this.#lastSign = elapsed(this.#options.clock);
    this.#signRead = this.#readingSince;
  }

  /** Watches, unless it does already; if the limit has become shorter, sooner. */
  watch(): void {
    const limit = this.#options.limit();
    if (limit === undefined) {
      return;
    }
    // The last sign first: it is at hand, and later than anything else in a connection that works.
    const isInTime =
      this.#timer !== undefined &&
      (this.#due <= this.#lastSign + limit || this.#due <= this.#silentSince + limit);
    if (!isInTime) {
      this.#checkIn(limit, false);
    }
  }

  stop(): void {
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #checkIn(ms: number, inGrace: boolean): void {
    const { clock } = this.#options;
    clock.clearTimeout(this.#timer);
    this.#due = elapsed(clock) + ms;
    this.#timer = clock.setTimeout(() => {
      this.#timer = undefined;
      this.#check(inGrace);
    }, ms);
  }

  #check(inGrace: boolean): void {
    const allowed = this.#options.limit();
    if (allowed === undefined) {
      return;
    }
    if (this.#readingSince === undefined) {
      this.sign();
    }
    const now = elapsed(this.#options.clock);
    const silence = now - this.#silentSince;
    if (silence < allowed) {
      return this.#checkIn(allowed - silence, false);
    }
    if (!inGrace && now - this.#due > LATE) {
      return this.#checkIn(GRACE, true);
    }
    this.#options.onSilence(silence);
  }

  get #readingSince(): number | undefined {
    const options = this.#options;
    return options.readingSince === undefined ? 0 : options.readingSince();
  }

  /** What is not read cannot be heard: that is no silence. The two moments are not compared: a clock may have been set between them. */
  get #silentSince(): number {
    const readingSince = this.#readingSince;
    if (readingSince === undefined) {
      return elapsed(this.#options.clock);
    }
    return readingSince === this.#signRead ? this.#lastSign : readingSince;
  }
}
