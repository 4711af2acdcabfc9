import type { Clock } from "./clock.ts";
import { asMsbError, type MsbError } from "./errors.ts";
import { ObservedPromise, type PromiseObserver } from "./observed-promise.ts";

/**
 * Makes the promises that a client hands out, and reports the rejections that nobody listens to.
 *
 * As in Node, a listener has until the microtasks of the turn in which the promise is rejected have run: the check is a timer
 * of 0 ms. Who listens later hears of the failure too, and it was reported all the same.
 */
export class UnheardFailures implements PromiseObserver {
  readonly #clock: Clock;
  readonly #report: (error: MsbError) => void;
  readonly #unheard = new Map<ObservedPromise<unknown>, MsbError>();
  #timer: unknown;
  #open = 0;

  constructor(clock: Clock, report: (error: MsbError) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  /** How many of the promises made by `observe` are not settled: each of them is the voice of its failure. */
  get open(): number {
    return this.#open;
  }

  /** The promise of an action. That `disconnect()` ended it is what somebody wanted, and is not reported. */
  observe<T>(action: () => Promise<T>): Promise<T> {
    this.#open += 1;
    const observed: ObservedPromise<T> = new ObservedPromise((resolve, reject) => {
      const onDone = (value: T): void => {
        this.#open -= 1;
        resolve(value);
      };
      const onFailed = (cause: unknown): void => {
        this.#open -= 1;
        const error = asMsbError(cause);
        reject(error);
        if (error.code !== "DISCONNECTED") this.onRejected(observed, error);
      };
      run(action).then(onDone, onFailed);
    }, this);
    return observed;
  }

  /** A promise that is rejected already. */
  rejected(cause: unknown): Promise<never> {
    const error = asMsbError(cause);
    const observed = new ObservedPromise<never>((_, reject) => reject(error), this);
    this.onRejected(observed, error);
    return observed;
  }

  /** The promise was rejected: unless somebody listens soon, the error is reported. */
  onRejected(promise: ObservedPromise<unknown>, error: MsbError): void {
    if (promise.isHeard) return;
    this.#unheard.set(promise, error);
    this.#timer ??= this.#clock.setTimeout(() => this.#tell(), 0);
  }

  onHeard(promise: ObservedPromise<unknown>): void {
    if (!this.#unheard.delete(promise) || this.#unheard.size > 0) return;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell(): void {
    this.#timer = undefined;
    const errors = [...this.#unheard.values()];
    // A listener may publish again, and fail again: that is told in another turn.
    this.#unheard.clear();
    for (const error of errors) this.#report(error);
  }
}

/** What is thrown at once rejects as well. */
async function run<T>(action: () => Promise<T>): Promise<T> {
  return await action();
}
