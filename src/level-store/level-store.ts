import { Level } from "level";
import { describeError, MsbError } from "../errors.ts";
import type { EventStore, StoreChange, StorePage } from "../event-cache/store.ts";
import { acquireLock } from "./lock.ts";
import { decodeRecord, encodeKey, encodeRecord } from "./record.ts";

export interface LevelStoreOptions {
  /**
   * Wait for the disk at every write, so that events survive a loss of power, and not only the end of the process.
   * Slower; Node only. @default false
   */
  sync?: boolean;
}

interface OpenStore {
  readonly level: Level<string, string>;
  release(): void;
}

/**
 * A store for the client option `store`: LevelDB in Node, IndexedDB in browsers. One client at a time has it open.
 *
 * Needs the npm package `level` (10 or newer).
 * @param location the folder in Node, which is made where it is missing; the name of the database in browsers
 * @returns a store whose `open()` rejects with `STORE_FAILED` where another client has it open
 */
export function levelStore(location: string, options: LevelStoreOptions = {}): EventStore {
  let opened: OpenStore | undefined;

  function level(): Level<string, string> {
    if (opened === undefined)
      throw new MsbError("STORE_FAILED", `The store ${JSON.stringify(location)} is not open.`);
    return opened.level;
  }

  return {
    async open() {
      opened = await openLevel(location);
      const [[first], [last]] = await Promise.all([
        opened.level.keys({ limit: 1 }).all(),
        opened.level.keys({ limit: 1, reverse: true }).all(),
      ]);
      return first === undefined ? undefined : { first: Number(first), last: Number(last) };
    },
    read: async (_from, to) => ({ ...(await readAll(level())), end: to }),
    async write(changes) {
      // The type of level knows no `sync`, because browsers have none; classic-level takes it.
      const batchOptions = { sync: options.sync ?? false } as object;
      await level().batch(changes.map(toOperation), batchOptions);
    },
    async close() {
      const closing = opened;
      opened = undefined;
      await closing?.level.close();
      closing?.release();
    },
  };
}

async function openLevel(location: string): Promise<OpenStore> {
  // LevelDB has a lock of its own; IndexedDB has none.
  const release = await acquireLock(`msb-client-websocket:${location}`);
  if (release === undefined) throw inUse(location, undefined);
  const level = new Level<string, string>(location);
  try {
    await level.open();
  } catch (error) {
    release();
    const cause = error instanceof Error ? error.cause : undefined;
    if ((cause as { code?: unknown } | undefined)?.code === "LEVEL_LOCKED") throw inUse(location, error);
    const reason = describeError(cause ?? error);
    throw new MsbError("STORE_FAILED", `The store ${JSON.stringify(location)} cannot be opened: ${reason}.`, {
      cause: error,
    });
  }
  return { level, release };
}

/** What can be read; what cannot is removed, so that it is reported once. */
async function readAll(level: Level<string, string>): Promise<Pick<StorePage, "events" | "damaged">> {
  const events: StorePage["events"][number][] = [];
  const damaged: StorePage["damaged"][number][] = [];
  for await (const [key, value] of level.iterator()) {
    const record = decodeRecord(key, value);
    if ("reason" in record) damaged.push({ key, reason: record.reason });
    else events.push(record);
  }
  await level.batch(damaged.map(({ key }) => ({ type: "del", key })));
  return { events, damaged };
}

function toOperation(
  change: StoreChange,
): { type: "put"; key: string; value: string } | { type: "del"; key: string } {
  const key = encodeKey(change.key);
  return change.type === "put"
    ? { type: "put", key, value: encodeRecord(change.event) }
    : { type: "del", key };
}

function inUse(location: string, cause: unknown): MsbError {
  return new MsbError("STORE_FAILED", `The store ${JSON.stringify(location)} is open in another client.`, {
    cause,
    remedy: "Give each client a store of its own, or disconnect() the other one first.",
  });
}
