import { Level } from "level";
import { expect, it, onTestFinished, vi } from "vitest";
import { levelStore } from "../../src/level-store/index.ts";
import { encodeEvent, encodeKey } from "../../src/level-store/record.ts";
import { put, range, remove, stored } from "../support/level-store/events.ts";
import { keysOf, newFolder, readAll, withLevel } from "../support/level-store/stores.ts";

const recordsIn = (folder: string): Promise<[string, string][]> =>
  withLevel(folder, (level) => level.iterator().all());

/** A folder with the events of these keys. */
async function folderWith(keys: readonly number[]): Promise<string> {
  const folder = newFolder();
  await withLevel(folder, (level) =>
    level.batch(keys.map((key) => ({ type: "put", key: encodeKey(key), value: encodeEvent(stored(key)) }))),
  );
  return folder;
}

async function openStore(folder: string) {
  const store = levelStore(folder);
  await store.open();
  onTestFinished(() => store.close());
  return store;
}

/** What all iterators of LevelDB hand out from now on. */
async function watchIterators(): Promise<() => Promise<unknown[]>> {
  const iterator = await withLevel(newFolder(), async (level) => Object.getPrototypeOf(level.iterator()));
  const next = vi.spyOn(iterator, "_next");
  const nextMany = vi.spyOn(iterator, "_nextv");
  onTestFinished(() => void vi.restoreAllMocks());
  return async () => {
    const one = await Promise.all(next.mock.results.map(({ value }) => value));
    const many = await Promise.all(nextMany.mock.results.map(({ value }) => value));
    return [...one, ...many.flat()].filter((entry) => entry !== undefined);
  };
}

it("opening reads the keys at both ends, and nothing else; a page reads no more than it needs", async () => {
  const folder = await folderWith(range(11, 20_010));
  const handedOut = await watchIterators();
  const store = levelStore(folder);
  expect(await store.open()).toEqual({ first: 11, last: 20_010 });
  expect(await handedOut()).toEqual([
    [encodeKey(11), undefined],
    [encodeKey(20_010), undefined],
  ]);
  expect(keysOf(await store.read(11, 20_010, 50))).toEqual(range(11, 60));
  expect((await handedOut()).length).toBeLessThanOrEqual(2 + 51);
  await store.close();
});

it("keys that are no events' disturb nobody, are told once and removed, wherever they sort", async () => {
  const folder = await folderWith([2, 3, 4]);
  const foreign = [
    "!",
    "000",
    "0000000000000002x",
    "9007199254740993",
    "999",
    "99999999999999999",
    "key",
    "ü",
  ];
  await withLevel(folder, (level) => level.batch(foreign.map((key) => ({ type: "put", key, value: "{}" }))));
  const store = levelStore(folder);
  expect(await store.open()).toEqual({ first: 2, last: 4 });
  const pages = [await store.read(2, 4, 1), await store.read(3, 4, 10)];
  await store.close();
  expect(pages.map(keysOf)).toEqual([[2], [3, 4]]);
  const damaged = pages.flatMap((page) => page.damaged);
  expect(damaged.map(({ key }) => key).sort()).toEqual([...foreign].sort());
  expect(damaged[0]?.reason).toMatch(/^its key ".*" is not a number of 16 digits$/);
  expect((await recordsIn(folder)).map(([key]) => key)).toEqual([2, 3, 4].map(encodeKey));
});

it("a million missing events are one report, and one record that keeps it from being told again", async () => {
  const folder = await folderWith([1, 1_000_002]);
  expect((await readAll(levelStore(folder))).damaged).toEqual([
    {
      key: "2–1000001",
      reason: "1000000 events are missing: LevelDB left out a damaged piece of its log",
    },
  ]);
  expect(await recordsIn(folder)).toHaveLength(3);
  expect(await readAll(levelStore(folder))).toMatchObject({
    damaged: [],
    events: [{ key: 1 }, { key: 1_000_002 }],
  });
});

it("one missing event is told as one, and a gap that a page ends in is told in its parts", async () => {
  const folder = await folderWith([1, 3, 10]);
  const store = await openStore(folder);
  const pages = [await store.read(1, 6, 10), await store.read(7, 10, 10)];
  expect(
    pages.flatMap(({ damaged }) => damaged).map(({ key, reason }) => `${key} ${reason.split(":")[0]}`),
  ).toEqual(["2 the event is missing", "4–6 3 events are missing", "7–9 3 events are missing"]);
  await store.close();
  expect((await readAll(levelStore(folder))).damaged).toEqual([]);
});

it("what was stored and removed while it is open is no gap, nor what is read again", async () => {
  const folder = await folderWith(range(1, 10));
  const store = await openStore(folder);
  await store.write([put(11), put(12), remove(11), remove(1), remove(2), remove(5), put(14)]);
  expect(await store.read(1, 20, 100)).toMatchObject({ damaged: [], end: 20 });
  expect(keysOf(await store.read(1, 20, 100))).toEqual([3, 4, 6, 7, 8, 9, 10, 12, 14]);
});

it("markers are merged, and go with the last event before them", async () => {
  const folder = await folderWith(range(1, 10));
  const first = await openStore(folder);
  for (const key of [3, 5, 4, 8, 7]) {
    await first.write([remove(key)]);
  }
  await first.close();
  expect(await recordsIn(folder)).toHaveLength(5 + 2);
  const second = await openStore(folder);
  await second.read(1, 10, 3);
  // Before it has read what is behind it.
  await second.write([remove(6)]);
  await second.read(7, 10, 10);
  await second.write([remove(1)]);
  await second.write([remove(2)]);
  await second.close();
  expect((await recordsIn(folder)).map(([key]) => key)).toEqual([9, 10].map(encodeKey));
  const third = await openStore(folder);
  await third.write([remove(10), remove(9)]);
  await third.close();
  expect(await recordsIn(folder)).toEqual([]);
});

it("a key that is removed twice, as after a write that took too long, is no gap", async () => {
  const folder = newFolder();
  const store = await openStore(folder);
  await store.write(range(1, 5).map((key) => put(key)));
  await store.write([remove(2), remove(3)]);
  await store.write([remove(2), remove(3)]);
  await store.close();
  const { events, damaged } = await readAll(levelStore(folder));
  expect(damaged).toEqual([]);
  expect(events.map(({ key }) => key)).toEqual([1, 4, 5]);
});

it("a put of a key that was removed counts, also before all others", async () => {
  const folder = await folderWith(range(4, 9));
  const store = await openStore(folder);
  await store.write([remove(5), remove(6), remove(7)]);
  await store.write([put(6), put(2)]);
  await store.close();
  expect((await readAll(levelStore(folder))).events.map(({ key }) => key)).toEqual([2, 4, 6, 8, 9]);
  expect((await readAll(levelStore(folder))).damaged).toEqual([]);
});

it("an opening that fails half-way, and one that nobody waits for any more, leave the store to others", async () => {
  const folder = await folderWith([1]);
  vi.spyOn(Level.prototype, "keys").mockImplementationOnce(() => {
    throw new Error("I/O error");
  });
  const store = levelStore(folder);
  await expect(store.open()).rejects.toMatchObject({
    code: "STORE_FAILED",
    message: expect.stringContaining("cannot be read: I/O error."),
  });
  await store.close();
  void store.open();
  await store.close();
  expect((await readAll(levelStore(folder))).events).toHaveLength(1);
});
