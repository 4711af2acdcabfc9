import { MsbError } from "../../support/errors.ts";
import { type EncodedMessage, PlainMessage } from "../codec/index.ts";
import { CachedEvent, type StoredRange } from "./cached-event.ts";
import type { EventCache } from "./event-cache.ts";
import type { GuardedStore } from "./guarded-store.ts";
import type { RetryTimer } from "./retry-timer.ts";
import type { StoredEvent } from "./store.ts";
import type { StoreWriter } from "./store-writer.ts";

/** Events that are read from a store at once, and that wait in memory before the next ones stay in the store alone. */
export const PAGE = 500;

export interface RangeReaderOptions {
  readonly cache: EventCache;
  readonly store: GuardedStore;
  readonly writer: StoreWriter;
  readonly retry: RetryTimer;
  isOpen(): boolean;
  report(error: MsbError): void;
  /** The store cannot be read; to be told once. */
  onFailed(error: MsbError): void;
  /** So many events fewer than was thought are in the store. */
  onMissing(events: number): void;
  /** Stored events were read, or can be read again. */
  onReadable(): void;
}

/** Reads the events that wait in a store alone, piece by piece, when it is their turn to be sent. */
export class RangeReader {
  readonly #options: RangeReaderOptions;
  #isReading = false;

  constructor(options: RangeReaderOptions) {
    this.#options = options;
  }

  /**
   * Reads the next piece of a range into the cache. If that fails, the others go on without it, and it is read as soon as that
   * is possible.
   */
  load(range: StoredRange): void {
    const { cache, retry, isOpen, onFailed, onReadable } = this.#options;
    if (this.#isReading) {
      return;
    }
    if (retry.isRunning) {
      return this.#setAside(range);
    }
    this.#isReading = true;
    this.#read(range)
      .catch((error: MsbError) => {
        // It is being closed: the events stay in the store, and no timer may be left.
        if (!isOpen()) {
          return;
        }
        onFailed(error);
        retry.start(() => {
          cache.bringBack();
          onReadable();
        });
        this.#setAside(range);
      })
      .finally(() => {
        this.#isReading = false;
        onReadable();
      });
  }

  async #read(range: StoredRange): Promise<void> {
    const { cache, store, writer, report, onMissing } = this.#options;
    // What stands in the range may still be on its way to the store.
    const { last } = range;
    await writer.idle();
    const page = await store.read(range.first, last, PAGE);
    if (page.end < range.first) {
      throw new MsbError("STORE_FAILED", "The store of the event cache reads no further.");
    }
    // The cache was cleared meanwhile, and the range with it.
    if (cache.next !== range) {
      return;
    }
    const wanted = page.events.filter(({ key }) => !writer.isUnwanted(key));
    onMissing(page.end - range.first + 1 - wanted.length);
    cache.fill(
      range,
      wanted.map(({ key, event }) => new RestoredEvent(key, event, report)),
      page.end,
    );
    for (const { key, reason } of page.damaged) {
      const message = `The store of the event cache is damaged at ${key}, which is skipped: ${reason}.`;
      report(new MsbError("STORE_FAILED", message));
    }
  }

  #setAside(range: StoredRange): void {
    // The cache may have been cleared meanwhile, and the range with it.
    if (this.#options.cache.next === range) {
      this.#options.cache.setAside(range);
    }
  }
}

/** Its publisher was told that it is stored; what happens to it now is reported. */
class RestoredEvent extends CachedEvent {
  readonly eventId: string;
  readonly encoded: EncodedMessage;
  readonly #report: (error: MsbError) => void;

  constructor(key: number, { eventId, message }: StoredEvent, report: (error: MsbError) => void) {
    super({ cached: true, isGuarded: true });
    this.eventId = eventId;
    this.encoded = new PlainMessage(message);
    this.key = key;
    this.#report = report;
  }

  resolve(): void {}

  onStored(): void {}

  reject(error: MsbError): void {
    this.#report(error);
  }
}
