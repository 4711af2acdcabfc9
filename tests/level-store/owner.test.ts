import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { expect, it, onTestFinished, vi } from "vitest";
import { levelStore } from "../../src/level-store/index.ts";
import { put, range } from "../support/level-store/events.ts";
import { newFolder, readAll, withLevel } from "../support/level-store/stores.ts";
import { runOk } from "../support/package/program.ts";

const OPENER = fileURLToPath(new URL("../support/level-store/opener.ts", import.meta.url));
const LEVEL_STORE = fileURLToPath(new URL("../../src/level-store/index.ts", import.meta.url));
const IN_USE = /^The store ".*" is open in another client\. Give each client a store of its own/;

const openInAnotherProcess = (location: string): Promise<string> =>
  runOk(process.execPath, ["--import", "tsx", OPENER, location]);

async function openInAnotherThread(location: string): Promise<string> {
  const code = `import("tsx/esm/api").then(({ register }) => {
    register();
    return import(${JSON.stringify(OPENER)});
  })`;
  const worker = new Worker(code, { eval: true, workerData: location });
  const [answer] = await once(worker, "message");
  await once(worker, "exit");
  return answer;
}

/** A store that is open until the test ends. */
async function opened(location: string) {
  const store = levelStore(location);
  await store.open();
  onTestFinished(() => store.close());
  return store;
}

it("another process cannot open it, even after a second client of this process was refused", async () => {
  const folder = newFolder();
  const store = await opened(folder);
  await expect(levelStore(folder).open()).rejects.toThrow(IN_USE);
  expect(await openInAnotherProcess(folder)).toMatch(IN_USE);
  await store.write(range(1, 300).map((key) => put(key)));
  await store.close();
  expect(await openInAnotherProcess(folder)).toBe("opened");
  expect((await readAll(levelStore(folder))).events).toHaveLength(300);
});

it("of two that open it at the same time one gets it", async () => {
  const folder = newFolder();
  const stores = [levelStore(folder), levelStore(folder)];
  const outcomes = await Promise.allSettled(stores.map((store) => store.open()));
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(await openInAnotherProcess(folder)).toMatch(IN_USE);
});

it.each([
  ["relative", (folder: string) => relative(process.cwd(), folder)],
  ["with a detour", (folder: string) => `${folder}/../${folder.split("/").at(-1)}/.`],
  ["by a symbolic link", (folder: string) => link(folder)],
])("is the same when it is spelled %s, before it is there too", async (_name, spell) => {
  const folder = newFolder();
  for (const rest of ["", "not/there/yet"]) {
    const spelled = spell(folder);
    const store = await opened(join(folder, rest));
    await expect(levelStore(`${spelled}/${rest}`).open()).rejects.toThrow(IN_USE);
    expect(await openInAnotherProcess(join(folder, rest))).toMatch(IN_USE);
    await store.close();
  }
});

function link(folder: string): string {
  const path = join(newFolder(), "link");
  symlinkSync(folder, path);
  return path;
}

it("is one for all copies of this library in a process, as when it is imported and required", async () => {
  const folder = newFolder();
  await opened(folder);
  vi.resetModules();
  const copy = await import("../../src/level-store/index.ts");
  expect(copy.levelStore).not.toBe(levelStore);
  await expect(copy.levelStore(folder).open()).rejects.toThrow(IN_USE);
  expect(await openInAnotherProcess(folder)).toMatch(IN_USE);
});

it("another thread is refused, and does not open it for other processes", async () => {
  const folder = newFolder();
  const store = await opened(folder);
  expect(await openInAnotherThread(folder)).toMatch(IN_USE);
  expect(await openInAnotherProcess(folder)).toMatch(IN_USE);
  await store.close();
  expect(await openInAnotherThread(folder)).toBe("opened");
});

it("a process that was started while it was open can open it afterwards", async () => {
  const folder = newFolder();
  const store = await opened(folder);
  const code = `process.stdin.once("data", async () => {
    const { levelStore } = await import(${JSON.stringify(LEVEL_STORE)});
    await levelStore(${JSON.stringify(folder)}).open();
    process.stdout.write("opened");
    process.exit();
  })`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", code], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await store.close();
  child.stdin.end("now\n");
  const [answer] = await once(child.stdout, "data");
  expect(String(answer)).toBe("opened");
});

it("is free again after it could not be opened", async () => {
  const folder = join(newFolder(), "store");
  mkdirSync(join(folder, "LOCK"), { recursive: true });
  await expect(levelStore(folder).open()).rejects.toThrow("Is a directory");
  await expect(levelStore(folder).open()).rejects.toThrow("Is a directory");
  rmSync(join(folder, "LOCK"), { recursive: true });
  await withLevel(folder, async (level) => {
    // Whoever else has it open, LevelDB says so.
    expect(await openInAnotherProcess(folder)).toMatch(IN_USE);
    await level.put("a", "b");
  });
  await opened(folder);
});
