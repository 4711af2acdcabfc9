import Denque from "denque";
import type { MsbError } from "../../support/errors.ts";
import { type Linked, LinkedList } from "./linked-list.ts";
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
  /** Its publisher waits for this: it outlives the process from now on. */
  readonly stored?: (() => void) | undefined;
}

/** An event in the cache: with its place in the order, and its key in the store. */
export interface CacheEntry extends Linked<WaitingItem> {
  readonly kind: "event";
  readonly event: CachedEvent;
  readonly order: number;
  /** Never dropped: it came out of a store, or its publisher waits only until it is stored. */
  readonly isGuarded: boolean;
  place: "waiting" | "in flight" | "gone";
  key: number | undefined;
  /** It outlives the process, and its publisher may know that. */
  isStored: boolean;
  /** How often it was sent. If it was, it may have arrived. */
  sends: number;
  /** The store did not take it, although its publisher waits for that. */
  notStored: boolean;
}

/** Events that wait in the store alone: the memory knows their keys, from the first to the last. */
export interface StoredRange extends Linked<WaitingItem> {
  readonly kind: "range";
  readonly order: number;
  first: number;
  last: number;
}

export type WaitingItem = CacheEntry | StoredRange;

/**
 * The events that are not settled, in two sets: *waiting* (to be sent, the first time or again) and *in flight* (sent, not
 * answered). First in, first out; answers carry no id, so they belong to the oldest in flight.
 */
export class EventCache {
  readonly #waiting = new LinkedList<WaitingItem>();
  readonly #inFlight = new Denque<CacheEntry>();
  #nextOrder = 1;
  /** Waiting events that may be dropped, and those that may not. */
  #droppable = 0;
  #guarded = 0;
  /** No event that may be dropped stands before this one. */
  #oldestDroppable: WaitingItem | undefined;
  /** Ranges that cannot be read at present. */
  #aside: StoredRange[] = [];
  /** The range at the end takes no more events: a flush waits for those that it has. */
  #isSealed = false;

  /** Waiting events that may be dropped: never sent, and promised to nobody. */
  get droppable(): number {
    return this.#droppable;
  }

  /** Waiting events in memory that may not be dropped. */
  get guarded(): number {
    return this.#guarded;
  }

  get inFlight(): number {
    return this.#inFlight.length;
  }

  /** The order that the next event will have. */
  get nextOrder(): number {
    return this.#nextOrder;
  }

  /** The order of the oldest event that is not settled; infinite if there is none. */
  get oldestOrder(): number {
    const oldest = [this.#inFlight.peekFront(), this.#waiting.first, this.#aside[0]];
    return Math.min(...oldest.map((item) => item?.order ?? Number.POSITIVE_INFINITY));
  }

  /** What is to be sent next. */
  get next(): WaitingItem | undefined {
    return this.#waiting.first;
  }

  /** Whether the newest events wait in the store alone. */
  get endsInStore(): boolean {
    return this.#waiting.last?.kind === "range";
  }

  /** Waiting events in their order. */
  listWaiting(): readonly CacheEntry[] {
    const entries: CacheEntry[] = [];
    for (let item = this.#waiting.first; item !== undefined; item = item.next) {
      if (item.kind === "event") {
        entries.push(item);
      }
    }
    return entries;
  }

  /** Puts an event behind all others. */
  add(event: CachedEvent): CacheEntry {
    const entry = newEntry(event, this.#takeOrder(), event.stored !== undefined);
    this.#wait(entry, undefined);
    return entry;
  }

  /** Puts an event behind all others that waits in the store alone. */
  addStored(key: number): void {
    const order = this.#takeOrder();
    const { last } = this.#waiting;
    if (last?.kind === "range" && last.last === key - 1 && !this.#isSealed) {
      last.last = key;
    } else {
      this.#waiting.pushBack(newRange(order, key, key));
    }
    this.#isSealed = false;
  }

  /** Events that are added from now on are told apart from those before, by their order. */
  seal(): void {
    this.#isSealed = true;
  }

  /** Puts what a store holds before everything that waits. */
  restore(first: number, last: number): void {
    this.#waiting.insert(newRange(0, first, last), this.#waiting.first);
  }

  /** Events of a range were read, up to the key `end`: they take its place, and what is left of it stands behind them. */
  fill(
    range: StoredRange,
    events: readonly { readonly key: number; readonly event: CachedEvent }[],
    end: number,
  ): void {
    for (const { key, event } of events) {
      const entry = newEntry(event, range.order, true);
      entry.key = key;
      entry.isStored = true;
      this.#wait(entry, range);
    }
    range.first = end + 1;
    if (range.first > range.last) {
      this.#takeOff(range);
    }
  }

  /** A range cannot be read: the others go on without it. */
  setAside(range: StoredRange): void {
    this.#takeOff(range);
    this.#aside.push(range);
  }

  /** The ranges that were set aside have their turn again, before everything else. */
  bringBack(): void {
    const before = this.#waiting.first;
    for (const range of this.#aside) {
      this.#waiting.insert(range, before);
    }
    this.#aside = [];
  }

  /** Takes off the oldest event that may be dropped. */
  dropOldest(): CacheEntry | undefined {
    let item = this.#oldestDroppable;
    while (item !== undefined && !(item.kind === "event" && isDroppable(item))) {
      item = item.next;
    }
    this.#oldestDroppable = item;
    if (item === undefined) {
      return undefined;
    }
    this.remove(item as CacheEntry);
    return item as CacheEntry;
  }

  /** Takes off a waiting event; false if it is not waiting (any more). */
  remove(entry: CacheEntry): boolean {
    if (entry.place !== "waiting") {
      return false;
    }
    this.#leave(entry);
    entry.place = "gone";
    return true;
  }

  /** Moves the oldest waiting event into flight: the caller sends it. */
  takeNext(): CacheEntry | undefined {
    const entry = this.#waiting.first;
    if (entry?.kind !== "event") {
      return undefined;
    }
    this.#leave(entry);
    entry.place = "in flight";
    entry.sends += 1;
    this.#inFlight.push(entry);
    return entry;
  }

  /** Takes off the event that an answer belongs to; `undefined` if nothing is in flight. */
  settleOldest(): CacheEntry | undefined {
    const entry = this.#inFlight.shift();
    if (entry !== undefined) {
      entry.place = "gone";
    }
    return entry;
  }

  /** The connection broke. Takes off what is in flight, in its order: to be put back, or settled. */
  takeInFlight(): readonly CacheEntry[] {
    const entries = this.#inFlight.toArray();
    this.#inFlight.clear();
    for (const entry of entries) {
      entry.place = "gone";
    }
    return entries;
  }

  /** Puts events that were in flight back to the front, in their order. */
  putBack(entries: readonly CacheEntry[]): void {
    const before = this.#waiting.first;
    for (const entry of entries) {
      this.#wait(entry, before);
    }
  }

  /** Takes off the waiting events that do not wait for another connection. */
  takeUncached(): readonly CacheEntry[] {
    const entries = this.listWaiting().filter(({ event }) => !event.cached);
    for (const entry of entries) {
      this.remove(entry);
    }
    return entries;
  }

  /** Takes off everything that waits, in order. What waits in the store alone stays there. */
  clear(): readonly CacheEntry[] {
    const entries = this.listWaiting();
    for (const entry of entries) {
      this.remove(entry);
    }
    this.#waiting.first = undefined;
    this.#waiting.last = undefined;
    this.#oldestDroppable = undefined;
    this.#aside = [];
    return entries;
  }

  #takeOff(range: StoredRange): void {
    if (this.#oldestDroppable === range) {
      this.#oldestDroppable = range.next;
    }
    this.#waiting.remove(range);
  }

  #takeOrder(): number {
    const order = this.#nextOrder;
    this.#nextOrder += 1;
    return order;
  }

  #wait(entry: CacheEntry, before: WaitingItem | undefined): void {
    this.#waiting.insert(entry, before);
    entry.place = "waiting";
    if (isDroppable(entry)) {
      this.#droppable += 1;
      this.#oldestDroppable ??= entry;
    } else {
      this.#guarded += 1;
    }
  }

  #leave(entry: CacheEntry): void {
    if (isDroppable(entry)) {
      this.#droppable -= 1;
    } else {
      this.#guarded -= 1;
    }
    if (this.#oldestDroppable === entry) {
      this.#oldestDroppable = entry.next;
    }
    this.#waiting.remove(entry);
  }
}

function isDroppable(entry: CacheEntry): boolean {
  return !entry.isGuarded && entry.sends === 0;
}

function newEntry(event: CachedEvent, order: number, isGuarded: boolean): CacheEntry {
  return {
    kind: "event",
    event,
    order,
    isGuarded,
    place: "waiting",
    key: undefined,
    isStored: false,
    sends: 0,
    notStored: false,
    previous: undefined,
    next: undefined,
  };
}

function newRange(order: number, first: number, last: number): StoredRange {
  return { kind: "range", order, first, last, previous: undefined, next: undefined };
}
