import { ignore } from "../../support/ignore.ts";
import type { GuardedStore } from "./guarded-store.ts";
import type { StoreChange, StoredEvent } from "./store.ts";

interface Pending {
  readonly change: StoreChange;
  done(): void;
  failed(error: unknown): void;
}

/**
 * So many keys are removed in one write. What fails all night on a full disk leaves any number of them, and whatever is written
 * meanwhile must not carry them all.
 */
const REMOVED_AT_ONCE = 1_000;

/** Writes the changes of a store in their order, as many at once as came up meanwhile. */
export class StoreWriter {
  readonly #store: GuardedStore;
  #pending: Pending[] = [];
  #isWriting = false;
  /** Over when nothing is being written any more. */
  #writing: Promise<void> = Promise.resolve();
  #last: Promise<void> = Promise.resolve();
  /** Keys that may be in the store and should not be: a write that failed, or took too long, may still be done. */
  readonly #unwanted = new Set<number>();

  constructor(store: GuardedStore) {
    this.#store = store;
  }

  /** @returns rejects if it could not be written: then it is removed as soon as that is possible */
  put(key: number, event: StoredEvent): Promise<void> {
    return this.#add({ type: "put", key, event });
  }

  /** @returns rejects if it could not be written: it is tried again with the next write */
  delete(key: number): Promise<void> {
    return this.#add({ type: "delete", key });
  }

  /** Whether this key should not be in the store, although it may be. */
  isUnwanted(key: number): boolean {
    return this.#unwanted.has(key);
  }

  /** Removes what should not be there; if a write that took too long is still going on, after it. */
  async cleanUp(): Promise<void> {
    const [key] = this.#unwanted;
    if (key === undefined) {
      return;
    }
    await this.#store.caughtUp();
    await this.delete(key).catch(ignore);
    await this.#writing;
  }

  /** Everything that was asked for so far is written, or has failed. */
  idle(): Promise<void> {
    return this.#last;
  }

  #add(change: StoreChange): Promise<void> {
    const written = new Promise<void>((done, failed) => this.#pending.push({ change, done, failed }));
    this.#last = written.catch(ignore);
    if (!this.#isWriting) {
      this.#writing = this.#writeAll();
    }
    return written;
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    // Whatever comes up in this turn goes into the same write.
    await Promise.resolve();
    let isWorking = true;
    while (this.#pending.length > 0 || (isWorking && this.#unwanted.size > 0)) {
      isWorking = await this.#writePending();
    }
    this.#isWriting = false;
  }

  /** @returns whether it was written */
  async #writePending(): Promise<boolean> {
    const batch = this.#pending;
    this.#pending = [];
    const unwanted = take(this.#unwanted, REMOVED_AT_ONCE);
    const removals = unwanted.map((key): StoreChange => ({ type: "delete", key }));
    try {
      await this.#store.write([...removals, ...batch.map(({ change }) => change)]);
    } catch (error) {
      for (const { change } of batch) {
        this.#unwanted.add(change.key);
      }
      for (const { failed } of batch) {
        failed(error);
      }
      return false;
    }
    for (const key of unwanted) {
      this.#unwanted.delete(key);
    }
    for (const { done } of batch) {
      done();
    }
    return true;
  }
}

/** The first items of a set. */
function take<Item>(items: ReadonlySet<Item>, count: number): Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    if (taken.length === count) {
      break;
    }
    taken.push(item);
  }
  return taken;
}
