import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Level } from "level";
import { onTestFinished } from "vitest";
import type { EventStore, StorePage } from "../../../src/index.ts";
import { levelStore } from "../../../src/level-store/index.ts";
import { encodeKey } from "../../../src/level-store/record.ts";
import { MemoryDisk, MemoryStore } from "../client/memory-store.ts";

/** A place for a store, and the damage that it can suffer. */
export interface Place {
  /** A new store on it. */
  store(): EventStore;
  /** Keys vanish, as with a damaged piece of the log. */
  lose(first: number, last: number): Promise<void>;
  damage(key: number): Promise<void>;
}

export function newFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "msb-store-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Works on the database below a store that is closed. */
export async function withLevel<T>(
  folder: string,
  task: (level: Level<string, string>) => Promise<T>,
): Promise<T> {
  const level = new Level<string, string>(folder);
  await level.open();
  try {
    return await task(level);
  } finally {
    await level.close();
  }
}

function levelPlace(folder = newFolder()): Place {
  return {
    store: () => levelStore(folder),
    lose: (first, last) =>
      withLevel(folder, (level) => level.clear({ gte: encodeKey(first), lte: encodeKey(last) })),
    damage: (key) => withLevel(folder, (level) => level.put(encodeKey(key), "{")),
  };
}

function memoryPlace(): Place {
  const disk = new MemoryDisk();
  return {
    store: () => new MemoryStore(disk),
    lose: async (first, last) => disk.lose(first, last),
    damage: async (key) => disk.damage(key, "it is damaged"),
  };
}

export const PLACES = [
  { name: "the level store", place: () => levelPlace() },
  { name: "the memory store of the tests", place: memoryPlace },
] as const;

export const keysOf = (page: StorePage): readonly number[] => page.events.map(({ key }) => key);

/** Opens a store, reads all of it in pages as a client does, and closes it. */
export async function readAll(
  store: EventStore,
  limit = 1_000,
): Promise<Pick<StorePage, "events" | "damaged">> {
  const keys = await store.open();
  const pages: StorePage[] = [];
  for (let next = keys?.first ?? 1; next <= (keys?.last ?? 0); ) {
    const page = await store.read(next, keys?.last ?? 0, limit);
    pages.push(page);
    next = page.end + 1;
  }
  await store.close();
  return {
    events: pages.flatMap(({ events }) => events),
    damaged: pages.flatMap(({ damaged }) => damaged),
  };
}
