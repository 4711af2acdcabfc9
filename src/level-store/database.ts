import { ignore } from "../support/ignore.ts";
import { currentIsMissing, inUse, storeFailure } from "./failures.ts";
import type { Operation } from "./key-ledger.ts";
import { Level } from "./level.ts";
import { holdsLock, listFiles, realLocation } from "./locations.ts";
import { acquireLock } from "./lock.ts";
import { claimLocation } from "./register.ts";

/** A LevelDB that belongs to one client alone. */
export class Database {
  readonly #location: string;
  readonly #path: string;
  readonly #level: Level<string, string>;
  readonly #batchOptions: object;
  readonly #release: () => void;

  private constructor(location: string, path: string, sync: boolean, release: () => void) {
    this.#location = location;
    this.#path = path;
    // By its real path: LevelDB compares strings.
    this.#level = new Level(path);
    // The type of level knows no `sync`, because browsers have none; classic-level takes it.
    this.#batchOptions = { sync };
    this.#release = release;
  }

  /** @throws {MsbError} `STORE_FAILED` */
  static async open(location: string, sync: boolean): Promise<Database> {
    const path = realLocation(location);
    const release = await claim(path);
    if (release === undefined) {
      throw inUse(location);
    }
    try {
      if (holdsLock(`${path}/LOCK`)) {
        throw inUse(location);
      }
      if (isWithoutCurrent(path)) {
        throw currentIsMissing(location, path);
      }
      return await new Database(location, path, sync, release).#open();
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Not so after `reopen()` failed. */
  get isOpen(): boolean {
    return this.#level.status === "open";
  }

  async #open(): Promise<this> {
    try {
      await this.attempt("opened", (level) => level.open());
      return this;
    } catch (error) {
      // A new Level opens itself a moment later unless it is closed.
      await this.#level.close().catch(ignore);
      throw error;
    }
  }

  /** Gives every failure its remedy. */
  async attempt<T>(
    what: "opened" | "read" | "written" | "closed",
    task: (level: Level<string, string>) => Promise<T>,
  ): Promise<T> {
    try {
      return await task(this.#level);
    } catch (error) {
      throw storeFailure(what, this.#location, this.#path, error);
    }
  }

  async write(operations: readonly Operation[]): Promise<void> {
    if (operations.length === 0) {
      return;
    }
    await this.attempt("written", (level) => level.batch([...operations], this.#batchOptions));
  }

  /** LevelDB starts a new log. */
  async reopen(): Promise<void> {
    await this.attempt("opened", async (level) => {
      await level.close();
      await level.open();
    });
  }

  async close(): Promise<void> {
    await this.attempt("closed", (level) => level.close());
    this.#release();
  }
}

/** Asked before LevelDB is touched, see `openStores()`. */
async function claim(path: string): Promise<(() => void) | undefined> {
  // Where the platform has locks, they also keep out other pages and threads, and wait a moment for the one before.
  const unlock = await acquireLock(`msb-client-websocket:${path}`);
  if (unlock === undefined) {
    return undefined;
  }
  const release = claimLocation(path);
  if (release === undefined) {
    unlock();
    return undefined;
  }
  return () => {
    release();
    unlock();
  };
}

function isWithoutCurrent(path: string): boolean {
  const files = listFiles(path);
  return files.some((name) => /^\d+\.(log|ldb|sst)$/.test(name)) && !files.includes("CURRENT");
}
