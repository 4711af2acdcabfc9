import type { CachedEvent, EventCache } from "../../core/event-cache/index.ts";
import type { MsbError } from "../../support/errors.ts";
import type { ConnectionEnd } from "../connection/connection-end.ts";
import type { SessionSettings } from "../settings.ts";
import { BlameCounter, STRIKES } from "./blame.ts";
import { abortedLate, suspicious, undecided, undeliverable } from "./delivery-errors.ts";
import type { Settlements } from "./settlements.ts";

/** What a lost connection means for the events that were in flight. */
export interface Loss {
  /** How often in a row the connection broke with the same event alone in flight, after the first time. */
  readonly repeats: number;
  /** The event that cannot be sent was found: the next connection may come further. */
  readonly isProgress: boolean;
  /** Tells the publishers; apart, because it may call back. */
  tell(): void;
}

export interface LossesOptions {
  readonly settings: SessionSettings;
  onError(error: MsbError): void;
}

/** Decides what becomes of the events that were in flight when their connection ended. */
export class Losses {
  readonly #options: LossesOptions;
  readonly #cache: EventCache;
  readonly #settlements: Settlements;
  readonly #blame = new BlameCounter();

  constructor(options: LossesOptions, cache: EventCache, settlements: Settlements) {
    this.#options = options;
    this.#cache = cache;
    this.#settlements = settlements;
  }

  /** An event was answered, or the session has ended: nobody is blamed for what was before. */
  clear(): void {
    this.#blame.clear();
  }

  /**
   * Puts back what is sent again.
   * @param tellUnsent tells the publishers of events that waited and are not sent
   */
  onConnectionEnd(end: ConnectionEnd, tellUnsent: () => void): Loss {
    const events = this.#cache.takeInFlight();
    const alone = events.length === 1 ? events[0] : undefined;
    const { rejection, isSuspicious } = this.#blame.judge(alone, end);
    const fates = events.map((event) => [event, rejection ?? this.#findFate(event, end.error)] as const);
    this.#cache.putBack(fates.filter(([, error]) => error === undefined).map(([event]) => event));
    return {
      repeats: this.#blame.repeats,
      isProgress: rejection !== undefined,
      tell: () => {
        for (const [event, error] of fates) {
          if (error !== undefined) {
            this.#settlements.settle(event, error);
          }
        }
        tellUnsent();
        if (isSuspicious === true && alone?.place === "waiting") {
          this.#options.onError(suspicious(alone, STRIKES, end.error));
        }
      },
    };
  }

  /** Why an event is not sent again; `undefined`: it is. */
  #findFate(event: CachedEvent, cause: MsbError): MsbError | undefined {
    const { maxAttempts = Number.POSITIVE_INFINITY } = this.#options.settings;
    // Nor is sent again what the store did not take.
    if (!event.cached || event.notStored) {
      return undecided(event, cause);
    }
    const { signal } = event;
    if (event.isCall && signal?.aborted === true) {
      return abortedLate(event, signal);
    }
    if (event.sends < maxAttempts || cause.code === "DISCONNECTED") {
      return undefined;
    }
    return undeliverable(
      event,
      `it was sent ${event.sends} times, and each time the connection ended`,
      cause,
    );
  }
}
