import { MsbError, reasonOf } from "../../support/errors.ts";
import type { SessionSettings } from "../settings.ts";
import { MAX_PAUSE, pauseBefore } from "./retry.ts";

/** How much longer the pause may be than `reconnectInterval`, at random: clients that lost the same MSB come back one by one. */
const JITTER = 0.2;

/** A pause that is doubled does not become longer than this, in milliseconds, unless it was before. */
const LONGEST_DOUBLED = 60_000;

export interface BackoffOptions {
  readonly settings: SessionSettings;
  random(): number;
  onError(error: MsbError): void;
}

/** The pauses between attempts, of connections and of registrations: it counts the attempts that brought nothing. */
export class Backoff {
  readonly #options: BackoffOptions;
  #attempt = 0;
  #lastPause = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** The pause before the last attempt, in milliseconds. */
  get lastPause(): number {
    return this.#lastPause;
  }

  /** Something was achieved: the next failure counts from 1. */
  reset(): void {
    this.#attempt = 0;
    this.#lastPause = 0;
  }

  /**
   * An attempt failed.
   * @param repeats how often it ended in the same suspicious way before: each doubles the pause
   * @returns the milliseconds to wait before the next one; `false` if none is to be made
   */
  next(error: MsbError, repeats = 0): number | false {
    this.#attempt += 1;
    const pause = this.#ask(error);
    if (pause === false) {
      return false;
    }
    this.#lastPause = Math.min(Math.max(pause, LONGEST_DOUBLED), pause * 2 ** repeats);
    return this.#lastPause;
  }

  #ask(error: MsbError): number | false {
    const { settings } = this.#options;
    if (settings.retryPolicy === undefined) {
      return this.#interval();
    }
    try {
      return pauseBefore(settings.retryPolicy(this.#attempt, error), this.#interval());
    } catch (cause) {
      const message = `The retry policy failed: ${reasonOf(cause)}.`;
      this.#options.onError(new MsbError("HANDLER_FAILED", message, { cause }));
      return this.#interval();
    }
  }

  #interval(): number {
    const { settings, random } = this.#options;
    return Math.min(MAX_PAUSE, Math.round(settings.reconnectInterval * (1 + JITTER * random())));
  }
}
