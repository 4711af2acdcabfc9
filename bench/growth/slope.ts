/** What one unit of a work costs at one size of it. */
export interface Point {
  readonly size: number;
  readonly cost: number;
}

/** How the cost of one unit grows with the work. */
export interface Growth {
  /** The largest size, and the one that it is compared with. */
  readonly size: number;
  readonly than: number;
  /** How many times as much one unit costs when there are ten times as many: 1 if the whole is linear, 10 if it is quadratic. */
  readonly factor: number;
  readonly isLinear: boolean;
}

/**
 * More than this for ten times the work is more than linear. What is linear was at 1.25 at most; a search through a list for each of
 * 10,000 things, at 1.9.
 */
export const LIMIT = 1.75;

/** Compares the largest size with a tenth of it: smaller ones would hide where a curve begins to rise. */
export function growthOf(points: readonly Point[], limit = LIMIT): Growth {
  const sorted = [...points].sort((a, b) => a.size - b.size);
  const largest = sorted.at(-1);
  if (largest === undefined || sorted.length < 2) {
    throw new Error("Growth needs two sizes at least.");
  }
  const distance = ({ size }: Point): number => Math.abs(Math.log10((size * 10) / largest.size));
  const [tenth] = sorted.slice(0, -1).sort((a, b) => distance(a) - distance(b)) as [Point];
  const decades = Math.log10(largest.size / tenth.size);
  const factor = (largest.cost / tenth.cost) ** (1 / decades);
  return { size: largest.size, than: tenth.size, factor, isLinear: factor <= limit };
}
