import { describe, expect, test } from "vitest";
import { History, nearest, type Samples } from "../../demo/page/chart/history.ts";
import fc from "../support/properties.ts";

const values = (speed = 60) => ({ temperature: 40, force: 200, speed });

function times({ at }: Pick<Samples, "at">): number[] {
  return [...at];
}

describe("the history of the chart", () => {
  test("has what it was given, sorted and once, in whatever order it came", () => {
    const additions = fc.array(fc.record({ at: fc.integer({ min: 0, max: 400 }), delay: fc.nat(50) }));
    fc.assert(
      fc.property(additions, (each) => {
        const history = new History(1000);
        const model = new Map<number, number>();
        for (const { at, delay } of each) {
          expect(history.add(values(delay), at, at + delay)).toBe(!model.has(at));
          model.set(at, model.get(at) ?? delay);
        }
        const sorted = [...model].sort(([a], [b]) => a - b);
        const all = history.last(1000);
        expect(times(all)).toEqual(sorted.map(([at]) => at));
        // The columns stay together.
        expect([...all.delay]).toEqual(sorted.map(([, delay]) => delay));
        expect([...all.speed]).toEqual(sorted.map(([, delay]) => delay));
      }),
    );
  });

  test("gives a part of it, and the one before, so that a line comes in from the edge", () => {
    const range = fc.tuple(fc.integer({ min: -50, max: 450 }), fc.integer({ min: 0, max: 300 }));
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 400 })), range, (all, [from, length]) => {
        const history = new History(1000);
        for (const at of all) {
          history.add(values(), at, at);
        }
        const to = from + length;
        const sorted = all.toSorted((a, b) => a - b);
        const before = sorted.filter((at) => at <= from).slice(-1);
        const within = sorted.filter((at) => at > from && at <= to);
        expect(times(history.between(from, to))).toEqual([...before, ...within]);
      }),
    );
  });

  test("a full one lets the oldest go, and takes nothing that is older", () => {
    const history = new History(8);
    for (let at = 1; at <= 8; at++) {
      history.add(values(), at, at);
    }
    expect(history.add(values(), 0, 9)).toBe(false);
    expect(history.add(values(), 9, 9)).toBe(true);
    expect(times(history.last(100))).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });

  test("never has more than it has room for, and always the newest", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1 }), (all) => {
        const history = new History(16);
        let newest = 0;
        for (const at of all) {
          history.add(values(), at, at);
          newest = Math.max(newest, at);
          expect(history.size).toBeLessThanOrEqual(16);
          expect(times(history.last(1))).toEqual([newest]);
        }
      }),
    );
  });
});

test("nearest() finds what is nearest", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 1000 })),
      fc.integer({ min: -10, max: 1010 }),
      (all, time) => {
        const sorted = Float64Array.from(all).sort();
        const found = sorted[nearest(sorted, time)];
        const distances = all.map((at) => Math.abs(at - time));
        expect(found === undefined ? undefined : Math.abs(found - time)).toBe(
          all.length === 0 ? undefined : Math.min(...distances),
        );
      },
    ),
  );
});
