import { unknownId } from "../client/contract/unknown-id.ts";
import { MsbError } from "../support/errors.ts";

/** How long something may take to come. */
export interface WaitOptions {
  /**
   * Milliseconds; then the promise rejects with `TIMEOUT`, saying what came instead. Less than a test may take by default in
   * vitest (5 s) and mocha (2 s). @default 1500
   */
  readonly timeout?: number;
}

export const DEFAULT_TIMEOUT = 1_500;

/** What is waited for, for error messages. */
export interface Awaited {
  /** `a call of` */
  readonly what: string;
  /** `function` */
  readonly kind: string;
  /** Of the error about an id that the contract does not have. */
  readonly unknown: "UNKNOWN_EVENT" | "UNKNOWN_FUNCTION";
}

/** What came, until a test asks for it: nothing is missed between two lines of a test, and nothing is told twice. */
export class Arrivals<Id extends string, Item> {
  readonly #awaited: Awaited;
  readonly #ids: readonly string[];
  /** How many of each have come. */
  readonly #counts = new Map<Id, number>();
  readonly #waiting = new Map<Id, Item[]>();
  readonly #asking = new Map<Id, ((item: Item) => void)[]>();

  /** @param ids those of the contract */
  constructor(awaited: Awaited, ids: readonly string[]) {
    this.#awaited = awaited;
    this.#ids = ids;
  }

  add(id: Id, item: Item): void {
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
    const ask = this.#asking.get(id)?.shift();
    if (ask === undefined) {
      listOf(this.#waiting, id).push(item);
    } else {
      ask(item);
    }
  }

  /** The oldest that was not asked for yet, or the next one. */
  async next(id: Id, { timeout = DEFAULT_TIMEOUT }: WaitOptions = {}): Promise<Item> {
    this.requireId(id);
    const waiting = listOf(this.#waiting, id);
    if (waiting.length > 0) {
      return waiting.shift() as Item;
    }
    return new Promise((resolve, reject) => {
      const asking = listOf(this.#asking, id);
      const timer = setTimeout(() => {
        asking.splice(asking.indexOf(ask), 1);
        reject(this.#noneCame(id, timeout));
      }, timeout);
      const ask = (item: Item): void => {
        clearTimeout(timer);
        resolve(item);
      };
      asking.push(ask);
    });
  }

  /** @throws {MsbError} if the contract has no such id. */
  requireId(id: string): void {
    if (!this.#ids.includes(id)) {
      const { kind, unknown } = this.#awaited;
      throw unknownId(unknown, kind, id, this.#ids);
    }
  }

  #noneCame(id: Id, timeout: number): MsbError {
    const all = [...this.#counts].map(([each, count]) => `${JSON.stringify(each)} (${count})`);
    const came = all.length === 0 ? "nothing" : all.join(", ");
    const message = `Waited ${timeout} ms for ${this.#awaited.what} ${JSON.stringify(id)}, and none came. So far: ${came}.`;
    return new MsbError("TIMEOUT", message);
  }
}

function listOf<Id, Item>(lists: Map<Id, Item[]>, id: Id): Item[] {
  let list = lists.get(id);
  if (list === undefined) {
    list = [];
    lists.set(id, list);
  }
  return list;
}
