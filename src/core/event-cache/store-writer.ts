import { ignore } from "../../support/ignore.ts";
import type { GuardedStore } from "./guarded-store.ts";
import type { StoreChange, StoredEvent } from "./store.ts";

interface Pending {
  readonly change: StoreChange;
  done(): void;
  failed(error: unknown): void;
}

/** Writes the changes of a store in their order, as many at once as came up meanwhile. */
export class StoreWriter {
  readonly #store: GuardedStore;
  #pending: Pending[] = [];
  #isWriting = false;
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
  }

  /** Everything that was asked for so far is written, or has failed. */
  idle(): Promise<void> {
    return this.#last;
  }

  #add(change: StoreChange): Promise<void> {
    const written = new Promise<void>((done, failed) => this.#pending.push({ change, done, failed }));
    this.#last = written.catch(ignore);
    if (!this.#isWriting) {
      void this.#writeAll();
    }
    return written;
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    // Whatever comes up in this turn goes into the same write.
    await Promise.resolve();
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      const unwanted = [...this.#unwanted];
      const removals = unwanted.map((key): StoreChange => ({ type: "delete", key }));
      try {
        await this.#store.write([...removals, ...batch.map(({ change }) => change)]);
        for (const key of unwanted) {
          this.#unwanted.delete(key);
        }
        for (const { done } of batch) {
          done();
        }
      } catch (error) {
        for (const { change } of batch) {
          this.#unwanted.add(change.key);
        }
        for (const { failed } of batch) {
          failed(error);
        }
      }
    }
    this.#isWriting = false;
  }
}
