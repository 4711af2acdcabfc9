import { describe, expect, it } from "vitest";
import type { StoreChange } from "../../src/index.ts";
import { put, range, remove, stored } from "../support/level-store/events.ts";
import { keysOf, PLACES, readAll } from "../support/level-store/stores.ts";
import fc, { runs } from "../support/properties.ts";

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("write" as const),
      puts: fc.nat(5),
      picks: fc.array(fc.nat(40), { maxLength: 8 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("front" as const), count: fc.nat(10) }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant("read" as const), limit: fc.integer({ min: 1, max: 7 }) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("reopen" as const) }) },
);
/** Fewer where the tests run for every mutant. */
const RUNS = Number(process.env["STORE_RUNS"] ?? 60);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

describe.each(PLACES)("$name", ({ place }) => {
  it("opens empty, keeps what is written in order, and tells the keys at both ends", async () => {
    const { store } = place();
    const first = store();
    expect(await first.open()).toBeUndefined();
    await first.write([put(3), put(1), put(2)]);
    await first.close();
    const second = store();
    expect(await second.open()).toEqual({ first: 1, last: 3 });
    expect(await second.read(1, 3, 10)).toEqual({
      events: [1, 2, 3].map((key) => ({ key, event: stored(key) })),
      damaged: [],
      end: 3,
    });
    await second.close();
  });

  it("reads pages: bounded by number, by keys, and by size with one event at least", async () => {
    const store = place().store();
    await store.open();
    await store.write(range(1, 9).map((key) => put(key, key > 6 ? 3_000_000 : 1)));
    const pages = [
      await store.read(1, 9, 2),
      await store.read(3, 4, 10),
      await store.read(5, 9, 10),
      await store.read(8, 9, 10),
      await store.read(20, 30, 10),
    ];
    expect(pages.map((page) => [keysOf(page), page.end])).toEqual([
      [[1, 2], 2],
      [[3, 4], 4],
      [[5, 6, 7], 7],
      [[8], 8],
      [[], 30],
    ]);
    await store.close();
  });

  it("takes a put and a delete of the same key in one write, in their order", async () => {
    const { store } = place();
    const first = store();
    await first.open();
    await first.write([put(1), remove(1), put(2), put(3), remove(3), put(4), remove(5)]);
    await first.close();
    const { events, damaged } = await readAll(store());
    expect([events.map(({ key }) => key), damaged]).toEqual([[2, 4], []]);
  });

  it("tells lost keys and damaged records once, and not what was removed", async () => {
    const { store, lose, damage } = place();
    const first = store();
    await first.open();
    await first.write(range(1, 300).map((key) => put(key)));
    await first.write([...range(1, 20), 50, ...range(60, 70)].map(remove));
    await first.close();
    await lose(101, 149);
    await damage(200);
    const { events, damaged } = await readAll(store(), 70);
    const expected = range(21, 300).filter(
      (key) => key !== 50 && (key < 60 || key > 70) && (key < 101 || key > 149) && key !== 200,
    );
    expect(events.map(({ key }) => key)).toEqual(expected);
    expect(damaged.map(({ key }) => key.replace(/^0+/, ""))).toEqual(["101–149", "200"]);
    const again = await readAll(store(), 70);
    expect([again.events.map(({ key }) => key), again.damaged]).toEqual([expected, []]);
  });

  it("belongs to one at a time: another store, and the same one opened twice, are refused", async () => {
    const { store } = place();
    const [first, second] = [store(), store()];
    await first.open();
    await expect(second.open()).rejects.toMatchObject({ code: "STORE_FAILED" });
    await expect(first.open()).rejects.toMatchObject({ code: "STORE_FAILED" });
    await first.write([put(1)]);
    await first.close();
    expect(await second.open()).toEqual({ first: 1, last: 1 });
    await second.close();
  });

  it("can be closed at any time and opened again, and refuses to be used while it is closed", async () => {
    const { store } = place();
    const first = store();
    await first.close();
    await expect(first.write([put(1)])).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining("is not open"),
    });
    await expect(first.read(1, 1, 1)).rejects.toMatchObject({ code: "STORE_FAILED" });
    const opening = first.open();
    const closing = [first.close(), first.close()];
    await Promise.all([opening, ...closing]);
    const again = first.open();
    await again;
    const writing = first.write([put(1)]);
    const reopened = first.close().then(() => first.open());
    await writing;
    expect(await reopened).toEqual({ first: 1, last: 1 });
    const closed = first.close();
    expect(await first.open()).toEqual({ first: 1, last: 1 });
    await closed;
    await first.close();
  });

  it("holds what a model holds, whatever is put, deleted, read and opened again", async () => {
    const run = async (steps: readonly Step[]): Promise<void> => {
      const { store } = place();
      const model = new Set<number>();
      let [opened, next] = [store(), 1];
      await opened.open();
      const write = async (changes: readonly StoreChange[]): Promise<void> => {
        await opened.write(changes);
        for (const { type, key } of changes) {
          type === "put" ? model.add(key) : model.delete(key);
        }
      };
      for (const current of steps) {
        const keys = [...model].sort((a, b) => a - b);
        if (current.type === "write") {
          const puts = range(next, next + current.puts - 1);
          next += current.puts;
          const all = [...keys, ...puts];
          const removed = new Set(current.picks.flatMap((pick) => all[pick] ?? []));
          if (puts.length + removed.size > 0) {
            await write([...puts.map((key) => put(key)), ...[...removed].map(remove)]);
          }
        } else if (current.type === "front") {
          const removed = keys.slice(0, current.count);
          if (removed.length > 0) {
            await write(removed.map(remove));
          }
        } else if (current.type === "read") {
          const read: number[] = [];
          for (let from = 1; from < next; ) {
            const page = await opened.read(from, next - 1, current.limit);
            expect(page.damaged).toEqual([]);
            read.push(...keysOf(page));
            from = page.end + 1;
          }
          expect(read).toEqual(keys);
        } else {
          await opened.close();
          opened = store();
          const range = await opened.open();
          if (keys.length === 0) {
            next = Math.max(1, (range?.last ?? 0) + 1);
          } else {
            expect(range?.first).toBeLessThanOrEqual(keys[0] ?? 0);
            expect(range?.last).toBeGreaterThanOrEqual(keys.at(-1) ?? 0);
            next = (range?.last ?? 0) + 1;
          }
        }
      }
      await opened.close();
      const end = await readAll(store());
      expect([end.events.map(({ key }) => key), end.damaged]).toEqual([[...model].sort((a, b) => a - b), []]);
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), run), { numRuns: runs(RUNS) });
  });
});
