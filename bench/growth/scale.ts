/** A logarithmic axis: where values stand, and which of them have a line. */
export interface Scale {
  readonly ticks: readonly number[];
  /** From 0 to 1. */
  at(value: number): number;
}

/** Whole decades around the values, at least `decades` of them, so that a flat line looks flat. */
export function logScale(values: readonly number[], decades = 1): Scale {
  const known = values.filter((value) => value > 0);
  let low = Math.floor(Math.log10(Math.min(...known)) + 1e-9);
  let high = Math.ceil(Math.log10(Math.max(...known)) - 1e-9);
  for (let below = true; high - low < decades; below = !below) {
    if (below) {
      low -= 1;
    } else {
      high += 1;
    }
  }
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
    at: (value) => (Math.log10(value) - low) / (high - low),
  };
}
