// A process of the press can end at any line: what that does to the numbers of its measurements.
import { expect, test } from "vitest";
import type { Measurement } from "../../demo/contracts/press.ts";
import { Kept } from "../../demo/machines/press/kept.ts";
import { NumberedMeasurements } from "../../demo/machines/press/numbered-measurements.ts";
import type { MsbEvent } from "../../src/index.ts";
import { temporaryFolder } from "../support/package/package.ts";

const measured = (temperature: number): Omit<Measurement, "number"> => ({
  temperature,
  force: 200,
  speed: 60,
  strokes: 1,
  at: new Date(temperature * 1_000).toISOString(),
});

/** An event whose store takes what comes, or does not. */
function storeOf(
  published: Measurement[],
  take: () => Promise<void> = async () => {},
): MsbEvent<Measurement> {
  const publish = async (value: Measurement, options: object): Promise<void> => {
    expect(options).toMatchObject({ cached: true, until: "stored", postDate: value.at });
    published.push(value);
    await take();
  };
  return { publish } as unknown as MsbEvent<Measurement>;
}

const numbers = (published: readonly Measurement[]) =>
  published.map(({ number, temperature }) => [number, temperature]);

test("they count from 1", async () => {
  await using folder = await temporaryFolder();
  const published: Measurement[] = [];
  const measurements = new NumberedMeasurements(storeOf(published), new Kept(folder.path, "last"));
  expect(measurements.count).toBe(0);
  await measurements.add(measured(20));
  await measurements.add(measured(21));
  expect([measurements.count, measurements.stored]).toEqual([2, 2]);
  expect(numbers(published)).toEqual([
    [1, 20],
    [2, 21],
  ]);
});

test("a process that ended after a number was given, and before it was published, has published nothing else with it", async () => {
  await using folder = await temporaryFolder();
  const kept = new Kept<Measurement>(folder.path, "last");
  const before: Measurement[] = [];
  const ended = new NumberedMeasurements(
    storeOf(before, () => new Promise(() => {})),
    kept,
  );
  void ended.add(measured(20));
  // While the store has not answered, no other number is given.
  await ended.add(measured(21));
  expect(numbers(before)).toEqual([[1, 20]]);

  const after: Measurement[] = [];
  const next = new NumberedMeasurements(storeOf(after), new Kept(folder.path, "last"));
  // Not known yet, so nothing is said of it.
  expect([next.count, next.stored]).toEqual([1, undefined]);
  await next.add(measured(22));
  await next.add(measured(23));
  expect(numbers(after)).toEqual([
    [1, 20],
    [2, 23],
  ]);
  expect(after[0]).toEqual(before[0]);
});

test("what the store does not take is published again, with its number", async () => {
  await using folder = await temporaryFolder();
  const published: Measurement[] = [];
  let isFull = true;
  const store = storeOf(published, async () => {
    if (isFull) {
      throw new Error("The disk is full");
    }
  });
  const measurements = new NumberedMeasurements(store, new Kept(folder.path, "last"));
  await expect(measurements.add(measured(20))).rejects.toThrow("The disk is full");
  isFull = false;
  await measurements.add(measured(21));
  await measurements.add(measured(22));
  expect(numbers(published)).toEqual([
    [1, 20],
    [1, 20],
    [2, 22],
  ]);
});
