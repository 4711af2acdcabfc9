import { expect, it } from "vitest";
import { formatBursts, formatSteady, isTooLong, LONGEST_TASK } from "../../bench/browser/result.ts";
import { spreadOf } from "../../bench/statistics.ts";

const steady = (side: string, longestTask: number) => ({
  side,
  load: "1000 events/s",
  longestTask,
  longestGap: 20.04,
  busy: 0.1234,
});

it("a task of ours may take 50 ms, and not more; one of the bare page is not judged", () => {
  expect(isTooLong(steady("ours", 0))).toBe(false);
  expect(isTooLong(steady("ours", LONGEST_TASK))).toBe(false);
  expect(isTooLong(steady("ours", LONGEST_TASK + 1))).toBe(true);
  expect(isTooLong(steady("bare", LONGEST_TASK + 1))).toBe(false);
});

it("the table of a steady load marks what is too long", () => {
  const rows = [steady("bare", 61.4), steady("ours", 0), steady("ours", 70)];
  expect(formatSteady(rows).split("\n")).toEqual([
    "| load | side | longest task | longest gap between frames | main thread busy |",
    "| --- | --- | --- | --- | --- |",
    "| 1000 events/s | bare | 61 ms | 20.0 ms | 12.3 % |",
    "| 1000 events/s | ours | none above 50 ms | 20.0 ms | 12.3 % |",
    "| 1000 events/s | ours | **70 ms** | 20.0 ms | 12.3 % |",
  ]);
});

it("the table of bursts compares with the bare page", () => {
  const bursts = [
    { side: "bare", rate: spreadOf([10_000, 8_000, 12_000]), cpu: spreadOf([10]) },
    { side: "ours", rate: spreadOf([5_000]), cpu: spreadOf([15, 25]) },
  ];
  expect(formatBursts(bursts).split("\n").slice(2)).toEqual([
    "| bare | 10.0 k (8.0–12.0 k) | 10.0 (10.0–10.0) | 1.00 | 1.00 |",
    "| ours | 5.0 k (5.0–5.0 k) | 20.0 (15.0–25.0) | 0.50 | 2.00 |",
  ]);
});
