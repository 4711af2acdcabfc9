import type { Clock } from "./clock.ts";
import { asMsbError, type MsbError } from "./errors.ts";
import { ObservedPromise, type PromiseObserver } from "./observed-promise.ts";

/** The client that hands out the promises. */
export interface FailureReporter {
  readonly clock: Clock;
  report(error: MsbError): void;
}

/**
 * Makes the promises that a client hands out, and reports the rejections that nobody listens to.
 *
 * As in Node, a listener has until the microtasks of the turn in which the promise is rejected have run: the check is a timer
 * of 0 ms. Who listens later hears of the failure too, and it was reported all the same.
 */
export class UnheardFailures implements PromiseObserver {
  readonly #client: FailureReporter;
  /** While somebody may yet listen. */
  #unheard: Map<ObservedPromise<unknown>, MsbError> | undefined;
  #timer: unknown;

  constructor(client: FailureReporter) {
    this.#client = client;
  }

  /** Reports a failure that no promise can tell any more. */
  report(error: MsbError): void {
    this.#client.report(error);
  }

  /** The promise of an action. That `disconnect()` ended it is what somebody wanted, and is not reported. */
  observe<T>(action: () => Promise<T>): Promise<T> {
    const observed = new ObservedPromise<T>(this);
    const onFailed = (cause: unknown): void => {
      const error = asMsbError(cause);
      if (error.code === "DISCONNECTED") {
        observed.reject(error);
      } else {
        this.reject(observed, error);
      }
    };
    run(action).then((result) => observed.resolve({ result }), onFailed);
    return observed;
  }

  /** The promise of what is under way already. */
  follow<T>(running: Promise<T>): Promise<T> {
    const observed = new ObservedPromise<T>(this);
    running.then(
      (result) => observed.resolve({ result }),
      (error) => this.reject(observed, asMsbError(error)),
    );
    return observed;
  }

  /** A promise that is rejected already. */
  rejected(cause: unknown): Promise<never> {
    const observed = new ObservedPromise<never>(this);
    this.reject(observed, asMsbError(cause));
    return observed;
  }

  /** Rejects the promise: unless somebody listens soon, the error is reported. */
  reject(promise: ObservedPromise<unknown>, error: MsbError): void {
    if (!promise.isHeard) {
      this.#unheard ??= new Map();
      this.#unheard.set(promise, error);
      this.#timer ??= this.#client.clock.setTimeout(() => this.#tell(), 0);
    }
    promise.reject(error);
  }

  onHeard(promise: ObservedPromise<unknown>): void {
    if (this.#unheard === undefined || !this.#unheard.delete(promise) || this.#unheard.size > 0) {
      return;
    }
    this.#unheard = undefined;
    this.#client.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell(): void {
    this.#timer = undefined;
    const errors = [...(this.#unheard?.values() ?? [])];
    // A listener may publish again, and fail again: that is told in another turn.
    this.#unheard = undefined;
    for (const error of errors) {
      this.report(error);
    }
  }
}

/** What is thrown at once rejects as well. */
async function run<T>(action: () => Promise<T>): Promise<T> {
  return await action();
}
