import type { Clock } from "../../support/clock.ts";
import { MsbError, reasonOf } from "../../support/errors.ts";
import { ignore } from "../../support/ignore.ts";
import type { EventStore, StoreChange, StoreKeys, StorePage } from "./store.ts";
import { withTimeLimit } from "./time-limit.ts";

/** Milliseconds that a store has for anything that it is asked. */
const STORE_TIMEOUT = 10_000;

/** A store that always answers: with what it was asked for, or, in time, with an `MsbError` of code `STORE_FAILED`. */
export class GuardedStore {
  readonly #store: EventStore;
  readonly #clock: Clock;
  /** What was asked for in vain and may still be going on: a store is asked one thing at a time. */
  #overdue: Promise<unknown> | undefined;

  constructor(store: EventStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Whether something that was asked for in vain may still be going on. */
  get isOverdue(): boolean {
    return this.#overdue !== undefined;
  }

  open(): Promise<StoreKeys | undefined> {
    return this.#ask("opened", () => this.#store.open());
  }

  async read(from: number, to: number, limit: number): Promise<StorePage> {
    return checkPage(await this.#ask("read", () => this.#store.read(from, to, limit)));
  }

  write(changes: readonly StoreChange[]): Promise<void> {
    return this.#ask("written", () => this.#store.write(changes));
  }

  /** Waits for what was asked for in vain to be over, but no longer than for anything else. Never rejects. */
  async caughtUp(): Promise<void> {
    const overdue = this.#overdue;
    if (overdue !== undefined) {
      await this.#answer("awaited", () => overdue).catch(ignore);
    }
  }

  /** Also asked of a store that has not answered yet: it may be about to. */
  close(): Promise<void> {
    return this.#answer("closed", () => this.#store.close());
  }

  async #ask<T>(what: string, ask: () => Promise<T>): Promise<T> {
    if (this.#overdue !== undefined) {
      throw failed(what, "it still has not answered what it was asked before");
    }
    return this.#answer(what, ask);
  }

  async #answer<T>(what: string, ask: () => Promise<T>): Promise<T> {
    // Async, because a store of the user may also throw.
    const answer = (async () => ask())();
    try {
      return await withTimeLimit(answer, this.#clock, STORE_TIMEOUT, () => {
        this.#overdue = answer.then(ignore, ignore).then(() => {
          this.#overdue = undefined;
        });
        return failed(what, `it did not answer within ${STORE_TIMEOUT} ms`);
      });
    } catch (error) {
      throw error instanceof MsbError ? error : failed(what, reasonOf(error), error);
    }
  }
}

/** A store of the user may give anything; what is not an event must not get into the cache. */
function checkPage(page: unknown): StorePage {
  const { events, damaged, end } = (page ?? {}) as Partial<StorePage>;
  if (!Array.isArray(events) || !Array.isArray(damaged) || typeof end !== "number") {
    throw failed("read", "read() must give { events, damaged, end }");
  }
  const isEvent = ({ key, event }: StorePage["events"][number]): boolean =>
    Number.isSafeInteger(key) && typeof event?.eventId === "string" && typeof event.message === "string";
  const others = events.filter((record) => !isEvent(record));
  return {
    events: events.filter(isEvent),
    damaged: [...damaged, ...others.map(({ key }) => ({ key: String(key), reason: "it is not an event" }))],
    end,
  };
}

function failed(what: string, reason: string, cause?: unknown): MsbError {
  return new MsbError("STORE_FAILED", `The store of the event cache cannot be ${what}: ${reason}.`, {
    cause,
  });
}
