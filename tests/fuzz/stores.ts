import type { Clock, EventStore, StoreChange, StoreKeys, StorePage } from "../../src/index.ts";
import { fails, type MemoryDisk, MemoryStore, neverAnswers, takes } from "../support/memory-store.ts";
import type { Ledger } from "./ledger.ts";
import type { StoreStep } from "./program.ts";

/** A client does not wait longer for its store, in milliseconds. */
const PATIENCE = 9_000;

/** The numbers of the events that a disk holds. */
export function numbersOn(disk: MemoryDisk | undefined): ReadonlySet<number> {
  const events = [...(disk?.events.values() ?? [])];
  return new Set(events.map(({ message }) => JSON.parse(message.slice(2)).dataObject as number));
}

/** A store with what the program finds wrong with it; what hangs goes on when it is mended. */
export class FaultyStore implements EventStore {
  readonly disk: MemoryDisk;
  readonly #store: MemoryStore;
  readonly #clock: Clock;
  readonly #ledger: Ledger;
  #releases: (() => void)[] = [];
  /** Whether a change may not have been made: then the disk remembers what is settled. */
  #isBehind = false;
  /** Whether the client may have to do without what is on the disk. */
  #isUnread = false;

  constructor(disk: MemoryDisk, clock: Clock, ledger: Ledger) {
    this.disk = disk;
    this.#store = new MemoryStore(disk);
    this.#clock = clock;
    this.#ledger = ledger;
  }

  get isOpen(): boolean {
    return this.#store.isOpen;
  }

  add({ store: method, fault, ms }: StoreStep, forEver: boolean): void {
    const isTrouble = fault !== "slow" || ms > PATIENCE;
    if (method === "write" && isTrouble) this.#isBehind = true;
    if (method !== "write" && isTrouble) this.#isUnread = true;
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

  /** What is on the disk is read from now on, by this client or the next. */
  remember(): void {
    if (this.#isUnread) this.#ledger.overtaken(numbersOn(this.disk));
    if (this.#isBehind) this.#ledger.remembered(numbersOn(this.disk));
  }

  open(): Promise<StoreKeys | undefined> {
    this.remember();
    return this.#store.open();
  }

  read(from: number, to: number, limit: number): Promise<StorePage> {
    return this.#store.read(from, to, limit);
  }

  write(changes: readonly StoreChange[]): Promise<void> {
    return this.#store.write(changes);
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
