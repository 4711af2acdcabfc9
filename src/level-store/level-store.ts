import type { EventStore, StoreChange, StoreKeys, StorePage } from "../core/event-cache/store.ts";
import { MsbDefinitionError, MsbError } from "../support/errors.ts";
import { ignore } from "../support/ignore.ts";
import { Database } from "./database.ts";
import { readEndKeys } from "./end-keys.ts";
import { FailedWrite } from "./failed-write.ts";
import { KeyLedger, type Operation } from "./key-ledger.ts";
import { Lifecycle } from "./lifecycle.ts";
import { PageReader } from "./page-reader.ts";

/** How a {@link levelStore} writes. */
export interface LevelStoreOptions {
  /**
   * Wait for the disk at every write, so that events survive a loss of power, and not only the end of the process.
   * Slower; Node only. @default false
   */
  sync?: boolean;
}

/**
 * A store for the client option `store`: LevelDB in Node, IndexedDB in browsers. One client at a time has it open.
 *
 * In Node it needs the npm package `level` (10 or newer). Pages need nothing else: what they need of it is inside.
 * @param location the folder in Node, which is made if it is missing; the name of the database in browsers
 * @returns a store that rejects with `STORE_FAILED` and a remedy: if another client has it open, or it cannot be opened,
 *   read or written
 * @throws {MsbDefinitionError} if the location is not a string, or empty
 * @example
 * const store = levelStore("./events", { sync: true });
 * const client = new MsbClient({ ...identity, store, cached: true });
 */
export function levelStore(location: string, options: LevelStoreOptions = {}): EventStore {
  if (typeof location !== "string" || location === "") {
    const message = `must be the path of a folder, or the name of a database in browsers, not ${JSON.stringify(location)}`;
    throw new MsbDefinitionError("levelStore", [{ path: "location", message }]);
  }
  return new LevelStore(location, options);
}

interface OpenStore {
  readonly database: Database;
  readonly keys: StoreKeys | undefined;
  readonly ledger: KeyLedger;
  /** Whether both ends were looked at for keys that do not belong to events. */
  looked: boolean;
}

class LevelStore implements EventStore {
  readonly #location: string;
  readonly #sync: boolean;
  readonly #lifecycle: Lifecycle;
  readonly #failedWrite = new FailedWrite();
  #opened: OpenStore | undefined;

  constructor(location: string, { sync = false }: LevelStoreOptions) {
    this.#location = location;
    this.#sync = sync;
    this.#lifecycle = new Lifecycle(
      (state) => new MsbError("STORE_FAILED", `The store ${JSON.stringify(location)} is ${state}.`),
    );
  }

  open(): Promise<StoreKeys | undefined> {
    return this.#lifecycle.open(async () => {
      const database = await Database.open(this.#location, this.#sync);
      try {
        await this.#failedWrite.removeFrom(database);
        const keys = await database.attempt("read", readEndKeys);
        this.#opened = { database, keys, ledger: new KeyLedger(keys), looked: false };
        return keys;
      } catch (error) {
        await database.close();
        throw error;
      }
    });
  }

  read(from: number, to: number, limit: number): Promise<StorePage> {
    return this.#use(async (opened) => {
      const { database, keys, ledger } = opened;
      if (!database.isOpen) {
        await this.#failedWrite.reopen(database);
      }
      const reader = new PageReader(ledger);
      const page = await database.attempt("read", async (level) => {
        const page = await reader.read(level, from, to, limit);
        if (!opened.looked) {
          await reader.lookOutside(level, keys);
        }
        return page;
      });
      opened.looked = true;
      const removed = reader.damaged.map((key) => ({ type: "delete", key }) as const);
      const plan = ledger.plan(removed, reader.missing);
      const foreign = [...reader.foreign].map((key) => ({ type: "del", key }) as const);
      // What was read is good all the same: what cannot be mended now is found again by the next client.
      await this.#write(database, [...plan.operations, ...foreign], []).catch(ignore);
      plan.commit();
      return page;
    });
  }

  write(changes: readonly StoreChange[]): Promise<void> {
    return this.#use(async ({ database, ledger }) => {
      const plan = ledger.plan(changes);
      await this.#write(database, plan.operations, changes);
      plan.commit();
    });
  }

  close(): Promise<void> {
    return this.#lifecycle.close(async () => {
      await this.#opened?.database.close();
      this.#opened = undefined;
    });
  }

  #use<T>(task: (opened: OpenStore) => Promise<T>): Promise<T> {
    return this.#lifecycle.run(() => task(this.#opened as OpenStore));
  }

  async #write(
    database: Database,
    operations: readonly Operation[],
    changes: readonly StoreChange[],
  ): Promise<void> {
    if (operations.length === 0) {
      return;
    }
    await this.#failedWrite.reopen(database);
    try {
      await database.write(operations);
    } catch (error) {
      this.#failedWrite.remember(changes);
      throw error;
    }
  }
}
