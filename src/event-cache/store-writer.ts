import type { EventStore, StoreChange, StoredEvent } from "./store.ts";

interface Pending {
  readonly change: StoreChange;
  done(): void;
  failed(error: unknown): void;
}

/** Writes the changes of a store in their order, as many at once as came up meanwhile. */
export class StoreWriter {
  readonly #store: EventStore;
  #pending: Pending[] = [];
  #writing: Promise<void> | undefined;

  constructor(store: EventStore) {
    this.#store = store;
  }

  put(key: number, event: StoredEvent): Promise<void> {
    return this.#add({ type: "put", key, event });
  }

  delete(key: number): Promise<void> {
    return this.#add({ type: "delete", key });
  }

  /** Everything that was asked for is written, or has failed. */
  async idle(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  #add(change: StoreChange): Promise<void> {
    const written = new Promise<void>((done, failed) => this.#pending.push({ change, done, failed }));
    this.#writing ??= this.#writeAll();
    return written;
  }

  async #writeAll(): Promise<void> {
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
    this.#writing = undefined;
  }
}
