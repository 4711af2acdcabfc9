import { BoundedList } from "../support/bounded-list.ts";
import { MAX_REMOVED_FLOWS, MAX_REMOVED_FLOWS_SIZE } from "../support/limits.ts";

interface Removed {
  readonly entry: { readonly id: number };
  readonly size: number;
}

/** The flows that were removed last, because people remove the wrong one. */
export class RemovedFlows<T extends Removed> {
  readonly #removed = new BoundedList<T>(MAX_REMOVED_FLOWS, MAX_REMOVED_FLOWS_SIZE);

  keep(stored: T): void {
    this.#removed.push(stored, stored.size);
  }

  find(id: number): T | undefined {
    return this.#removed.values().find(({ entry }) => entry.id === id);
  }

  /** It is back where it was. */
  forget(id: number): void {
    const others = this.#removed.values().filter(({ entry }) => entry.id !== id);
    this.#removed.clear();
    for (const stored of others) {
      this.keep(stored);
    }
  }
}
