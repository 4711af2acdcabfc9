/** Whole numbers from `first` to `last`, both included. */
export interface KeyRange {
  readonly first: number;
  readonly last: number;
}

/** A set of whole numbers, kept as the ranges that it is made of: a million keys in a row cost as much as one. */
export class KeyRanges {
  #ranges: KeyRange[];

  constructor(ranges: readonly KeyRange[] = []) {
    this.#ranges = [...ranges];
  }

  /** In their order; no two of them touch. */
  get ranges(): readonly KeyRange[] {
    return this.#ranges;
  }

  copy(): KeyRanges {
    return new KeyRanges(this.#ranges);
  }

  add(range: KeyRange): void {
    if (range.first > range.last) {
      return;
    }
    const start = this.#indexFrom(range.first - 1);
    let { first, last } = range;
    let end = start;
    for (
      let next = this.#ranges[end];
      next !== undefined && next.first <= last + 1;
      next = this.#ranges[end]
    ) {
      first = Math.min(first, next.first);
      last = Math.max(last, next.last);
      end += 1;
    }
    const [only] = this.#ranges.slice(start, end);
    // The same object if nothing changes, so that it is not written again.
    if (end === start + 1 && only?.first === first && only.last === last) {
      return;
    }
    this.#ranges.splice(start, end - start, { first, last });
  }

  remove(key: number): void {
    const index = this.#indexFrom(key);
    const range = this.#ranges[index];
    if (range === undefined || range.first > key) {
      return;
    }
    const parts = [
      { first: range.first, last: key - 1 },
      { first: key + 1, last: range.last },
    ];
    this.#ranges.splice(index, 1, ...parts.filter(({ first, last }) => first <= last));
  }

  /** Removes everything up to a key that there is, without a break, from `first` on; returns the first that there is not. */
  removeFront(first: number): number {
    let front = first;
    let count = 0;
    for (let next = this.#ranges[0]; next !== undefined && next.first <= front; next = this.#ranges[count]) {
      front = Math.max(front, next.last + 1);
      count += 1;
    }
    this.#ranges.splice(0, count);
    return front;
  }

  /** The parts of a range that are not in the set. */
  missingIn({ first, last }: KeyRange): readonly KeyRange[] {
    const missing: KeyRange[] = [];
    let next = first;
    for (let index = this.#indexFrom(first); next <= last; index += 1) {
      const range = this.#ranges[index] ?? { first: last + 1, last };
      if (next < range.first) {
        missing.push({ first: next, last: Math.min(last, range.first - 1) });
      }
      next = range.last + 1;
      if (range.first > last) {
        break;
      }
    }
    return missing;
  }

  /** Where the first range stands that does not end before a key. */
  #indexFrom(key: number): number {
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ranges[middle]?.last ?? key) < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
