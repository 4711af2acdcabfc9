import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { levelStore } from "../../src/level-store/index.ts";
import { put, range, remove } from "../support/level-store/events.ts";
import { newFolder, readAll } from "../support/level-store/stores.ts";
import { run } from "../support/package/program.ts";

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
  for (const file of filesOf(folder, pattern)) {
    rmSync(file);
  }
};
const overwrite = (pattern: RegExp, text: string) => (folder: string) => {
  for (const file of filesOf(folder, pattern)) {
    writeFileSync(file, text);
  }
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
    for (const key of range(1, 300)) {
      await store.write([put(key, 500)]);
    }
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

it("while the disk is full writes fail; what is stored afterwards is there after a crash, and what failed is not", async () => {
  const folder = newFolder();
  const program = fileURLToPath(new URL("../support/level-store/full-disk.ts", import.meta.url));
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
