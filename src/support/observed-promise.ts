import { ignore } from "./ignore.ts";

/** Is told by promises what becomes of them. */
export interface PromiseObserver {
  /** Somebody listens to the promise from now on. */
  onHeard(promise: ObservedPromise<unknown>): void;
}

/**
 * A promise that knows whether anybody listens: `await`, `catch`, `finally` and `Promise.all` all call its `then`.
 * What `then` returns is a plain promise, and its caller's own.
 */
export class ObservedPromise<T> extends Promise<T> {
  // What `then` returns belongs to its caller, who sees to its failure as with any promise.
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** Until somebody listens. */
  #observer: PromiseObserver | undefined;

  constructor(
    executor: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
    observer: PromiseObserver,
  ) {
    super(executor);
    this.#observer = observer;
  }

  get isHeard(): boolean {
    return this.#observer === undefined;
  }

  /** Keeps a rejection that is about to come from ending the process. Only then: most promises are kept, and this costs. */
  silence(): void {
    super.then(undefined, ignore);
  }

  // biome-ignore lint/suspicious/noThenProperty: a promise has one
  override then<Fulfilled = T, Rejected = never>(
    onFulfilled?: ((value: T) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((error: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    const observer = this.#observer;
    if (observer !== undefined) {
      this.#observer = undefined;
      observer.onHeard(this);
    }
    return super.then(onFulfilled, onRejected);
  }
}
