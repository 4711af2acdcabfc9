import { ignore } from "../ignore.ts";
import type { GuardedStore } from "./guarded-store.ts";
import type { StoreChange } from "./store.ts";

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

  constructor(store: GuardedStore) {
    this.#store = store;
  }

  /** @returns settles when the change is written, or could not be */
  write(change: StoreChange): Promise<void> {
    const written = new Promise<void>((done, failed) => this.#pending.push({ change, done, failed }));
    this.#last = written.catch(ignore);
    if (!this.#isWriting) void this.#writeAll();
    return written;
  }

  /** Everything that was asked for so far is written, or has failed. */
  idle(): Promise<void> {
    return this.#last;
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    // Whatever comes up in this turn goes into the same write.
    await Promise.resolve();
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        await this.#store.write(batch.map(({ change }) => change));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#isWriting = false;
  }
}
