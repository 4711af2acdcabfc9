import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Level } from "level";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { holdsLock, listFiles, realLocation } from "../../src/level-store/locations.ts";
import { acquireLock } from "../../src/level-store/lock.ts";
import { claimLocation } from "../../src/level-store/register.ts";
import { newFolder } from "../support/level-store/stores.ts";

/** As in a page of a browser. */
function withoutNode(): void {
  vi.stubGlobal("process", undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
}

describe("the location of a store", () => {
  it("is the real path, however it is spelled, also of what is not there yet", () => {
    const folder = realpathSync(newFolder());
    const link = join(newFolder(), "link");
    symlinkSync(folder, link);
    for (const spelled of [folder, `${folder}/`, link, relative(process.cwd(), folder), `${folder}/x/..`]) {
      expect(realLocation(spelled)).toBe(folder);
      expect(realLocation(`${spelled}/not/there`)).toBe(join(folder, "not/there"));
    }
    expect(realLocation("/not-there-at-all/store")).toBe("/not-there-at-all/store");
  });

  it("is resolved by its text where nothing can be looked into", () => {
    const real = vi.spyOn(process, "cwd").mockReturnValue("/no/such/folder");
    onTestFinished(() => real.mockRestore());
    expect(realLocation("store")).toBe("/no/such/folder/store");
  });

  it("is its name in browsers", () => {
    withoutNode();
    expect(realLocation("../events")).toBe("../events");
  });
});

describe("the files of a folder", () => {
  it("are listed; none, if there is no such folder, and in browsers", () => {
    const folder = newFolder();
    writeFileSync(join(folder, "a"), "");
    mkdirSync(join(folder, "b"));
    expect([...listFiles(folder)].sort()).toEqual(["a", "b"]);
    expect(listFiles(join(folder, "c"))).toEqual([]);
    withoutNode();
    expect(listFiles(folder)).toEqual([]);
  });
});

describe("the lock of a database", () => {
  it("is seen while this process holds it, and by no other file", async () => {
    const folder = realpathSync(newFolder());
    const level = new Level<string, string>(folder);
    await level.open();
    expect(holdsLock(join(folder, "LOCK"))).toBe(process.platform === "linux");
    expect(holdsLock(join(folder, "CURRENT"))).toBe(false);
    await level.close();
    expect(holdsLock(join(folder, "LOCK"))).toBe(false);
  });

  it("is not seen in browsers", () => {
    withoutNode();
    expect(holdsLock("/LOCK")).toBe(false);
  });
});

describe("the lock among pages", () => {
  it("is free where there are no locks", async () => {
    vi.stubGlobal("navigator", undefined);
    onTestFinished(() => void vi.unstubAllGlobals());
    const release = await acquireLock("a");
    expect(release).toBeTypeOf("function");
    release?.();
  });

  it("is held until it is released, and waited for no longer than a second", async () => {
    const held: Promise<void>[] = [];
    const request = vi.fn(
      async (_name: string, _options: { signal: AbortSignal }, task: () => Promise<void>) => {
        held.push(task());
        await held[0];
      },
    );
    vi.stubGlobal("navigator", { locks: { request } });
    onTestFinished(() => void vi.unstubAllGlobals());
    const release = await acquireLock("a");
    const ended = vi.fn();
    void held[0]?.then(ended);
    expect(request).toHaveBeenCalledWith("a", { signal: expect.any(AbortSignal) }, expect.any(Function));
    await Promise.resolve();
    expect(ended).not.toHaveBeenCalled();
    release?.();
    await held[0];
    expect(ended).toHaveBeenCalledOnce();
  });

  it("that somebody else has is not given", async () => {
    vi.stubGlobal("navigator", { locks: { request: () => Promise.reject(new Error("timeout")) } });
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(await acquireLock("a")).toBeUndefined();
  });
});

it("a location is claimed once at a time", () => {
  const release = claimLocation("/some/store");
  expect(release).toBeTypeOf("function");
  expect(claimLocation("/some/store")).toBeUndefined();
  const other = claimLocation("/other/store");
  expect(other).toBeTypeOf("function");
  other?.();
  release?.();
  const again = claimLocation("/some/store");
  expect(again).toBeTypeOf("function");
  again?.();
});
