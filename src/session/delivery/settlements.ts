import type { CachedEvent, EventCache, PersistentEvents } from "../../core/event-cache/index.ts";
import { AbortSignals } from "../../support/abort-signals.ts";
import type { MsbError } from "../../support/errors.ts";
import type { SessionSettings } from "../settings.ts";
import { aborted, abortedLate, dropped, notSent, RepeatedError, undecided } from "./delivery-errors.ts";
import { Flushes } from "./flushes.ts";

export interface SettlementsOptions {
  readonly settings: SessionSettings;
  onDropped(event: CachedEvent, error: MsbError): void;
}

/** The ways on which an event leaves for good; each tells its publisher, the store, and who waits for a flush. */
export class Settlements {
  readonly flushes: Flushes;
  readonly #options: SettlementsOptions;
  readonly #cache: EventCache;
  readonly #persistent: PersistentEvents | undefined;
  /** Made for the first event that has a signal. */
  #signals: AbortSignals<CachedEvent> | undefined;
  #droppedEvents = 0;
  readonly #dropped = new RepeatedError(dropped);
  readonly #aborted = new RepeatedError(aborted);

  constructor(options: SettlementsOptions, cache: EventCache, persistent: PersistentEvents | undefined) {
    this.#options = options;
    this.#cache = cache;
    this.#persistent = persistent;
    this.flushes = new Flushes(cache);
  }

  /** How many events gave way to newer ones. */
  get dropped(): number {
    return this.#droppedEvents;
  }

  /** An event waits: its signal can take it back. */
  watch(event: CachedEvent): void {
    if (event.signal !== undefined) {
      this.#signals ??= new AbortSignals((waiting, by) => this.#onAborted(waiting, by));
      this.#signals.watch(event);
    }
  }

  /** An event that is in the cache no more was answered, or cannot be. */
  settle(event: CachedEvent, error: MsbError | undefined): void {
    this.#persistent?.remove(event);
    this.#signals?.release(event);
    if (error === undefined) {
      event.resolve();
    } else {
      event.reject(error);
    }
    this.flushes.check();
  }

  /** An event that waits is not sent. */
  takeBack(event: CachedEvent, error: MsbError): void {
    this.#cache.remove(event);
    this.settle(event, error);
  }

  /** Events gave way to newer ones. */
  drop(events: readonly CachedEvent[]): void {
    this.#droppedEvents += events.length;
    for (const event of events) {
      const error = this.#dropped.for(event, this.#options.settings.eventCacheSize);
      this.settle(event, error);
      this.#options.onDropped(event, error);
    }
  }

  /** The session ends, and this event waits. */
  leave(event: CachedEvent, cause: MsbError): void {
    this.#signals?.release(event);
    const isKept = event.key !== undefined;
    // Its publisher waits, or waited, only for the store, and hears of that.
    if (event.isGuarded && isKept) {
      return;
    }
    event.reject(notSent(event, cause, isKept));
  }

  /** The store did not take an event whose publisher waits for that. */
  onNotStored(event: CachedEvent, error: MsbError): void {
    // Sent before, over a connection that is lost: then nobody knows whether it was taken.
    this.takeBack(event, event.sends === 0 ? error : undecided(event, error));
  }

  #onAborted(event: CachedEvent, signal: AbortSignal): void {
    // In flight it cannot be called back: its answer settles it. What was told to be stored stays.
    if (event.place !== "waiting" || (event.isGuarded && event.isStored)) {
      return;
    }
    this.takeBack(event, event.sends === 0 ? this.#aborted.for(event, signal) : abortedLate(event, signal));
  }
}
