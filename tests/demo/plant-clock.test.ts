import { beforeEach, expect, test } from "vitest";
import { PlantClock } from "../../demo/page/data/plant-clock.ts";

const MINUTE = 60_000;
const START = Date.UTC(2026, 5, 1, 12);

let wall: number;
let steady: number;
let clock: PlantClock;

beforeEach(() => {
  wall = START;
  steady = 1_000;
  clock = new PlantClock({ wall: () => wall, steady: () => steady });
});

function pass(milliseconds: number): void {
  wall += milliseconds;
  steady += milliseconds;
}

/** The plant is asked, and is ahead of this clock as it was at the start. @returns the error that is left */
function ask(ahead: number, { there, back }: { there: number; back: number }): number {
  const askedAt = steady;
  pass(there);
  const time = START + ahead + steady - 1_000;
  pass(back);
  return clock.compare(time, askedAt);
}

/** What this clock shows more than that of the plant, which was ahead at the start. */
const error = (ahead: number) => clock.now() - (START + ahead + steady - 1_000);

test("before it is compared it is the own one", () => {
  expect(error(0)).toBe(0);
  pass(5_000);
  expect(error(0)).toBe(0);
});

test.each([
  { there: 0, back: 2_000 },
  { there: 2_000, back: 0 },
  { there: 20_000, back: 30_000 },
])("an answer that is late makes no difference of clocks that are the same: %o", (times) => {
  ask(0, times);
  expect(error(0)).toBe(0);
});

test.each([5 * MINUTE, -5 * MINUTE])("of a clock that is %d ms off, half of the way is left", (ahead) => {
  expect(ask(ahead, { there: 0, back: 2_000 })).toBe(2_000);
  expect(Math.abs(error(ahead))).toBeLessThanOrEqual(1_000);
  // The next answer is quicker: it is nearer, and what it leaves is not changed by a slow one.
  expect(ask(ahead, { there: 5, back: 5 })).toBe(10);
  expect(Math.abs(error(ahead))).toBeLessThanOrEqual(5);
  ask(ahead, { there: 3_000, back: 0 });
  expect(Math.abs(error(ahead))).toBeLessThanOrEqual(5);
});

test.each([10 * MINUTE, -10 * MINUTE])("it goes on as it is when the own time is set by %d ms", (set) => {
  ask(5 * MINUTE, { there: 0, back: 0 });
  wall += set;
  pass(500);
  expect(error(5 * MINUTE)).toBe(0);
  expect(clock.leap()).toBe(set);
  expect(clock.leap()).toBe(0);
  ask(5 * MINUTE, { there: 100, back: 100 });
  expect(error(5 * MINUTE)).toBe(0);
});

test("a sleep in which the steady clock stood still is made up for: by an answer, or without one", () => {
  wall += 8 * MINUTE;
  expect(clock.leap()).toBe(8 * MINUTE);
  ask(8 * MINUTE, { there: 2, back: 2 });
  expect(Math.abs(error(8 * MINUTE))).toBeLessThanOrEqual(2);
  wall += MINUTE;
  clock.slept(clock.leap());
  expect(Math.abs(error(9 * MINUTE))).toBeLessThanOrEqual(2);
});

test("small steps, as time servers make them, are none", () => {
  wall += 400;
  expect(clock.leap()).toBe(0);
});
