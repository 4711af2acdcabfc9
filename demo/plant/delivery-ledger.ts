// What the broker has got of the numbered events of the press.

/** Numbers from…to, both included. */
type Range = readonly [from: number, to: number];

/** Counts numbers that should come without gaps, in whatever order, and each any number of times. */
export class DeliveryLedger {
  #highest = 0;
  /** What is missing below the highest: ranges, so that a wild number takes no memory. */
  #gaps: readonly Range[] = [];

  /** A number has arrived. What is no number of a measurement is not counted. */
  add(number: unknown): void {
    if (!Number.isSafeInteger(number) || (number as number) < 1) {
      return;
    }
    const arrived = number as number;
    if (arrived > this.#highest) {
      if (arrived > this.#highest + 1) {
        this.#gaps = [...this.#gaps, [this.#highest + 1, arrived - 1]];
      }
      this.#highest = arrived;
      return;
    }
    if (this.#gaps.length > 0) {
      this.#gaps = this.#gaps.flatMap((range) => without(range, arrived));
    }
  }

  /** How many different ones have arrived. */
  get delivered(): number {
    return this.#highest - this.missing;
  }

  /** How many have not, although later ones have. */
  get missing(): number {
    return this.#gaps.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  }
}

function without([from, to]: Range, number: number): Range[] {
  if (number < from || number > to) {
    return [[from, to]];
  }
  const parts: Range[] = [
    [from, number - 1],
    [number + 1, to],
  ];
  return parts.filter(([first, last]) => first <= last);
}
