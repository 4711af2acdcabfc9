import type { Clock, EventStore, StoreChange, StoreKeys, StorePage } from "../../../src/index.ts";
import { ignore } from "../../../src/support/ignore.ts";
import { fails, type MemoryDisk, MemoryStore, neverAnswers, takes } from "../client/memory-store.ts";
import type { EventRecord, Ledger } from "./ledger.ts";
import type { StoreStep } from "./program.ts";

/** What a store answers within this time is no trouble: its client waits for it. In milliseconds. */
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
  /** Whether the last write failed, or was not done when the client closed the store: one that is done makes up for those before. */
  #isBehind = false;
  /** The client has closed it, and can take nothing back any more. */
  #isGivenUp = false;
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
    // Who cannot write can still read.
    if (isTrouble && !(method === "write" && fault === "fails")) {
      this.#isUnread = true;
      // It is open already, and not all that it holds has been read.
      this.#allowLate();
    }
    if (fault === "fails") {
      this.#store.next(method, fails());
    } else if (fault === "slow") {
      this.#store.next(method, takes(this.#clock, ms));
    } else if (forEver) {
      this.#store.next(method, neverAnswers);
    } else {
      this.#releases.push(this.#store.hold(method));
    }
  }

  mend(): void {
    this.#store.heal();
    for (const release of this.#releases) {
      release();
    }
    this.#releases = [];
  }

  /** The process has ended. What it could not take back from the disk, settled or not, is sent (again) by the next one. */
  remember(): void {
    if (this.#isBehind) {
      this.#ledger.remembered(numbersOn(this.disk));
    }
    this.#allowLate();
  }

  open(): Promise<StoreKeys | undefined> {
    this.#isGivenUp = false;
    this.#allowLate();
    return this.#store.open();
  }

  read(from: number, to: number, limit: number): Promise<StorePage> {
    return this.#store.read(from, to, limit);
  }

  write(changes: readonly StoreChange[]): Promise<void> {
    const write = this.#store.write(changes);
    this.#isBehind = true;
    write.then(() => {
      this.#isBehind = this.#isGivenUp;
      // Behind others that wait in the store, these do so too: they are not kept in memory.
      this.#allowLate(({ kind }) => kind === "stored");
    }, ignore);
    return write;
  }

  close(): Promise<void> {
    this.#isGivenUp = true;
    return this.#store.close();
  }

  /**
   * A store that is not read in time does not hold up the others (and a write that goes on for too long keeps it from being
   * read): what it holds comes late.
   */
  #allowLate(which: (event: EventRecord) => boolean = () => true): void {
    if (!this.#isUnread) {
      return;
    }
    const numbers = [...numbersOn(this.disk)];
    this.#ledger.overtaken(numbers.filter((number) => which(this.#ledger.event(number))));
  }
}
