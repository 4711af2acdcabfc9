import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Level } from "level";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { levelStore } from "../../src/level-store/index.ts";
import { put } from "../support/level-store/events.ts";
import { newFolder, readAll, withLevel } from "../support/level-store/stores.ts";

describe("a store that cannot be opened says what to do", () => {
  it("a file is in the way", async () => {
    const file = join(newFolder(), "file");
    writeFileSync(file, "");
    for (const location of [file, join(file, "store")]) {
      await expect(levelStore(location).open()).rejects.toMatchObject({
        code: "STORE_FAILED",
        message: expect.stringMatching(/^The store ".*" cannot be opened: .* A file is in the way/),
      });
    }
  });

  it.each([
    ["EROFS", "read-only file system", "Give the process the right to write to this folder"],
    ["LEVEL_IO_ERROR", "IO error: /s/LOCK: Permission denied", "Give the process the right to write"],
    ["LEVEL_IO_ERROR", "IO error: /s/000003.log: No space left on device", "Make room on the disk"],
  ])("%s %s", async (code, message, remedy) => {
    // As the tests run as root, no folder is read-only to them.
    const cause = Object.assign(new Error(message), { code });
    const opening = vi.spyOn(Level.prototype, "open").mockRejectedValueOnce(new Error("failed", { cause }));
    const folder = newFolder();
    await expect(levelStore(folder).open()).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringMatching(new RegExp(`cannot be opened: ${message}\\. ${remedy}`)),
      cause: { cause },
    });
    opening.mockRestore();
    const store = levelStore(folder);
    await store.open();
    await store.close();
  });

  it.each(["", undefined])("%j is not the name of a folder", (location) => {
    expect(() => levelStore(location as string)).toThrow(
      `levelStore: location: must be the path of a folder, or the name of a database in browsers, not ${JSON.stringify(location)}`,
    );
  });
});

it("keys of a write that failed are no gap", async () => {
  const folder = newFolder();
  const store = levelStore(folder);
  await store.open();
  await store.write([put(1)]);
  const batch = vi.spyOn(Level.prototype, "batch");
  batch.mockRejectedValueOnce(new Error("I/O error"));
  await expect(store.write([put(2), put(3)])).rejects.toMatchObject({
    code: "STORE_FAILED",
    message: expect.stringContaining("cannot be written: I/O error."),
  });
  await store.write([put(4)]);
  await store.close();
  batch.mockRestore();
  const { events, damaged } = await readAll(levelStore(folder));
  expect([events.map(({ key }) => key), damaged]).toEqual([[1, 4], []]);
});

it("what cannot be opened anew after a write that failed is tried again, by reads too", async () => {
  const folder = newFolder();
  const store = levelStore(folder);
  await store.open();
  await store.write([put(1)]);
  const full = new Error("failed", { cause: new Error("IO error: No space left on device") });
  vi.spyOn(Level.prototype, "batch").mockRejectedValueOnce(full);
  await expect(store.write([put(2)])).rejects.toThrow("cannot be written");
  const opening = vi.spyOn(Level.prototype, "open").mockRejectedValueOnce(full).mockRejectedValueOnce(full);
  for (const use of [store.write([put(3)]), store.read(1, 9, 10)]) {
    await expect(use).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringMatching(/cannot be opened: .* Make room on the disk/),
    });
  }
  expect(await store.read(1, 9, 10)).toMatchObject({ events: [{ key: 1 }] });
  await store.write([put(4)]);
  opening.mockRestore();
  await store.close();
  expect((await readAll(levelStore(folder))).events.map(({ key }) => key)).toEqual([1, 4]);
});

it.each(["written to again", "closed and opened again"])(
  "a write that failed, but is in the log all the same, is taken back when the store is %s",
  async (how) => {
    const folder = newFolder();
    const store = levelStore(folder);
    await store.open();
    await store.write([put(1)]);
    const original = Level.prototype.batch;
    const batch = vi.spyOn(Level.prototype, "batch").mockImplementationOnce(async function (
      this: unknown,
      ...args: unknown[]
    ) {
      await Reflect.apply(original, this, args);
      throw new Error("I/O error");
    } as never);
    await expect(store.write([put(2), put(3)])).rejects.toMatchObject({ code: "STORE_FAILED" });
    batch.mockRestore();
    if (how === "written to again") {
      await store.write([put(4)]);
    }
    await store.close();
    if (how !== "written to again") {
      await withLevel(folder, (level) => level.put("0000000000000003", '{"eventId":"E","message":"E {}"}'));
      expect(await store.open()).toEqual({ first: 1, last: 3 });
      await store.close();
    }
    const { events } = await readAll(levelStore(folder));
    expect(events.map(({ key }) => key)).toEqual(how === "written to again" ? [1, 4] : [1, 3]);
  },
);

describe("a database that lost its files", () => {
  it.each([
    ["CURRENT", /^CURRENT$/, "its file CURRENT is missing"],
    ["its manifest", /^MANIFEST/, "No such file"],
  ])("%s is not taken for a new one: the error says how to repair it", async (_name, pattern, reason) => {
    const folder = newFolder();
    const store = levelStore(folder);
    await store.open();
    await store.write([put(1)]);
    await store.close();
    for (const name of readdirSync(folder)) {
      if (pattern.test(name)) {
        rmSync(join(folder, name));
      }
    }
    await expect(store.open()).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining(reason),
      remedy: expect.stringContaining("Level.repair("),
    });
    expect(readdirSync(folder).some((name) => name.endsWith(".log"))).toBe(true);
  });

  it("is a new one if it never had any", async () => {
    const folder = newFolder();
    for (const name of ["x000001.log", "000001.logs", "a.log"]) {
      writeFileSync(join(folder, name), "");
    }
    const store = levelStore(folder);
    expect(await store.open()).toBeUndefined();
    await store.close();
  });
});

it.each([true, false])("a write waits for the disk if it is asked to (sync: %s)", async (sync) => {
  const batch = vi.spyOn(Level.prototype, "batch");
  onTestFinished(() => batch.mockRestore());
  const store = sync ? levelStore(newFolder(), { sync }) : levelStore(newFolder());
  await store.open();
  await store.write([put(1)]);
  await store.close();
  expect(batch).toHaveBeenCalledExactlyOnceWith(expect.any(Array), { sync });
});

it("an event that is larger than a page is read alone", async () => {
  const store = levelStore(newFolder());
  await store.open();
  await store.write([put(1, 5_000_000), put(2), put(3)]);
  expect((await store.read(1, 3, 10)).end).toBe(1);
  expect((await store.read(2, 3, 10)).events.map(({ key }) => key)).toEqual([2, 3]);
  await store.close();
});

it("a closing that fails leaves the store to its owner, and says what failed", async () => {
  const folder = newFolder();
  const store = levelStore(folder);
  await store.open();
  vi.spyOn(Level.prototype, "close").mockRejectedValueOnce(new Error("I/O error"));
  await expect(store.close()).rejects.toMatchObject({
    code: "STORE_FAILED",
    message: expect.stringContaining("cannot be closed: I/O error."),
  });
  await expect(levelStore(folder).open()).rejects.toThrow("is open in another client");
  await store.close();
  await store.open();
  await store.close();
});
