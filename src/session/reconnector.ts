import type { Clock } from "../clock.ts";
import { describeError, MsbError } from "../errors.ts";
import { isFatal, pauseBefore } from "./retry.ts";
import type { SessionSettings } from "./settings.ts";
import type { WakeUp } from "./wake-up.ts";

/** Milliseconds before an early attempt: the event `online` comes before the network works. */
const EARLY_PAUSE = 500;

export interface ReconnectorOptions {
  readonly settings: SessionSettings;
  readonly clock: Clock;
  readonly wakeUp: WakeUp;
  dial(): void;
  onError(error: MsbError): void;
}

/** When the next attempt is made: never without a pause, earlier where the platform wakes up. */
export class Reconnector {
  readonly #options: ReconnectorOptions;
  #attempt = 0;
  #timer: unknown;
  #stopListening: (() => void) | undefined;

  constructor(options: ReconnectorOptions) {
    this.#options = options;
  }

  /** The connection is good again: the next loss counts from 1. */
  succeeded(): void {
    this.#attempt = 0;
  }

  /**
   * Plans the next attempt.
   * @returns the pause in milliseconds, or `false` where none is to be made
   */
  plan(error: MsbError): number | false {
    this.stop();
    const pause = isFatal(error) ? false : this.#nextPause(error);
    if (pause === false) return false;
    this.#dialIn(pause);
    const dialEarly = (): void => this.#dialIn(Math.min(EARLY_PAUSE, pause));
    this.#stopListening = this.#options.wakeUp.listen(dialEarly);
    return pause;
  }

  stop(): void {
    this.#options.clock.clearTimeout(this.#timer);
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  #nextPause(error: MsbError): number | false {
    const { autoReconnect, reconnectInterval, retryPolicy } = this.#options.settings;
    if (!autoReconnect) return false;
    this.#attempt += 1;
    if (retryPolicy === undefined) return reconnectInterval;
    try {
      return pauseBefore(retryPolicy(this.#attempt, error), reconnectInterval);
    } catch (cause) {
      const message = `The retry policy failed: ${describeError(cause)}.`;
      this.#options.onError(new MsbError("HANDLER_FAILED", message, { cause }));
      return reconnectInterval;
    }
  }

  #dialIn(ms: number): void {
    const { clock, dial } = this.#options;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(() => {
      this.stop();
      dial();
    }, ms);
  }
}
