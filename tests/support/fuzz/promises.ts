import { MsbError } from "../../../src/index.ts";
import type { Ledger } from "./ledger.ts";

export interface Outcome {
  /** `undefined` if the promise was fulfilled. */
  readonly error: unknown;
}

/** Every promise that the client gave, and whether it was settled. */
export class Promises {
  readonly #ledger: Ledger;
  readonly #unsettled = new Map<number, string>();
  #unawaited: (() => void)[] = [];
  #count = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Those that are not settled, by what made them. */
  get unsettled(): readonly string[] {
    return [...this.#unsettled.values()];
  }

  /** @param awaited whether anybody looks at it before `awaitAll()` */
  add(
    what: string,
    promise: Promise<unknown>,
    awaited: boolean,
    then: (outcome: Outcome) => void = () => {},
  ): void {
    const id = this.#count;
    this.#count += 1;
    this.#unsettled.set(id, what);
    const settle = (outcome: Outcome): void => {
      this.#unsettled.delete(id);
      if (outcome.error !== undefined && !(outcome.error instanceof MsbError)) {
        this.#ledger.found("every rejection is an MsbError", `${what}: ${String(outcome.error)}`);
      }
      then(outcome);
    };
    const look = (): void => {
      promise.then(
        () => settle({ error: undefined }),
        (error: unknown) => settle({ error: error ?? new Error("rejected with nothing") }),
      );
    };
    if (awaited) {
      look();
    } else {
      this.#unawaited.push(look);
    }
  }

  /** Looks at those that nobody has looked at; by then a rejection of theirs has had its time to be unhandled. */
  awaitAll(): void {
    for (const look of this.#unawaited) {
      look();
    }
    this.#unawaited = [];
  }
}
