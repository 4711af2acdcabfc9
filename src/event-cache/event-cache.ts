import Denque from "denque";
import type { MsbError } from "../errors.ts";
import type { StoredEvent } from "./store.ts";

/** An event from `publish()` to its settlement. */
export interface CachedEvent extends StoredEvent {
  /** Whether it waits out a missing connection, and is sent again after a broken one. */
  readonly cached: boolean;
  /** The MSB has accepted it. */
  resolve(): void;
  /** It was not delivered, or nobody can say whether it was. */
  reject(error: MsbError): void;
  /** Takes it back while it waits. */
  readonly signal?: AbortSignal | undefined;
  /** Its publisher waits for this: it outlives the process from now on; or it does not, because the store failed. */
  readonly stored?: ((failure?: MsbError) => void) | undefined;
}

/** An event in the cache: with its place in the order, and its key in the store. */
export interface CacheEntry {
  readonly event: CachedEvent;
  readonly order: number;
  key: number | undefined;
  /** Whether it was sent before, so that it may have arrived. */
  sent: boolean;
  /** Lets go of whatever else holds on to it. */
  release?: () => void;
}

/**
 * The events that are not settled, in two sets: *waiting* (not sent) and *in flight* (sent, not answered).
 * First in, first out; answers carry no id, so they belong to the oldest in flight.
 */
export class EventCache {
  readonly #waiting = new Denque<CacheEntry>();
  readonly #inFlight = new Denque<CacheEntry>();
  /** How many of the waiting were sent before: they stand in front of all others. */
  #sentBefore = 0;
  #nextOrder = 1;
  /** Orders of events that were there before anything was published, from a store: they come first. */
  #nextRestored = 0;

  /** Waiting events that were never sent. */
  get neverSent(): number {
    return this.#waiting.length - this.#sentBefore;
  }

  get inFlight(): number {
    return this.#inFlight.length;
  }

  /** The order that the next event will have. */
  get nextOrder(): number {
    return this.#nextOrder;
  }

  /** The order of the oldest event that is not settled; infinite where there is none. */
  get oldestOrder(): number {
    const oldest = this.#inFlight.peekFront() ?? this.#waiting.peekFront();
    return oldest?.order ?? Number.POSITIVE_INFINITY;
  }

  /** Waiting events in their order. */
  listWaiting(): readonly CacheEntry[] {
    return this.#waiting.toArray();
  }

  /** Puts an event behind all others. */
  add(event: CachedEvent): CacheEntry {
    const entry: CacheEntry = { event, order: this.#nextOrder, key: undefined, sent: false };
    this.#nextOrder += 1;
    this.#waiting.push(entry);
    return entry;
  }

  /** Puts events of a store, in their order, before all that were published since. */
  restore(events: readonly { readonly key: number; readonly event: CachedEvent }[]): void {
    for (const { key, event } of [...events].reverse()) {
      this.#waiting.unshift({ event, order: this.#nextRestored, key, sent: false });
      this.#nextRestored -= 1;
    }
  }

  /** Takes off the oldest event that was never sent: of the others nobody could say whether they arrived. */
  dropOldest(): CacheEntry | undefined {
    return this.#waiting.removeOne(this.#sentBefore);
  }

  /** Takes off a waiting event; false where it is not waiting (any more). */
  remove(entry: CacheEntry): boolean {
    const index = this.#waiting.toArray().indexOf(entry);
    if (index < 0) return false;
    this.#waiting.removeOne(index);
    if (entry.sent) this.#sentBefore -= 1;
    return true;
  }

  /** Moves the oldest waiting event into flight: the caller sends it. */
  takeNext(): CacheEntry | undefined {
    const entry = this.#waiting.shift();
    if (entry === undefined) return undefined;
    if (entry.sent) this.#sentBefore -= 1;
    entry.sent = true;
    this.#inFlight.push(entry);
    return entry;
  }

  /** Takes off the event that an answer belongs to; `undefined` where nothing is in flight. */
  settleOldest(): CacheEntry | undefined {
    return this.#inFlight.shift();
  }

  /**
   * The connection broke: cached events in flight go back to the front in their order; the others are taken off and
   * returned, because nobody can say whether they arrived.
   */
  connectionLost(): readonly CacheEntry[] {
    const undecided: CacheEntry[] = [];
    for (let entry = this.#inFlight.pop(); entry !== undefined; entry = this.#inFlight.pop()) {
      if (entry.event.cached) {
        this.#waiting.unshift(entry);
        this.#sentBefore += 1;
      } else {
        undecided.unshift(entry);
      }
    }
    return undecided;
  }

  /** Takes off everything that waits, in order. */
  clear(): readonly CacheEntry[] {
    const entries = this.#waiting.toArray();
    this.#waiting.clear();
    this.#sentBefore = 0;
    return entries;
  }
}
