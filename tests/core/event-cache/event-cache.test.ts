import { describe, expect, it } from "vitest";
import { EventCache } from "../../../src/core/event-cache/event-cache.ts";
import { quietEvent as event } from "../../support/client/quiet-event.ts";
import fc, { runs } from "../../support/properties.ts";

/** What waits, in its order: the names of events, and the keys of ranges. */
function waiting(cache: EventCache): string[] {
  const names: string[] = [];
  for (let item = cache.next; item !== undefined; item = item.next) {
    names.push(item.kind === "event" ? item.eventId : `${item.first}–${item.last}`);
  }
  return names;
}

/** Reads the keys `from` to `to` into the range that is next, and says that everything up to `end` was read. */
function fill(cache: EventCache, from: number, to: number, end = to): void {
  const range = cache.next;
  if (range?.kind !== "range") {
    throw new Error("an event is next");
  }
  const keys = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  cache.fill(
    range,
    keys.map((key) => event(`#${key}`, { key, isGuarded: true })),
    end,
  );
}

describe("events that are left to the store", () => {
  it("are one range as long as their keys follow each other", () => {
    const cache = new EventCache();
    for (const key of [1, 2, 3, 7, 8]) {
      cache.addStored(key);
    }
    expect(waiting(cache)).toEqual(["1–3", "7–8"]);
    expect(cache.endsInStore).toBe(true);
    cache.add(event("a"));
    expect(cache.endsInStore).toBe(false);
    cache.addStored(9);
    expect(waiting(cache)).toEqual(["1–3", "7–8", "a", "9–9"]);
    expect([cache.droppable, cache.guarded]).toEqual([1, 0]);
  });

  it("are told apart from those before a seal by their order", () => {
    const cache = new EventCache();
    cache.addStored(1);
    cache.seal();
    const sealed = cache.nextOrder;
    cache.addStored(2);
    cache.addStored(3);
    expect(waiting(cache)).toEqual(["1–1", "2–3"]);
    expect(cache.oldestOrder).toBeLessThan(sealed);
    fill(cache, 1, 1);
    cache.takeNext();
    cache.settleOldest();
    expect(cache.oldestOrder).toBe(sealed);
  });

  it("are read piece by piece: what was read stands before the rest, with its key, and is guarded", () => {
    const cache = new EventCache();
    cache.restore(1, 5);
    cache.add(event("a"));
    fill(cache, 1, 2);
    expect(waiting(cache)).toEqual(["#1", "#2", "3–5", "a"]);
    expect(cache.listWaiting()[1]).toMatchObject({ key: 2, isStored: true, isGuarded: true, sends: 0 });
    expect([cache.droppable, cache.guarded]).toEqual([1, 2]);
    cache.takeNext();
    cache.takeNext();
    fill(cache, 3, 4);
    expect(waiting(cache)).toEqual(["#3", "#4", "5–5", "a"]);
    cache.takeNext();
    cache.takeNext();
    // Keys that are not there count as read.
    fill(cache, 6, 5, 5);
    expect(waiting(cache)).toEqual(["a"]);
  });

  it("do not hide the oldest event that may be dropped, when they are read or set aside", () => {
    const cache = new EventCache();
    const first = event("a");
    cache.add(first);
    cache.addStored(1);
    cache.add(event("b"));
    cache.remove(first);
    fill(cache, 1, 1);
    expect(cache.dropOldest()?.eventId).toBe("b");
    cache.takeNext();
    cache.addStored(3);
    cache.add(event("c"));
    const range = cache.next;
    if (range?.kind === "range") {
      cache.setAside(range);
    }
    expect(cache.dropOldest()?.eventId).toBe("c");
  });

  it("that were there at the start are older than all that was published", () => {
    const cache = new EventCache();
    cache.add(event("a"));
    const before = cache.oldestOrder;
    cache.restore(1, 2);
    expect(waiting(cache)).toEqual(["1–2", "a"]);
    expect(cache.oldestOrder).toBeLessThan(before);
  });

  it("and cannot be read step aside, still count as unsettled, and come back before everything else", () => {
    const cache = new EventCache();
    cache.addStored(1);
    const [order] = [cache.oldestOrder];
    cache.add(event("a"));
    cache.addStored(5);
    for (const _ of ["1", "5"]) {
      const range = cache.next;
      if (range?.kind === "range") {
        cache.setAside(range);
      }
      if (cache.next?.kind === "event") {
        cache.takeNext();
        cache.settleOldest();
      }
    }
    expect(waiting(cache)).toEqual([]);
    expect(cache.oldestOrder).toBe(order);
    cache.add(event("b"));
    cache.bringBack();
    expect(waiting(cache)).toEqual(["1–1", "5–5", "b"]);
    cache.bringBack();
    expect(waiting(cache)).toEqual(["1–1", "5–5", "b"]);
  });
});

describe("a cache that is cleared", () => {
  it("gives its events out, forgets what is in the store alone, and works on", () => {
    const cache = new EventCache();
    cache.addStored(1);
    const aside = cache.next;
    if (aside?.kind === "range") {
      cache.setAside(aside);
    }
    cache.addStored(3);
    cache.add(event("a"));
    cache.addStored(5);
    cache.add(event("b", { isGuarded: true }));
    expect(cache.clear().map(({ eventId, place }) => `${eventId} ${place}`)).toEqual(["a gone", "b gone"]);
    cache.bringBack();
    expect(waiting(cache)).toEqual([]);
    expect([cache.droppable, cache.guarded, cache.oldestOrder]).toEqual([0, 0, Number.POSITIVE_INFINITY]);
    expect(cache.endsInStore).toBe(false);
    expect(cache.dropOldest()).toBeUndefined();
    cache.add(event("c"));
    expect(waiting(cache)).toEqual(["c"]);
    expect(cache.dropOldest()?.eventId).toBe("c");
  });
});

type Step =
  | { readonly type: "add"; readonly cached: boolean; readonly isStored: boolean }
  | { readonly type: "addStored" | "takeNext" | "settle" | "lose" | "drop" | "takeUncached" }
  | { readonly type: "remove" | "fill"; readonly pick: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant("add"), cached: fc.boolean(), isStored: fc.boolean() }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constantFrom("addStored", "takeNext", "takeNext", "settle", "lose", "drop", "takeUncached"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom("remove", "fill"), pick: fc.nat(5) }) },
) as fc.Arbitrary<Step>;

interface Modelled {
  readonly name: string;
  readonly mayBeDropped: boolean;
  readonly cached: boolean;
}

it("holds what two plain lists hold, in their order, whatever is done with it", () => {
  const run = (steps: readonly Step[]): void => {
    const cache = new EventCache();
    let [list, flying, key]: [Modelled[], Modelled[], number] = [[], [], 0];
    const isRange = ({ name }: Modelled): boolean => name.includes("–");
    const entryOf = (name: string) => cache.listWaiting().find(({ eventId }) => eventId === name);

    const act = {
      takeNext(): void {
        const [first] = list;
        if (first === undefined || isRange(first)) {
          expect(cache.takeNext()).toBeUndefined();
        } else {
          expect(cache.takeNext()).toMatchObject({ eventId: first.name, place: "in flight" });
          flying.push(first);
          list = list.slice(1);
        }
      },
      settle(): void {
        expect(cache.settleOldest()?.eventId).toBe(flying.shift()?.name);
      },
      lose(): void {
        const entries = cache.takeInFlight();
        expect(entries.map(({ place }) => place)).toEqual(flying.map(() => "gone"));
        cache.putBack(entries.filter((_, index) => index % 3 !== 2));
        const back = flying.filter((_, index) => index % 3 !== 2);
        list = [...back.map((each) => ({ ...each, mayBeDropped: false })), ...list];
        flying = [];
      },
      drop(): void {
        const oldest = list.find(({ mayBeDropped }) => mayBeDropped);
        expect(cache.dropOldest()?.eventId).toBe(oldest?.name);
        list = list.filter((each) => each !== oldest);
      },
      takeUncached(): void {
        const uncached = list.filter(({ cached }) => !cached);
        expect(cache.takeUncached().map(({ eventId }) => eventId)).toEqual(uncached.map(({ name }) => name));
        list = list.filter(({ cached }) => cached);
      },
    };

    steps.forEach((current, index) => {
      if (current.type === "add") {
        const name = `e${index}`;
        const { cached, isStored } = current;
        cache.add(event(name, { cached, isGuarded: isStored }));
        list.push({ name, cached, mayBeDropped: !isStored });
      } else if (current.type === "addStored") {
        // Never in a row, so that each is a range of its own.
        key += 2;
        cache.addStored(key);
        list.push({ name: `${key}–${key}`, cached: true, mayBeDropped: false });
      } else if (current.type === "remove") {
        const picked = list[current.pick];
        const entry = picked && entryOf(picked.name);
        if (entry !== undefined) {
          expect([cache.remove(entry), cache.remove(entry)]).toEqual([true, false]);
          list = list.filter((each) => each !== picked);
        }
      } else if (current.type === "fill") {
        const [first] = list;
        if (first !== undefined && isRange(first)) {
          const at = Number.parseInt(first.name, 10);
          fill(cache, at, at);
          list = [{ name: `#${at}`, cached: true, mayBeDropped: false }, ...list.slice(1)];
        }
      } else {
        act[current.type]();
      }

      const mayBeDropped = list.filter((each) => each.mayBeDropped).length;
      const inMemory = list.filter((each) => !isRange(each)).length;
      expect(waiting(cache)).toEqual(list.map(({ name }) => name));
      expect([cache.inFlight, cache.droppable, cache.guarded]).toEqual([
        flying.length,
        mayBeDropped,
        inMemory - mayBeDropped,
      ]);
    });
  };
  fc.assert(fc.property(fc.array(step, { maxLength: 40, size: "max" }), run), { numRuns: runs(150) });
});
