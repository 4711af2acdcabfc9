import type { UnparsedEvent } from "../protocol/event.ts";
import { MAX_ACTIVITY_SIZE } from "../support/limits.ts";
import type { KeptEvent } from "./kept-event.ts";

/** The seconds that are counted one by one. */
export const COUNTED_SECONDS = 60;
/** What one event takes besides its last one: sixty numbers, and its places. */
const ENTRY_SIZE = 1_000;

/** What is known of one event of a service. */
export interface EventActivity {
  readonly eventId: string;
  /** How often it was accepted. */
  readonly count: number;
  readonly last: UnparsedEvent;
  /** How often in each of the last 60 seconds, oldest first; the last one is not over yet. Empty if never. */
  readonly perSecond: readonly number[];
}

interface Entry {
  count: number;
  last: UnparsedEvent;
  size: number;
  /** A ring: the second `s` (since 1970) is at `s % 60`. */
  readonly seconds: number[];
  /** The newest second in the ring. */
  second: number;
}

/**
 * How often each event of each service came, and its last value. When it is too much, the events that came last longest ago
 * are forgotten.
 */
export class EventActivities {
  readonly #maxSize: number;
  readonly #services = new Map<string, Map<string, Entry>>();
  #size = 0;

  constructor(maxSize = MAX_ACTIVITY_SIZE) {
    this.#maxSize = maxSize;
  }

  /** Counts an event. */
  add({ event: last, size: lastSize }: KeptEvent): void {
    const { uuid, eventId, receivedAt } = last;
    let events = this.#services.get(uuid);
    if (events === undefined) {
      events = new Map();
      this.#services.set(uuid, events);
    }
    const size = ENTRY_SIZE + lastSize;
    let entry = events.get(eventId);
    if (entry === undefined) {
      entry = { count: 0, last, size: 0, seconds: new Array(COUNTED_SECONDS).fill(0), second: 0 };
      events.set(eventId, entry);
    }
    this.#size += size - entry.size;
    entry.size = size;
    entry.count += 1;
    entry.last = last;
    countAt(entry, Math.floor(receivedAt / 1_000));
    if (this.#size > this.#maxSize) {
      this.#forgetOldest();
    }
  }

  /** What is known of the events of a service. @param now in milliseconds since 1970. */
  of(uuid: string, now: number): EventActivity[] {
    return [...(this.#services.get(uuid) ?? [])].map(([eventId, entry]) => describe(eventId, entry, now));
  }

  get(uuid: string, eventId: string, now: number): EventActivity | undefined {
    const entry = this.#services.get(uuid)?.get(eventId);
    return entry === undefined ? undefined : describe(eventId, entry, now);
  }

  forget(uuid: string): void {
    for (const { size } of this.#services.get(uuid)?.values() ?? []) {
      this.#size -= size;
    }
    this.#services.delete(uuid);
  }

  /** A quarter at once, because it looks at all of them. */
  #forgetOldest(): void {
    const all = [...this.#services].flatMap(([uuid, events]) =>
      [...events].map(([eventId, entry]) => ({ uuid, eventId, entry })),
    );
    all.sort((a, b) => a.entry.last.receivedAt - b.entry.last.receivedAt);
    for (const { uuid, eventId, entry } of all) {
      if (this.#size <= (3 * this.#maxSize) / 4) {
        return;
      }
      this.#size -= entry.size;
      const events = this.#services.get(uuid);
      events?.delete(eventId);
      if (events?.size === 0) {
        this.#services.delete(uuid);
      }
    }
  }
}

function countAt(entry: Entry, second: number): void {
  // A clock that was set back counts on where it was.
  for (let passed = Math.max(entry.second + 1, second - COUNTED_SECONDS + 1); passed <= second; passed += 1) {
    entry.seconds[passed % COUNTED_SECONDS] = 0;
  }
  entry.second = Math.max(entry.second, second);
  const place = entry.second % COUNTED_SECONDS;
  entry.seconds[place] = (entry.seconds[place] ?? 0) + 1;
}

function describe(eventId: string, { count, last, seconds, second }: Entry, now: number): EventActivity {
  const current = Math.max(second, Math.floor(now / 1_000));
  const isSilent = current - second >= COUNTED_SECONDS;
  const perSecond = Array.from({ length: isSilent ? 0 : COUNTED_SECONDS }, (_, index) => {
    const wanted = current - COUNTED_SECONDS + 1 + index;
    return wanted <= second && wanted > second - COUNTED_SECONDS
      ? (seconds[wanted % COUNTED_SECONDS] ?? 0)
      : 0;
  });
  return { eventId, count, last, perSecond };
}
