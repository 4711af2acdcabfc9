import Queue from "yocto-queue";
import type { Deferred } from "../../support/deferred.ts";
import { withResolvers } from "../../support/deferred.ts";
import type { MsbError } from "../../support/errors.ts";

interface StreamOptions {
  /** How many values it keeps for its reader. */
  readonly bufferSize: number;
  /** The reader is too slow: the first value is dropped since it was up to date. */
  readonly onDrop: () => void;
  /** Nobody reads any more. */
  readonly onEnd: () => void;
}

/**
 * The values of an event, for `for await`. Up to `bufferSize` values wait for their reader; then the oldest is
 * dropped, `dropped` counts it, and the client reports `EVENT_DROPPED` once until the reader is up to date again.
 */
export class ValueStream<Value> implements AsyncIterableIterator<Value> {
  readonly #options: StreamOptions;
  readonly #values = new Queue<Value>();
  readonly #readers = new Queue<Deferred<IteratorResult<Value, undefined>>>();
  #dropped = 0;
  #isBehind = false;
  #isEnded = false;
  #error: MsbError | undefined;

  /** @internal Streams are made by `machine.events()`. */
  constructor(options: StreamOptions) {
    this.#options = options;
  }

  /** How many values were dropped because nobody took them. */
  get dropped(): number {
    return this.#dropped;
  }

  /** @internal */
  push(value: Value): void {
    // A listener that was told before has ended it.
    if (this.#isEnded) {
      return;
    }
    const reader = this.#readers.dequeue();
    if (reader !== undefined) {
      return reader.resolve({ done: false, value });
    }
    this.#values.enqueue(value);
    if (this.#values.size > this.#options.bufferSize) {
      this.#values.dequeue();
      this.#dropped += 1;
      if (!this.#isBehind) {
        this.#isBehind = true;
        this.#options.onDrop();
      }
    }
  }

  /** @internal What waits is read first. @param error is thrown to the reader then */
  end(error?: MsbError): void {
    if (this.#isEnded) {
      return;
    }
    this.#isEnded = true;
    this.#error = error;
    this.#options.onEnd();
    for (let reader = this.#readers.dequeue(); reader !== undefined; reader = this.#readers.dequeue()) {
      this.#finish(reader);
    }
  }

  /**
   * The next value; one call after the other, as `for await` does it, or several at a time. Rejects with the error that ended
   * the client.
   * @example
   * const { value: first } = await machine.events("MEASURED").next();
   * console.log(first?.celsius);
   */
  next(): Promise<IteratorResult<Value, undefined>> {
    const reader = withResolvers<IteratorResult<Value, undefined>>();
    if (this.#values.size > 0) {
      reader.resolve({ done: false, value: this.#values.dequeue() as Value });
      this.#isBehind &&= this.#values.size > 0;
    } else if (this.#isEnded) {
      this.#finish(reader);
    } else {
      this.#readers.enqueue(reader);
    }
    return reader.promise;
  }

  /**
   * Ends it, and forgets what waits; `break` in a `for await` does so, too.
   * @example
   * const readings = machine.events("MEASURED");
   * setTimeout(() => void readings.return(), 60_000);
   * for await (const { celsius } of readings) {
   *   console.log(celsius); // for a minute
   * }
   */
  return(): Promise<IteratorResult<Value, undefined>> {
    this.end();
    this.#values.clear();
    this.#error = undefined;
    return Promise.resolve({ done: true, value: undefined });
  }

  /**
   * @example
   * const readings = machine.events("MEASURED");
   * for await (const { celsius } of readings) {
   *   console.log(celsius, readings.dropped);
   * }
   */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** An error is told once. */
  #finish(reader: Deferred<IteratorResult<Value, undefined>>): void {
    const error = this.#error;
    this.#error = undefined;
    if (error === undefined) {
      reader.resolve({ done: true, value: undefined });
    } else {
      reader.reject(error);
    }
  }
}
