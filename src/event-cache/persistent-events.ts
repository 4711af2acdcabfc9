import { describeError, MsbError } from "../errors.ts";
import type { CachedEvent, CacheEntry, EventCache } from "./event-cache.ts";
import type { EventStore, StorePage } from "./store.ts";
import { StoreWriter } from "./store-writer.ts";

/**
 * Keeps the cached events of a cache in a store as well: each from its publishing to its settlement.
 * Where the cache has no store, nothing is asked of it.
 */
export class PersistentEvents {
  readonly #store: EventStore;
  readonly #cache: EventCache;
  readonly #report: (error: MsbError) => void;
  #opening: Promise<void> | undefined;
  #writer: StoreWriter | undefined;
  #nextKey = 1;

  constructor(store: EventStore, cache: EventCache, report: (error: MsbError) => void) {
    this.#store = store;
    this.#cache = cache;
    this.#report = report;
  }

  get isOpen(): boolean {
    return this.#writer !== undefined;
  }

  /**
   * Opens the store once, and puts what it holds before what was published since.
   * @throws {MsbError} `STORE_FAILED`; the next call tries again.
   */
  open(): Promise<void> {
    this.#opening ??= this.#open().catch((error) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  /** An event was published: it is stored, now or when the store is open. */
  add(entry: CacheEntry): void {
    if (!entry.event.cached) return;
    if (this.#writer !== undefined) return this.#put(entry, this.#writer);
    this.open().catch((error: MsbError) => {
      this.#report(error);
      entry.event.stored?.(error);
    });
  }

  /** An event is settled. */
  remove(entry: CacheEntry): void {
    if (entry.key === undefined) return;
    this.#writer?.delete(entry.key).catch((error) => this.#report(failed("written", error)));
    entry.key = undefined;
  }

  /** Everything that has happened so far is written. */
  async idle(): Promise<void> {
    await this.#writer?.idle();
  }

  /** Writes what is left to write, and releases the store. */
  async close(): Promise<void> {
    const opening = this.#opening;
    if (opening === undefined) return;
    this.#opening = undefined;
    try {
      await opening;
      await this.#writer?.idle();
      this.#writer = undefined;
      await this.#store.close();
    } catch (error) {
      this.#report(failed("closed", error));
    }
  }

  async #open(): Promise<void> {
    const content = await this.#readAll().catch((error) => {
      throw error instanceof MsbError ? error : failed("opened", error);
    });
    for (const { key, reason } of content.damaged) {
      this.#report(
        new MsbError("STORE_FAILED", `A stored event (${key}) cannot be read and was skipped: ${reason}.`),
      );
    }
    this.#writer = new StoreWriter(this.#store);
    this.#nextKey = Math.max(this.#nextKey, (content.events.at(-1)?.key ?? 0) + 1);
    // Published while it opened: stored now, behind what was there before.
    for (const entry of this.#cache.listWaiting()) {
      if (entry.event.cached && entry.key === undefined) this.#put(entry, this.#writer);
    }
    this.#cache.restore(content.events.map(({ key, event }) => ({ key, event: this.#restored(event) })));
  }

  async #readAll(): Promise<Pick<StorePage, "events" | "damaged">> {
    const keys = await this.#store.open();
    const pages: StorePage[] = [];
    for (let next = keys?.first ?? 1; next <= (keys?.last ?? 0); ) {
      const page = await this.#store.read(next, keys?.last ?? 0, 1_000);
      pages.push(page);
      next = page.end + 1;
    }
    return {
      events: pages.flatMap(({ events }) => events),
      damaged: pages.flatMap(({ damaged }) => damaged),
    };
  }

  #put(entry: CacheEntry, writer: StoreWriter): void {
    const { event } = entry;
    entry.key = this.#nextKey;
    this.#nextKey += 1;
    writer.put(entry.key, { eventId: event.eventId, message: event.message }).then(
      () => event.stored?.(),
      (cause) => {
        const error = failed("written", cause);
        this.#report(error);
        event.stored?.(error);
      },
    );
  }

  /** Its publisher is gone with the process that it lived in; what happens to it is reported. */
  #restored(event: { readonly eventId: string; readonly message: string }): CachedEvent {
    return {
      ...event,
      cached: true,
      resolve: () => {},
      reject: (error) => {
        // It stays in the store, and is sent by the next one.
        if (error.code !== "DISCONNECTED") this.#report(error);
      },
    };
  }
}

function failed(what: string, cause: unknown): MsbError {
  return new MsbError(
    "STORE_FAILED",
    `The store of the event cache cannot be ${what}: ${describeError(cause)}.`,
    { cause },
  );
}
