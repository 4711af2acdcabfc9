import { describe, expect, it } from "vitest";
import { leastOf } from "../../bench/growth/measure-series.ts";
import { formatCount, formatQuantity } from "../../bench/growth/quantity.ts";
import { formatSeries, isGrowingTooFast, judge } from "../../bench/growth/result.ts";
import { growthOf, LIMIT } from "../../bench/growth/slope.ts";

const SIZES = [1_000, 10_000, 100_000];
/** What one unit costs, if all of them cost this. */
const points = (whole: (size: number) => number) => SIZES.map((size) => ({ size, cost: whole(size) / size }));

describe("how a cost grows", () => {
  it("is 1 for what is linear, and 10 for what is quadratic", () => {
    expect(growthOf(points((size) => 3 * size))).toEqual({
      size: 100_000,
      than: 10_000,
      factor: 1,
      isLinear: true,
    });
    expect(growthOf(points((size) => size ** 2))).toMatchObject({ factor: 10, isLinear: false });
  });

  it("allows a logarithm, and a cost that does not depend on the size", () => {
    expect(growthOf(points((size) => size * Math.log2(size)))).toMatchObject({ isLinear: true });
    expect(growthOf(points((size) => 1_000_000 + size)).factor).toBeLessThan(1);
  });

  it("sees a square that is still small beside the rest", () => {
    // At the largest size the square makes half of the cost, and at a tenth of it an eleventh.
    const { factor, isLinear } = growthOf(points((size) => size + (size / 100_000) * size));
    expect(factor).toBeCloseTo(2 / 1.1);
    expect(isLinear).toBe(false);
  });

  it("compares the largest size with a tenth of it, in whatever order they come, for ten times as many", () => {
    const uneven = [
      { size: 1_000, cost: 4 },
      { size: 10, cost: 1 },
      { size: 5, cost: 9 },
    ];
    expect(growthOf(uneven)).toMatchObject({ size: 1_000, than: 10, factor: 2 });
  });

  it("cannot be said of one size, nor of a cost that is missing", () => {
    expect(() => growthOf([{ size: 1, cost: 1 }])).toThrow("two sizes");
    expect(growthOf([...points(() => 1), { size: 1_000_000, cost: Number.NaN }]).isLinear).toBe(false);
  });
});

describe("a series", () => {
  const series = {
    title: "Things",
    counts: "things",
    sizes: [10, 100],
    runs: { bare: { program: "bare", work: "w" }, ours: { program: "ours", work: "w" } },
    warmUp: 1,
    enough: 1,
    pictures: [
      {
        file: "things.svg",
        title: "One thing: CPU",
        unit: "µs",
        lines: [
          { key: "bare thing.cpu", title: "bare ws" },
          { key: "ours thing.cpu", title: "ours" },
        ],
      },
      { file: "heap.svg", title: "One thing: heap", unit: "B", lines: [{ key: "ours heap", title: "heap" }] },
    ],
  } as const;
  const costs = new Map([
    [10, { "bare thing.cpu": 1, "ours thing.cpu": 2, "ours heap": 500 }],
    [100, { "bare thing.cpu": 9, "ours thing.cpu": 12, "ours heap": 505 }],
  ]);

  it("is judged by what is ours", () => {
    const tooFast = judge(series, costs).filter(isGrowingTooFast);
    expect(tooFast.map(({ line }) => line.key)).toEqual(["ours thing.cpu"]);
  });

  it("is not judged where the whole is drawn", () => {
    const [picture] = series.pictures;
    const whole = { ...series, pictures: [{ ...picture, isJudged: false }] };
    expect(judge(whole, costs).filter(isGrowingTooFast)).toEqual([]);
  });

  it("is a table", () => {
    expect(formatSeries(series, judge(series, costs)).split("\n")).toEqual([
      "| things | bare ws: CPU | ours: CPU | heap |",
      "| ---: | ---: | ---: | ---: |",
      "| 10 | 1 µs | 2 µs | 500 B |",
      "| 100 | 9 µs | 12 µs | 505 B |",
      "| *for ten times as many* | × 9.00 | **× 6.00, more than linear** | × 1.01, linear |",
    ]);
  });

  it("that is measured twice has the lesser costs", () => {
    const second = new Map([
      [10, { a: 3, b: 1 }],
      [100, { a: 1 }],
    ]);
    const first = new Map([
      [10, { a: 2, b: 2 }],
      [100, { a: 2, b: 5 }],
    ]);
    expect([...leastOf(first, second)]).toEqual([
      [10, { a: 2, b: 1 }],
      [100, { a: 1, b: 5 }],
    ]);
  });
});

describe("quantities", () => {
  it.each([
    [0.0123, "µs", "12.3 ns"],
    [1, "µs", "1 µs"],
    [999.96, "µs", "1 ms"],
    [1_234, "µs", "1.23 ms"],
    [18_247, "B", "18.2 kB"],
    [512, "B", "512 B"],
    [3_480, "ns", "3.48 µs"],
    [0.5, "ns", "0.5 ns"],
  ] as const)("%d %s is %s", (value, unit, expected) => {
    expect(formatQuantity(value, unit)).toBe(expected);
  });

  it.each([
    [1, "1"],
    [100, "100"],
    [1_000, "1 k"],
    [30_000, "30 k"],
    [1_000_000, "1 M"],
  ])("%d of them are %s", (count, expected) => {
    expect(formatCount(count)).toBe(expected);
  });
});

it("the limit is between what is linear and what is quadratic", () => {
  expect(LIMIT).toBeGreaterThan(1.5);
  expect(LIMIT).toBeLessThan(4);
});
