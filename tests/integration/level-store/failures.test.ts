import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Level } from "level";
import { describe, expect, it, vi } from "vitest";
import { levelStore } from "../../../src/level-store/index.ts";
import { run } from "../../support/program.ts";
import { put, range, remove } from "./events.ts";
import { newFolder, readAll, withLevel } from "./stores.ts";

/** A store of 300 events: the first half in a table, the second in the log. */
async function filledFolder(): Promise<string> {
  const folder = newFolder();
  for (const first of [1, 151]) {
    const store = levelStore(folder);
    await store.open();
    await store.write(range(first, first + 149).map((key) => put(key)));
    await store.close();
  }
  return folder;
}

const filesOf = (folder: string, pattern: RegExp): readonly string[] =>
  readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));

const removeFiles = (pattern: RegExp) => (folder: string) => {
  for (const file of filesOf(folder, pattern)) rmSync(file);
};
const overwrite = (pattern: RegExp, text: string) => (folder: string) => {
  for (const file of filesOf(folder, pattern)) writeFileSync(file, text);
};

describe("a store that is damaged", () => {
  it.each([
    ["its manifest is lost", removeFiles(/^MANIFEST/), "No such file or directory"],
    ["its manifest is garbage", overwrite(/^MANIFEST/, "garbage".repeat(20)), "Corruption"],
    ["its CURRENT is lost", removeFiles(/^CURRENT/), "Corruption: its file CURRENT is missing"],
    ["its CURRENT is empty", overwrite(/^CURRENT/, ""), "Corruption: CURRENT file does not end with newline"],
    ["its CURRENT names nothing", overwrite(/^CURRENT/, "MANIFEST-9\n"), "No such file or directory"],
  ])("%s: the error says how to repair it, and then all is there", async (_name, damage, reason) => {
    const folder = await filledFolder();
    damage(folder);
    const error = await levelStore(folder)
      .open()
      .catch((failure) => failure);
    expect(error).toMatchObject({ code: "STORE_FAILED", message: expect.stringContaining(reason) });
    expect(error.message).toContain(`The store ${JSON.stringify(folder)} cannot be opened: `);
    const [command] = /node -e ".*"$/.exec(error.remedy) ?? [];
    execFileSync("sh", ["-c", command ?? "false"], { stdio: "pipe" });
    const { events, damaged } = await readAll(levelStore(folder));
    expect([events.map(({ key }) => key), damaged]).toEqual([range(1, 300), []]);
  });

  it("a table is lost: the rest is there after the repair", async () => {
    const folder = await filledFolder();
    removeFiles(/\.ldb$/)(folder);
    const error = await levelStore(folder)
      .open()
      .catch((failure) => failure);
    expect(error.message).toContain("missing files");
    const [command] = /node -e ".*"$/.exec(error.remedy) ?? [];
    execFileSync("sh", ["-c", command ?? "false"], { stdio: "pipe" });
    expect((await readAll(levelStore(folder))).events.map(({ key }) => key)).toEqual(range(151, 300));
  });

  it("a piece of its log is damaged: what LevelDB leaves out is told once, and events that were removed are not", async () => {
    const folder = newFolder();
    const store = levelStore(folder);
    await store.open();
    for (const key of range(1, 300)) await store.write([put(key, 500)]);
    await store.write([remove(3), remove(4)]);
    await store.close();
    const [log = ""] = filesOf(folder, /\.log$/);
    const bytes = readFileSync(log);
    bytes.fill(0xff, 70_000, 70_100);
    writeFileSync(log, bytes);

    const { events, damaged } = await readAll(levelStore(folder));
    const [first = 0, last = 0] = (damaged[0]?.key ?? "").split("–").map(Number);
    expect(last - first).toBeGreaterThan(10);
    expect(damaged).toEqual([
      {
        key: `${first}–${last}`,
        reason: `${last - first + 1} events are missing: LevelDB left out a damaged piece of its log`,
      },
    ]);
    const expected = range(1, 300).filter((key) => key !== 3 && key !== 4 && (key < first || key > last));
    expect(events.map(({ key }) => key)).toEqual(expected);
    expect((await readAll(levelStore(folder))).damaged).toEqual([]);
  });
});

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

it("while the disk is full writes fail; what is stored afterwards is there after a crash, and what failed is not", async () => {
  const folder = newFolder();
  const program = fileURLToPath(new URL("full-disk.ts", import.meta.url));
  const { code, output } = await run(process.execPath, ["--import", "tsx", program, folder]);
  expect(code).toBe("SIGKILL");
  const { kept, failures } = JSON.parse(output);
  expect(kept.length).toBeGreaterThan(100);
  expect(failures.length).toBeGreaterThan(0);
  for (const failure of failures) {
    expect(failure).toMatch(/^The store ".*" cannot be (written|opened): .* Make room on the disk/);
  }
  const { events, damaged } = await readAll(levelStore(folder));
  expect([events.map(({ key }) => key), damaged]).toEqual([kept, []]);
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
    if (how === "written to again") await store.write([put(4)]);
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
