import { describe, expect, test } from "vitest";
import { clockTime } from "../../demo/page/chart/clock-time.ts";
import { History } from "../../demo/page/chart/history.ts";
import { pictureOf, readingAt } from "../../demo/page/chart/picture.ts";
import { rangeFromZero, temperatureRange } from "../../demo/page/chart/ranges.ts";
import { gaps, LONGEST_STEP, lateSpans, speedChanges } from "../../demo/page/chart/spans.ts";
import { summaryOf } from "../../demo/page/chart/summary.ts";
import fc from "../support/properties.ts";

const floats = (...values: number[]) => Float64Array.from(values);

describe("gaps", () => {
  test("are between measurements, and from the newest to now", () => {
    expect(gaps(floats(0, 250, 2000, 2250), 4000)).toEqual([
      { from: 250, to: 2000 },
      { from: 2250, to: 4000 },
    ]);
    expect(gaps(floats(0, 1500), 3000)).toEqual([]);
    expect(gaps(floats(), 3000)).toEqual([]);
  });

  test("outside of them each moment has a measurement close by, inside none", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { minLength: 1 }), fc.nat(6000), (steps, after) => {
        let time = 0;
        const at = Float64Array.from(steps, (step) => {
          time += step;
          return time;
        });
        const found = gaps(at, time + after);
        for (const { from, to } of found) {
          expect(to - from).toBeGreaterThan(LONGEST_STEP);
          expect(at.some((each) => each > from && each < to)).toBe(false);
        }
        const lengths = [...at.slice(1), time + after].map((each, index) => each - (at[index] as number));
        expect(found).toHaveLength(lengths.filter((each) => each > LONGEST_STEP).length);
      }),
    );
  });
});

describe("late spans", () => {
  test("are what came later than it was measured, with its number and when it was complete", () => {
    const at = floats(0, 250, 500, 750, 1000);
    expect(lateSpans({ at, delay: floats(10, 4000, 3800, 3600, 10) })).toEqual([
      { from: 250, to: 750, count: 3, filledAt: 4350 },
    ]);
    expect(lateSpans({ at, delay: floats(10, 10, 10, 10, 10) })).toEqual([]);
  });

  test("with a gap between them are two", () => {
    const found = lateSpans({ at: floats(0, 250, 5000), delay: floats(9000, 8750, 4000) });
    expect(found.map(({ from, to }) => [from, to])).toEqual([
      [0, 250],
      [5000, 5000],
    ]);
  });
});

test("the speed changes at the first measurement that has another one", () => {
  const at = floats(0, 250, 500, 750);
  expect(speedChanges({ at, speed: floats(60, 60, 90, 90) })).toEqual([{ at: 500, speed: 90 }]);
});

describe("ranges", () => {
  const temperatures = fc.array(fc.double({ min: -50, max: 300, noNaN: true }), { minLength: 1 });

  test("hold all temperatures in whole steps, and the limit where it is near", () => {
    fc.assert(
      fc.property(temperatures, fc.integer({ min: -50, max: 300 }), (values, limit) => {
        const [low, high] = temperatureRange(Float64Array.from(values), limit);
        expect(low).toBeLessThan(Math.min(...values));
        expect(high).toBeGreaterThan(Math.max(...values));
        expect([low % 5, high % 5].map(Math.abs)).toEqual([0, 0]);
        expect(high - low).toBeGreaterThanOrEqual(10);
        if (Math.abs(limit - (values[0] as number)) < 40) {
          expect(limit).toBeGreaterThanOrEqual(low);
          expect(limit).toBeLessThanOrEqual(high);
        }
      }),
    );
  });

  test("do not become flat for a limit that is far away", () => {
    expect(temperatureRange(floats(40, 42), 300)).toEqual([35, 45]);
    expect(temperatureRange(floats(), 55)).toEqual([40, 60]);
    expect(temperatureRange(floats(), undefined)).toEqual([20, 60]);
  });

  test("of speed and force begin at zero", () => {
    expect(rangeFromZero(floats(60, 90), 120)).toEqual([0, 120]);
    expect(rangeFromZero(floats(209), 100)).toEqual([0, 250]);
    expect(rangeFromZero(floats(), 100)).toEqual([0, 100]);
  });
});

describe("a picture", () => {
  const history = new History();
  const start = Date.parse("2026-11-28T20:00:00Z");
  for (let step = 0; step < 240; step++) {
    const at = start + step * 250;
    // Ten seconds are missing, and ten came late.
    if (step < 80 || step >= 120) {
      const isLate = step >= 160 && step < 200;
      history.add(
        { temperature: 40 + step / 100, force: 200, speed: step < 60 ? 60 : 90 },
        at,
        isLate ? at + 8000 : at,
      );
    }
  }
  const now = start + 60_000;
  const picture = pictureOf(history, now, 60_000, "speed", 55);

  test("has gaps, changes of speed, and what was filled a moment ago", () => {
    expect(picture.gaps).toEqual([{ from: start + 19_750, to: start + 30_000 }]);
    expect(picture.speedChanges).toEqual([{ at: start + 15_000, speed: 90 }]);
    expect(picture.filled).toMatchObject([{ from: start + 40_000, to: start + 49_750, count: 40 }]);
    expect(pictureOf(history, now + 8000, 60_000, "speed", 55).filled).toEqual([]);
  });

  test("reads a moment, and a gap", () => {
    expect(readingAt(picture, start + 10_010)).toEqual({
      at: start + 10_000,
      values: { temperature: 40.4, speed: 60, force: 200, delay: 0 },
    });
    expect(readingAt(picture, start + 25_000)).toEqual({ at: start + 25_000, values: undefined });
  });

  test("shows what was before the page, as far as nothing came of it later", () => {
    expect(picture.unrecorded).toBeUndefined();
    const opened = (at: number) => pictureOf(history, now, 90_000, "speed", 55, at);
    expect(opened(start - 5000).unrecorded).toEqual({ from: now - 90_000, to: start - 5000 });
    expect(opened(start + 5000).unrecorded).toEqual({ from: now - 90_000, to: start });
    expect(summaryOf(opened(start - 5000))).toContain(
      ` Before ${clockTime(start - 5000)} nothing was recorded. `,
    );
    expect(pictureOf(new History(), now, 60_000, "speed", 55, now - 1000).unrecorded?.to).toBe(now - 1000);
  });

  test("can be said", () => {
    expect(summaryOf(picture)).toBe(
      `Temperature in the last minute: between 40.0 and 42.4 °C, at the end 42.4. The limit is 55 °C. Speed at the end: 90 strokes/min, changed once, last at ${clockTime(start + 15_000)}. One gap: 10 s from ${clockTime(start + 19_750)}. 40 measurements came late and stand where they belong.`,
    );
    const empty = pictureOf(new History(), now, 60_000, "speed", 55);
    expect(summaryOf(empty)).toBe("No measurement in the last minute.");
  });
});
