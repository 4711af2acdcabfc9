import type { StoreChange } from "../core/event-cache/store.ts";
import type { Database } from "./database.ts";
import { encodeEvent, encodeKey } from "./record.ts";

/**
 * What a failed write leaves behind. LevelDB goes on at the wrong place of its log after it, and would not find what it
 * writes from then on again: it has to be opened anew first. And some events of that write may be in the log all the same.
 */
export class FailedWrite {
  #events: ReadonlyMap<string, string> | undefined;

  remember(changes: readonly StoreChange[]): void {
    const events = new Map<string, string>();
    for (const change of changes) {
      if (change.type === "put") {
        events.set(encodeKey(change.key), encodeEvent(change.event));
      }
    }
    this.#events = events;
  }

  /** Opens the database anew if the last write failed. */
  async reopen(database: Database): Promise<void> {
    if (this.#events === undefined) {
      return;
    }
    await database.reopen();
    await this.removeFrom(database);
  }

  /** Removes the events whose publishers were told that they were not taken. */
  async removeFrom(database: Database): Promise<void> {
    const events = [...(this.#events ?? [])];
    if (events.length > 0) {
      const keys = events.map(([key]) => key);
      const found = await database.attempt("read", (level) => level.getMany(keys));
      // Another client may have used the store, and these keys, meanwhile.
      const left = events.filter(([, value], index) => found[index] === value);
      await database.write(left.map(([key]) => ({ type: "del", key })));
    }
    this.#events = undefined;
  }
}
