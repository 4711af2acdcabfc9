import type { Clock } from "../../src/index.ts";
import { fails, type MemoryDisk, type MemoryStore, neverAnswers, takes } from "../support/memory-store.ts";
import type { StoreStep } from "./program.ts";

/** The numbers of the events that a disk holds. */
export function numbersOn(disk: MemoryDisk | undefined): ReadonlySet<number> {
  const events = [...(disk?.events.values() ?? [])];
  return new Set(events.map(({ message }) => JSON.parse(message.slice(2)).dataObject as number));
}

/** What is wrong with a store, by program; what hangs goes on when it is mended. */
export class StoreFaults {
  readonly #store: MemoryStore;
  readonly #clock: Clock;
  #releases: (() => void)[] = [];

  constructor(store: MemoryStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  add({ store: method, fault, ms }: StoreStep, forEver: boolean): void {
    if (fault === "fails") this.#store.next(method, fails());
    else if (fault === "slow") this.#store.next(method, takes(this.#clock, ms));
    else if (forEver) this.#store.next(method, neverAnswers);
    else this.#releases.push(this.#store.hold(method));
  }

  mend(): void {
    this.#store.heal();
    for (const release of this.#releases) release();
    this.#releases = [];
  }
}
