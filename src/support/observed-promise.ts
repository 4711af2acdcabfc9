import { type Deferred, withResolvers } from "./deferred.ts";

/** Is told by promises what becomes of them. */
export interface PromiseObserver {
  /** Somebody listens to the promise from now on. */
  onHeard(promise: ObservedPromise<unknown>): void;
}

/** What a promise is kept with; made when somebody asks for it. */
interface Outcome<T> {
  readonly result: T;
}

/**
 * A promise that knows whether anybody listens: `await`, `catch`, `finally` and `Promise.all` all call its `then`.
 * What `then` returns is a plain promise, and its caller's own. A native promise is made only if somebody listens: most
 * events are published without, and a promise with its closures costs as much as all the rest of an event.
 */
export class ObservedPromise<T> implements Promise<T> {
  declare readonly [Symbol.toStringTag]: string;
  declare readonly catch: Promise<T>["catch"];
  declare readonly finally: Promise<T>["finally"];
  readonly #observer: PromiseObserver;
  #state: "pending" | "resolved" | "rejected" = "pending";
  /** An {@link Outcome}, or what it was rejected with; until somebody listens. */
  #outcome: unknown;
  /** From the moment on when somebody listens. */
  #native: Deferred<unknown> | undefined;

  constructor(observer: PromiseObserver) {
    this.#observer = observer;
  }

  get isHeard(): boolean {
    return this.#native !== undefined;
  }

  /** @internal Called once. */
  resolve(outcome: Outcome<T>): void {
    this.#state = "resolved";
    // A native promise keeps the result alone: whoever keeps promises does not keep what was published.
    if (this.#native === undefined) {
      this.#outcome = outcome;
    } else {
      this.#native.resolve(outcome.result);
    }
  }

  /** @internal Called once. */
  reject(error: unknown): void {
    this.#state = "rejected";
    this.#outcome = error;
    this.#native?.reject(error);
  }

  // biome-ignore lint/suspicious/noThenProperty: a promise has one
  then<Fulfilled = T, Rejected = never>(
    onFulfilled?: ((value: T) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((error: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    if (this.#native === undefined) {
      this.#native = this.#toNative();
      this.#observer.onHeard(this);
    }
    return (this.#native.promise as Promise<T>).then(onFulfilled, onRejected);
  }

  #toNative(): Deferred<unknown> {
    const native = withResolvers<unknown>();
    if (this.#state === "resolved") {
      native.resolve((this.#outcome as Outcome<T>).result);
    } else if (this.#state === "rejected") {
      native.reject(this.#outcome);
    }
    this.#outcome = undefined;
    return native;
  }
}

// `instanceof Promise` holds, and `catch` and `finally` are those of every promise: they call `then`.
Object.setPrototypeOf(ObservedPromise.prototype, Promise.prototype);
