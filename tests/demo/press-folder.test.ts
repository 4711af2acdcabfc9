// The folder of the press, and those of demos that were killed together with everything that they had started.
import { existsSync } from "node:fs";
import { mkdir, readdir, symlink, utimes, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { makePressFolder } from "../../demo/plant/press-folder.ts";
import { temporaryFolder } from "../support/package/package.ts";

/** No program has such a number. */
const GONE = 2 ** 31 - 1;
const NAME = `msb-demo-press-${GONE}-AbC123`;

/** As a press leaves it that wrote last this many seconds ago. */
async function makeOld(parent: string, name: string, seconds = 3_600): Promise<void> {
  await mkdir(join(parent, name, "events"), { recursive: true });
  await writeFile(join(parent, name, "measurement.json"), "{}");
  await age(join(parent, name), seconds);
}

async function age(path: string, seconds = 3_600): Promise<void> {
  const time = Date.now() / 1_000 - seconds;
  await utimes(path, time, time);
}

test("what a demo left whose programs were all killed goes when the next one starts", async () => {
  await using parent = await temporaryFolder();
  await makeOld(parent.path, NAME);
  await makeOld(parent.path, `msb-demo-press-${GONE}-xyz789`);
  const folder = await makePressFolder(parent.path);
  expect(await readdir(parent.path)).toEqual([basename(folder)]);
  expect(basename(folder)).toMatch(new RegExp(`^msb-demo-press-${process.pid}-\\w{6}$`));
});

test.each([
  ["of a demo that runs", `msb-demo-press-${process.ppid}-AbC123`, 3_600],
  // From inside of a container, the number of a program outside means nothing.
  ["that a press has just written to", NAME, 5],
  ["of somebody else", "msb-press-AbC123", 3_600],
  ["without a number", "msb-demo-press-AbC123", 3_600],
  ["with more in its name", `${NAME}.saved`, 3_600],
])("a folder %s stays", async (_which, name, seconds) => {
  await using parent = await temporaryFolder();
  await makeOld(parent.path, name, seconds);
  await makePressFolder(parent.path);
  expect(existsSync(join(parent.path, name, "measurement.json"))).toBe(true);
});

test("nothing behind a link goes, neither by the name of a folder nor inside of one", async () => {
  await using parent = await temporaryFolder();
  await makeOld(parent.path, "precious");
  await symlink(join(parent.path, "precious"), join(parent.path, NAME), "junction");
  const other = `msb-demo-press-${GONE}-xyz789`;
  await makeOld(parent.path, other);
  await symlink(join(parent.path, "precious"), join(parent.path, other, "link"), "junction");
  await age(join(parent.path, other));
  await makePressFolder(parent.path);
  expect((await readdir(join(parent.path, "precious"))).sort()).toEqual(["events", "measurement.json"]);
  expect((await readdir(parent.path)).filter((name) => name.includes(String(GONE)))).toEqual([NAME]);
});

test("two that start at the same time have a folder each", async () => {
  await using parent = await temporaryFolder();
  await makeOld(parent.path, NAME);
  const folders = await Promise.all([makePressFolder(parent.path), makePressFolder(parent.path)]);
  expect((await readdir(parent.path)).sort()).toEqual(folders.map((path) => basename(path)).sort());
});
