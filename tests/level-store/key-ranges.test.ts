import { expect, it } from "vitest";
import { type KeyRange, KeyRanges } from "../../src/level-store/key-ranges.ts";
import fc from "../support/properties.ts";

const numbersOf = (ranges: readonly KeyRange[]): number[] =>
  ranges.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index));

const range = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: -1, max: 8 }))
  .map(([first, more]) => ({ first, last: first + more }));
const step = fc.oneof(
  fc.record({ type: fc.constant("add" as const), range }),
  fc.record({ type: fc.constant("remove" as const), range }),
  fc.record({ type: fc.constant("front" as const), range }),
);

it("key ranges hold what a set of numbers holds, in as few ranges as can be", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), range, (steps, asked) => {
      const ranges = new KeyRanges();
      const model = new Set<number>();
      for (const { type, range } of steps) {
        if (type === "add") {
          ranges.add(range);
          for (const number of numbersOf([range])) {
            model.add(number);
          }
        } else if (type === "remove") {
          ranges.remove(range.first);
          model.delete(range.first);
        } else {
          let front = range.first;
          // All below is gone, so a set has nothing there when its front is taken off.
          for (const number of [...model]) {
            if (number < front) {
              ranges.remove(number);
            }
          }
          for (const number of [...model]) {
            if (number < front) {
              model.delete(number);
            }
          }
          const before = front;
          while (model.delete(front)) {
            front += 1;
          }
          expect(ranges.removeFront(before)).toBe(front);
        }
        expect(numbersOf(ranges.ranges)).toEqual([...model].sort((a, b) => a - b));
        ranges.ranges.forEach(({ first }, index) => {
          expect(first).toBeGreaterThan((ranges.ranges[index - 1]?.last ?? -1) + 1);
        });
      }
      expect(numbersOf(ranges.missingIn(asked))).toEqual(
        numbersOf([asked]).filter((number) => !model.has(number)),
      );
    }),
  );
});

it("a copy is a set of its own, and what changes nothing keeps its range", () => {
  const ranges = new KeyRanges([{ first: 1, last: 3 }]);
  const [before] = ranges.ranges;
  ranges.add({ first: 2, last: 3 });
  expect(ranges.ranges[0]).toBe(before);
  ranges.copy().add({ first: 10, last: 10 });
  expect(ranges.ranges).toEqual([{ first: 1, last: 3 }]);
});
