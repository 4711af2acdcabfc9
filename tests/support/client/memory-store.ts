import type {
  Clock,
  EventStore,
  StoreChange,
  StoredEvent,
  StoreKeys,
  StorePage,
} from "../../../src/index.ts";
import { MsbError } from "../../../src/index.ts";
import { Lifecycle } from "../../../src/level-store/lifecycle.ts";

export type StoreMethod = "open" | "read" | "write" | "close";

/** What a method does before it does its work: it takes its time, fails, or never answers. */
export type Step = () => Promise<void>;

export const fails =
  (error: Error = new Error("I/O error")): Step =>
  () =>
    Promise.reject(error);

export const neverAnswers: Step = () => new Promise(() => {});

export const takes =
  (clock: Clock, ms: number): Step =>
  () =>
    new Promise((resolve) => clock.setTimeout(resolve, ms));

/** As the level store: a page holds no more than this, but at least one event. */
const MAX_PAGE_LENGTH = 4_000_000;

/** What a memory store holds. It outlives the store, as a disk outlives a process. */
export class MemoryDisk {
  readonly events = new Map<number, StoredEvent>();
  readonly #damaged = new Map<number, string>();
  #lost: { readonly first: number; readonly last: number }[] = [];
  #owner: MemoryStore | undefined;
  #lowest = Number.POSITIVE_INFINITY;
  #highest = 0;

  /** The keys of its events, in their order. */
  get keys(): readonly number[] {
    return [...this.events.keys()].sort((a, b) => a - b);
  }

  put(key: number, event: StoredEvent = { eventId: "E", message: `E {"dataObject":${key}}` }): void {
    this.events.set(key, event);
    this.#damaged.delete(key);
    this.#lowest = Math.min(this.#lowest, key);
    this.#highest = Math.max(this.#highest, key);
  }

  delete(key: number): void {
    this.events.delete(key);
    this.#damaged.delete(key);
  }

  /** The record of a key cannot be read any more. */
  damage(key: number, reason: string): void {
    this.put(key);
    this.events.delete(key);
    this.#damaged.set(key, reason);
  }

  /** These keys vanish, though nobody removed them. */
  lose(first: number, last: number): void {
    for (let key = first; key <= last; key += 1) {
      this.delete(key);
    }
    this.#lost.push({ first, last });
  }

  /** The process ends: whoever had it open has it no more, and cannot write to it. */
  crash(): void {
    this.#owner = undefined;
  }

  isOwnedBy(store: MemoryStore): boolean {
    return this.#owner === store;
  }

  claim(store: MemoryStore): void {
    if (this.#owner !== undefined) {
      throw storeFailed("The store in memory is open in another client.");
    }
    this.#owner = store;
  }

  range(): StoreKeys | undefined {
    if (this.events.size + this.#damaged.size === 0) {
      return undefined;
    }
    while (!this.#has(this.#lowest)) {
      this.#lowest += 1;
    }
    while (!this.#has(this.#highest)) {
      this.#highest -= 1;
    }
    return { first: this.#lowest, last: this.#highest };
  }

  page(from: number, to: number, limit: number): StorePage {
    const range = this.range() ?? { first: 1, last: 0 };
    const events: { readonly key: number; readonly event: StoredEvent }[] = [];
    const damaged: { readonly key: string; readonly reason: string }[] = [];
    let length = 0;
    for (let key = Math.max(from, range.first); key <= Math.min(to, range.last); key += 1) {
      const event = this.events.get(key);
      length += event?.message.length ?? 0;
      if (event !== undefined && events.length > 0 && (events.length >= limit || length > MAX_PAGE_LENGTH)) {
        return { events, damaged, end: key - 1 };
      }
      damaged.push(...this.#takeDamage(key));
      if (event !== undefined) {
        events.push({ key, event });
      }
    }
    return { events, damaged, end: to };
  }

  #has(key: number): boolean {
    return this.events.has(key) || this.#damaged.has(key);
  }

  /** It is told once. */
  #takeDamage(key: number): StorePage["damaged"] {
    const reason = this.#damaged.get(key);
    this.#damaged.delete(key);
    const lost = this.#lost.filter(({ last }) => last < key);
    this.#lost = this.#lost.filter(({ last }) => last >= key);
    return [
      ...lost.map(({ first, last }) => ({ key: `${first}–${last}`, reason: "events are missing" })),
      ...(reason === undefined ? [] : [{ key: String(key), reason }]),
    ];
  }
}

/** An event store in memory that obeys the contract as the level store does, and fails when it is told to. */
export class MemoryStore implements EventStore {
  readonly disk: MemoryDisk;
  /** How often each method was called. */
  readonly calls: Record<StoreMethod, number> = { open: 0, read: 0, write: 0, close: 0 };
  /** The changes of all writes that were done. */
  readonly writes: (readonly StoreChange[])[] = [];
  readonly #next: Record<StoreMethod, Step[]> = { open: [], read: [], write: [], close: [] };
  readonly #always: Partial<Record<StoreMethod, Step>> = {};
  readonly #lifecycle = new Lifecycle((state) => storeFailed(`The store in memory is ${state}.`));

  constructor(disk: MemoryDisk = new MemoryDisk()) {
    this.disk = disk;
  }

  get isOpen(): boolean {
    return this.#lifecycle.isOpen;
  }

  /** The next calls of a method do these first, one each. */
  next(method: StoreMethod, ...steps: readonly Step[]): void {
    this.#next[method].push(...steps);
  }

  /** From now on every call of a method does this first. */
  always(method: StoreMethod, step: Step): void {
    this.#always[method] = step;
  }

  /** The next call of a method waits until it is let go. */
  hold(method: StoreMethod): () => void {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.next(method, () => released);
    return release;
  }

  /** All methods work again. */
  heal(): void {
    for (const method of ["open", "read", "write", "close"] as const) {
      this.#next[method] = [];
      delete this.#always[method];
    }
  }

  open(): Promise<StoreKeys | undefined> {
    this.calls.open += 1;
    return this.#lifecycle.open(async () => {
      await this.#step("open");
      this.disk.claim(this);
      return this.disk.range();
    });
  }

  read(from: number, to: number, limit: number): Promise<StorePage> {
    this.calls.read += 1;
    return this.#run("read", () => this.disk.page(from, to, limit));
  }

  write(changes: readonly StoreChange[]): Promise<void> {
    this.calls.write += 1;
    return this.#run("write", () => {
      for (const change of changes) {
        if (change.type === "put") {
          this.disk.put(change.key, change.event);
        } else {
          this.disk.delete(change.key);
        }
      }
      this.writes.push(changes);
    });
  }

  close(): Promise<void> {
    this.calls.close += 1;
    return this.#lifecycle.close(async () => {
      await this.#step("close");
      if (this.disk.isOwnedBy(this)) {
        this.disk.crash();
      }
    });
  }

  #run<T>(method: "read" | "write", task: () => T): Promise<T> {
    return this.#lifecycle.run(async () => {
      await this.#step(method);
      if (!this.disk.isOwnedBy(this)) {
        throw storeFailed("The process of this store in memory has ended.");
      }
      return task();
    });
  }

  async #step(method: StoreMethod): Promise<void> {
    await (this.#next[method].shift() ?? this.#always[method])?.();
  }
}

function storeFailed(message: string): MsbError {
  return new MsbError("STORE_FAILED", message);
}
