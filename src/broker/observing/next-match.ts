import { mustBe } from "../../core/validation/describe-value.ts";
import { describeError, MsbDefinitionError, MsbError } from "../../support/errors.ts";
import { MAX_TIMER } from "../support/limits.ts";

interface Waiter<T> {
  readonly matches: (value: T) => boolean;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** Gives the next value that matches to whoever waits for it. */
export class NextMatch<T> {
  readonly #what: string;
  readonly #waiting = new Set<Waiter<T>>();

  /** @param what what is waited for, for error messages: `an event`. */
  constructor(what: string) {
    this.#what = what;
  }

  offer(value: T): void {
    for (const waiter of [...this.#waiting]) {
      try {
        if (waiter.matches(value)) {
          waiter.resolve(value);
        }
      } catch (error) {
        const message = `The filter of a wait for ${this.#what} threw: ${describeError(error)}`;
        waiter.reject(new MsbError("HANDLER_FAILED", message, { cause: error }));
      }
    }
  }

  /**
   * The next value that matches.
   * @param wanted what is looked for, for the error of a timeout.
   * @throws {MsbDefinitionError} for a timeout that no timer knows.
   */
  wait(matches: (value: T) => boolean, timeout: number, wanted: string): Promise<T> {
    if (!(timeout >= 0 && timeout <= MAX_TIMER)) {
      const message = mustBe(`milliseconds from 0 to ${MAX_TIMER}`, timeout);
      throw new MsbDefinitionError(`A wait for ${this.#what}`, [{ path: "timeout", message }]);
    }
    const promise = new Promise<T>((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
      };
      const waiter: Waiter<T> = {
        matches,
        resolve: (value) => {
          end();
          resolve(value);
        },
        reject: (error) => {
          end();
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        const message = `Waited ${timeout} ms for ${this.#what}${wanted}, and none came.`;
        waiter.reject(new MsbError("TIMEOUT", message));
      }, timeout);
      this.#waiting.add(waiter);
    });
    // A test that has already failed does not await it any more; that must not end the process.
    promise.catch(() => {});
    return promise;
  }

  /** Ends all waiting. */
  close(): void {
    for (const waiter of [...this.#waiting]) {
      waiter.reject(
        new MsbError("DISCONNECTED", `The broker was closed while ${this.#what} was waited for.`),
      );
    }
  }
}
