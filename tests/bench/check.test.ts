import { readFile } from "node:fs/promises";
import { describe, expect, it, vi } from "vitest";
import { check, describeVerdict, FACTOR, judgeRatios, type Ratios } from "../../bench/check/judge.ts";
import { RATIOS } from "../../bench/check/ratios.ts";

const FIGURES = { int: 1.4, calls: 1.2 };
/** One that gives these, one after the other. */
const measuring = (...results: Ratios[]) => {
  const measure = vi.fn<(works: readonly string[]) => Promise<Ratios>>();
  for (const result of results) {
    measure.mockResolvedValueOnce(result);
  }
  return measure;
};
const regressions = async (measure: ReturnType<typeof measuring>, figures: Ratios = FIGURES) => {
  const verdicts = await check({ works: ["int", "calls"], figures, measure });
  return verdicts.filter(({ isRegression }) => isRegression).map(({ work }) => work);
};

describe("a client that has become slower", () => {
  it("is found when it is beyond the factor twice", async () => {
    const measure = measuring({ int: 1.4 * FACTOR + 0.1, calls: 1.2 }, { int: 1.4 * FACTOR + 0.2 });
    expect(await regressions(measure)).toEqual(["int"]);
    // Only what was beyond its limit.
    expect(measure.mock.calls).toEqual([[["int", "calls"]], [["int"]]]);
  });

  it("was a busy machine if the second time is within the factor", async () => {
    const measure = measuring({ int: 9, calls: 9 }, { int: 1.5, calls: 9 });
    expect(await regressions(measure)).toEqual(["calls"]);
  });

  it("is not looked for again when all is well", async () => {
    const measure = measuring({ int: 1.4 * FACTOR, calls: 0.1 });
    expect(await regressions(measure)).toEqual([]);
    expect(measure).toHaveBeenCalledTimes(1);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("is not told from a ratio that is %s", (ratio) => {
    expect(judgeRatios({ int: ratio }, FIGURES)).toMatchObject([{ isRegression: true }]);
  });
});

it("a work without a figure does not pass, and says how it gets one", async () => {
  const measure = measuring({ int: 1.4, calls: 1.2 });
  expect(await regressions(measure, { int: 1.4 })).toEqual(["calls"]);
  expect(measure).toHaveBeenCalledTimes(1);
  expect(judgeRatios({ calls: 1.2 }, {}).map(describeVerdict)).toEqual([
    "calls: 1.20, and no figure to compare it with. npm run bench:check -- --write adds it.",
  ]);
});

it("says what it is, what it was and what it may be", () => {
  expect(judgeRatios({ int: 1.5, calls: 4 }, FIGURES).map(describeVerdict)).toEqual([
    "int: 1.50, was 1.40, may be 4.20",
    "calls: 4.00, was 1.20, may be 3.60: too much",
  ]);
});

it("every work of the benchmark has a figure, for every side of ours that does it", async () => {
  const figures = await readFile(new URL("../../bench/check/figures.json", import.meta.url), "utf8");
  expect(Object.keys(JSON.parse(figures)).sort()).toEqual([...RATIOS].sort());
});
