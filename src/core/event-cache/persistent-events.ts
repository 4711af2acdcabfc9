import type { Clock } from "../../support/clock.ts";
import type { MsbError } from "../../support/errors.ts";
import { ignore } from "../../support/ignore.ts";
import type { CachedEvent } from "./cached-event.ts";
import type { EventCache } from "./event-cache.ts";
import { GuardedStore } from "./guarded-store.ts";
import { PAGE, RangeReader } from "./range-reader.ts";
import { RetryTimer } from "./retry-timer.ts";
import type { EventStore } from "./store.ts";
import { StoreWriter } from "./store-writer.ts";

export interface PersistentEventsOptions {
  readonly store: EventStore;
  readonly cache: EventCache;
  readonly clock: Clock;
  /** A failure that no publisher hears of. */
  report(error: MsbError): void;
  /** An event that was to be stored is not, and was not sent either: it leaves the cache. */
  onNotStored(event: CachedEvent, error: MsbError): void;
  /** Stored events were read, or can be read again. */
  onReadable(): void;
}

/** What a store does at the moment. Those that failed are tried again after a while. */
type Phase = "closed" | "opening" | "open" | "failed" | "closing";

/**
 * Keeps the cached events of a cache in a store as well: each from its publishing to its settlement. What the store holds
 * is not all in memory: it is read in pieces, when it is its turn to be sent.
 */
export class PersistentEvents {
  /** Reads what waits in the store alone. */
  readonly ranges: RangeReader;
  readonly #options: PersistentEventsOptions;
  readonly #store: GuardedStore;
  readonly #writer: StoreWriter;
  readonly #retry: RetryTimer;
  #phase: Phase = "closed";
  #opening: Promise<void> | undefined;
  #failure: MsbError | undefined;
  /** That the store fails was told, and it has not worked since. */
  #isFailureTold = false;
  #nextKey = 1;
  /** Events in the store, and those of them that are not written yet, although their publishers wait for it. */
  #stored = 0;
  #unwritten = 0;
  /** Over when what came of the last event that was to be stored is known. */
  #lastPut: Promise<void> | undefined;

  constructor(options: PersistentEventsOptions) {
    this.#options = options;
    this.#store = new GuardedStore(options.store, options.clock);
    this.#writer = new StoreWriter(this.#store);
    this.#retry = new RetryTimer(options.clock);
    this.ranges = new RangeReader({
      cache: options.cache,
      store: this.#store,
      writer: this.#writer,
      retry: this.#retry,
      isOpen: () => this.#phase === "open",
      report: (error) => options.report(error),
      onFailed: (error) => this.reportOnce(error),
      onMissing: (events) => {
        this.#stored -= events;
      },
      onReadable: () => options.onReadable(),
    });
  }

  /** Why nothing can be stored at present. */
  get failure(): MsbError | undefined {
    return this.#phase === "failed" ? this.#failure : undefined;
  }

  /** Events that are in the store, or on their way there. */
  get stored(): number {
    return this.#stored;
  }

  /** Events whose publishers wait for the store; while it is not open, these are all that may not be dropped. */
  get unwritten(): number {
    return this.#phase === "open" ? this.#unwritten : this.#options.cache.guarded;
  }

  /**
   * Opens the store; what it holds comes before what was published since.
   * @throws {MsbError} `STORE_FAILED`; the store is tried again after a while, and by the next call.
   */
  open(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** An event was published: it is stored, now or when the store is open. */
  add(event: CachedEvent): void {
    if (!event.cached || event.isCall) {
      return;
    }
    if (this.#phase === "open") {
      this.#put(event);
    } else if (this.#phase === "closed") {
      this.#openUnasked();
    }
  }

  /** Whether an event is better left to the store alone, because enough wait in memory before it. */
  canSpill(event: CachedEvent): boolean {
    const { cache } = this.#options;
    return this.#phase === "open" && event.isGuarded && (cache.endsInStore || cache.guarded >= PAGE);
  }

  /** Stores an event that is not kept in memory. */
  spill(event: CachedEvent): void {
    const key = this.#takeKey();
    this.#options.cache.addStored(key);
    this.#write(key, event).then(
      () => event.onStored(),
      (error: MsbError) => event.reject(error),
    );
  }

  /** An event is settled. */
  remove(event: CachedEvent): void {
    if (event.key === undefined) {
      return;
    }
    this.#stored -= 1;
    this.#writer.delete(event.key).catch((error: MsbError) => this.reportOnce(error));
    event.key = undefined;
  }

  /** Everything that has happened so far is written, or has failed. */
  async idle(): Promise<void> {
    await this.#writer.idle();
    await this.#lastPut;
  }

  /** Writes what is left to write, and releases the store. Never rejects. */
  async close(): Promise<void> {
    this.#retry.stop();
    const opening = this.#opening;
    this.#opening = undefined;
    // At once: what is published from now on is not stored until this is over.
    this.#phase = "closing";
    const isOpen = await isFulfilled(opening);
    if (isOpen) {
      await this.#writer.idle();
      await this.#writer.cleanUp();
    }
    if (isOpen || (opening !== undefined && this.#mayOpenYet)) {
      await this.#store.close().catch((error: MsbError) => this.#options.report(error));
    }
    this.#phase = "closed";
    // Published meanwhile: they are offline events like any others.
    if (this.#options.cache.listWaiting().some(isToBeStored)) {
      this.#openUnasked();
    }
  }

  async #open(): Promise<void> {
    this.#retry.stop();
    this.#phase = "opening";
    try {
      const keys = await this.#store.open();
      if (this.#phase !== "opening") {
        return;
      }
      this.#phase = "open";
      this.#failure = undefined;
      this.#isFailureTold = false;
      const { cache } = this.#options;
      this.#nextKey = Math.max(this.#nextKey, (keys?.last ?? 0) + 1);
      this.#stored = keys === undefined ? 0 : keys.last - keys.first + 1;
      // Published while it opened: stored now, behind what was there before.
      for (const event of cache.listWaiting()) {
        if (isToBeStored(event)) {
          this.#put(event);
        }
      }
      if (keys !== undefined) {
        cache.restore(keys.first, keys.last);
      }
      void this.#writer.cleanUp();
      this.#options.onReadable();
    } catch (error) {
      if (this.#phase === "opening") {
        this.#fail(error as MsbError);
      }
      throw error;
    }
  }

  /** Nothing can be stored: who waited only for that hears of it; the other events go on in memory. */
  #fail(error: MsbError): void {
    if (this.#mayOpenYet) {
      this.#store.close().catch(ignore);
    }
    this.#phase = "failed";
    this.#failure = error;
    this.#opening = undefined;
    this.#retry.start(() => this.open().catch(ignore));
    const waiting = this.#options.cache.listWaiting().filter(isToBeStored);
    for (const event of waiting.filter(({ isGuarded }) => isGuarded)) {
      this.#isFailureTold = true;
      this.#notStored(event, error);
    }
  }

  /**
   * Not in time, and then nobody would release it. One that was refused is not to be closed: it may be open for another client
   * that was given the same object.
   */
  get #mayOpenYet(): boolean {
    return this.#store.isOverdue;
  }

  /** Nobody waits for the store to open. */
  #openUnasked(): void {
    this.open().catch((error: MsbError) => this.reportOnce(error));
  }

  #put(event: CachedEvent): void {
    const key = this.#takeKey();
    event.key = key;
    this.#lastPut = this.#write(key, event).then(
      () => {
        event.isStored = true;
        if (event.isGuarded) {
          event.onStored();
        }
      },
      (error: MsbError) => {
        // Settled meanwhile, it was counted and removed then.
        if (event.key !== key) {
          return;
        }
        event.key = undefined;
        this.#stored -= 1;
        if (event.isGuarded) {
          this.#notStored(event, error);
        } else {
          this.reportOnce(error);
        }
      },
    );
  }

  /** Until it works again: a full disk fails every event in the same way. */
  reportOnce(error: MsbError): void {
    if (this.#isFailureTold) {
      return;
    }
    this.#isFailureTold = true;
    this.#options.report(error);
  }

  #notStored(event: CachedEvent, error: MsbError): void {
    // It is on its way already: its answer decides, and only without one it was not taken.
    if (event.place === "in flight") {
      event.notStored = true;
    } else {
      this.#options.onNotStored(event, error);
    }
  }

  async #write(key: number, { eventId, message, isGuarded }: CachedEvent): Promise<void> {
    const isAwaited = isGuarded ? 1 : 0;
    this.#unwritten += isAwaited;
    try {
      await this.#writer.put(key, { eventId, message });
      this.#isFailureTold = false;
    } finally {
      this.#unwritten -= isAwaited;
    }
  }

  #takeKey(): number {
    const key = this.#nextKey;
    this.#nextKey += 1;
    this.#stored += 1;
    return key;
  }
}

async function isFulfilled(promise: Promise<void> | undefined): Promise<boolean> {
  if (promise === undefined) {
    return false;
  }
  return promise.then(
    () => true,
    () => false,
  );
}

function isToBeStored(event: CachedEvent): boolean {
  return event.cached && !event.isCall && event.key === undefined;
}
