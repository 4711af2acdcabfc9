import type { CachedEvent, StoredRange, WaitingItem } from "./cached-event.ts";
import { LinkedList } from "./linked-list.ts";

/**
 * The events that are not settled, in two sets: *waiting* (to be sent, the first time or again) and *in flight* (sent, not
 * answered). First in, first out; answers carry no id, so they belong to the oldest in flight.
 */
export class EventCache {
  readonly #waiting = new LinkedList<WaitingItem>();
  readonly #sent = new LinkedList<WaitingItem>();
  #inFlight = 0;
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

  /** Waiting events, in memory or in the store alone. */
  get waiting(): number {
    let inStore = 0;
    for (let item = this.#waiting.first; item !== undefined; item = item.next) {
      inStore += item.kind === "range" ? sizeOf(item) : 0;
    }
    return this.#droppable + this.#guarded + this.#aside.reduce((sum, range) => sum + sizeOf(range), inStore);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** The order that the next event will have. */
  get nextOrder(): number {
    return this.#nextOrder;
  }

  /** The order of the oldest event that is not settled; infinite if there is none. */
  get oldestOrder(): number {
    return Math.min(
      this.#sent.first?.order ?? Number.POSITIVE_INFINITY,
      this.#waiting.first?.order ?? Number.POSITIVE_INFINITY,
      this.#aside[0]?.order ?? Number.POSITIVE_INFINITY,
    );
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
  listWaiting(): readonly CachedEvent[] {
    const events: CachedEvent[] = [];
    for (let item = this.#waiting.first; item !== undefined; item = item.next) {
      if (item.kind === "event") {
        events.push(item);
      }
    }
    return events;
  }

  /** Puts an event behind all others. */
  add(event: CachedEvent): void {
    event.order = this.#takeOrder();
    this.#wait(event, undefined);
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
  fill(range: StoredRange, events: readonly CachedEvent[], end: number): void {
    for (const event of events) {
      event.order = range.order;
      event.isStored = true;
      this.#wait(event, range);
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
  dropOldest(): CachedEvent | undefined {
    let item = this.#oldestDroppable;
    while (item !== undefined && !isDroppable(item)) {
      item = item.next;
    }
    this.#oldestDroppable = item;
    if (item !== undefined) {
      this.remove(item);
    }
    return item;
  }

  /** Takes off a waiting event; false if it is not waiting (any more). */
  remove(event: CachedEvent): boolean {
    if (event.place !== "waiting") {
      return false;
    }
    this.#leave(event);
    event.place = "gone";
    return true;
  }

  /** Moves the oldest waiting event into flight: the caller sends it. */
  takeNext(): CachedEvent | undefined {
    const event = this.#waiting.first;
    if (event?.kind !== "event") {
      return undefined;
    }
    this.#leave(event);
    event.place = "in flight";
    event.sends += 1;
    this.#sent.pushBack(event);
    this.#inFlight += 1;
    return event;
  }

  /** Takes off the event that an answer belongs to; `undefined` if nothing is in flight. */
  settleOldest(): CachedEvent | undefined {
    // Only events are sent, no ranges.
    const event = this.#sent.first as CachedEvent | undefined;
    if (event !== undefined) {
      this.#sent.remove(event);
      this.#inFlight -= 1;
      event.place = "gone";
    }
    return event;
  }

  /** The connection broke. Takes off what is in flight, in its order: to be put back, or settled. */
  takeInFlight(): readonly CachedEvent[] {
    const events: CachedEvent[] = [];
    for (let event = this.settleOldest(); event !== undefined; event = this.settleOldest()) {
      events.push(event);
    }
    return events;
  }

  /** Puts events that were in flight back to the front, in their order. */
  putBack(events: readonly CachedEvent[]): void {
    const before = this.#waiting.first;
    for (const event of events) {
      this.#wait(event, before);
    }
  }

  /** Takes off the waiting events that do not wait for another connection. */
  takeUncached(): readonly CachedEvent[] {
    const events = this.listWaiting().filter(({ cached }) => !cached);
    for (const event of events) {
      this.remove(event);
    }
    return events;
  }

  /** Takes off everything that waits, in order. What waits in the store alone stays there. */
  clear(): readonly CachedEvent[] {
    const events = this.listWaiting();
    for (const event of events) {
      this.remove(event);
    }
    this.#waiting.first = undefined;
    this.#waiting.last = undefined;
    this.#oldestDroppable = undefined;
    this.#aside = [];
    return events;
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

  #wait(event: CachedEvent, before: WaitingItem | undefined): void {
    this.#waiting.insert(event, before);
    event.place = "waiting";
    if (isDroppable(event)) {
      this.#droppable += 1;
      this.#oldestDroppable ??= event;
    } else {
      this.#guarded += 1;
    }
  }

  #leave(event: CachedEvent): void {
    if (isDroppable(event)) {
      this.#droppable -= 1;
    } else {
      this.#guarded -= 1;
    }
    if (this.#oldestDroppable === event) {
      this.#oldestDroppable = event.next;
    }
    this.#waiting.remove(event);
  }
}

function isDroppable(item: WaitingItem): item is CachedEvent {
  return item.kind === "event" && !item.isGuarded && item.sends === 0;
}

function sizeOf({ first, last }: StoredRange): number {
  return last - first + 1;
}

function newRange(order: number, first: number, last: number): StoredRange {
  return { kind: "range", order, first, last, previous: undefined, next: undefined };
}
