import { expect, it } from "vitest";
import { formatClicks, formatViews, percentile, slowerViews } from "../../bench/console/result.ts";

const figures = (side: string, gap: number) => ({
  view: "flows",
  side,
  messages: 6_012.4,
  gaps: [...Array.from({ length: 90 }, () => 16.7), ...Array.from({ length: 9 }, () => gap), 70],
  tasks: side === "here" ? [61, 80.2] : [],
  busy: side === "here" ? 0.3 : 0.2,
  heapBefore: 6_000_000,
  heapAfter: 6_140_000,
});

it("95 of 100 values are not above the percentile, and the longest is the last one", () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0.5, 0.95, 1].map((share) => percentile(values, share))).toEqual([51, 96, 100]);
});

it("the table compares our console with the other one, and only that", () => {
  expect(
    formatViews([figures("before", 20), figures("here", 30)], "here")
      .split("\n")
      .slice(2),
  ).toEqual([
    "| flows | before | 6,012 | 16.7 ms | 20.0 ms | 70.0 ms | none | 20.0 % | 6.0 → 6.1 |",
    "| flows | here | 6,012 | 16.7 ms | 30.0 ms (× 1.50) | 70.0 ms | 2, up to 80.2 ms | 30.0 % (× 1.50) | 6.0 → 6.1 |",
  ]);
  expect(formatViews([figures("here", 30)], "here")).not.toContain("×");
});

it("frames may take a quarter longer than in the other console", () => {
  expect(slowerViews([figures("before", 20), figures("here", 25)], "here")).toEqual([]);
  expect(slowerViews([figures("before", 20), figures("here", 25.1)], "here")).toEqual(["flows"]);
  expect(slowerViews([figures("before", 30), figures("here", 20)], "here")).toEqual([]);
  expect(slowerViews([figures("here", 200)], "here")).toEqual([]);
});

it("clicks are told with the one that took longest", () => {
  expect(formatClicks([{ side: "here", delays: [30, 50.04, 120] }]).split("\n")[2]).toBe(
    "| here | 3 | 50.0 ms | 30.0 ms | 120.0 ms |",
  );
});
