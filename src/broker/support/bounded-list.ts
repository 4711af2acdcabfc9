import Denque from "denque";

interface Item<T> {
  readonly value: T;
  readonly size: number;
}

/** First in, first out, bounded in number and in size: when it is full, the oldest go. */
export class BoundedList<T> {
  readonly #maxItems: number;
  readonly #maxSize: number;
  // Not an array: its shift moves all the others.
  readonly #items = new Denque<Item<T>>();
  #size = 0;

  /**
   * @param maxItems how many items are kept.
   * @param maxSize the sum of the items' sizes that is kept, so that few huge items do not fill the memory either.
   */
  constructor(maxItems: number, maxSize: number) {
    this.#maxItems = maxItems;
    this.#maxSize = maxSize;
  }

  get length(): number {
    return this.#items.length;
  }

  /** The sum of the items' sizes. */
  get size(): number {
    return this.#size;
  }

  /** Adds an item at the end, and returns how many of the oldest had to go for it. @param onDropped hears of each of them. */
  push(value: T, size: number, onDropped?: (value: T) => void): number {
    this.#items.push({ value, size });
    this.#size += size;
    let dropped = 0;
    while (this.#items.length > this.#maxItems || (this.#size > this.#maxSize && this.#items.length > 1)) {
      const oldest = this.shift();
      dropped += 1;
      if (oldest !== undefined) {
        onDropped?.(oldest);
      }
    }
    return dropped;
  }

  /** Takes the oldest. */
  shift(): T | undefined {
    const item = this.#items.shift();
    this.#size -= item?.size ?? 0;
    return item?.value;
  }

  /** The oldest, which stays. */
  first(): T | undefined {
    return this.#items.peekFront()?.value;
  }

  /** A copy, oldest first. */
  values(): T[] {
    return this.#items.toArray().map(({ value }) => value);
  }

  clear(): void {
    this.#items.clear();
    this.#size = 0;
  }
}
