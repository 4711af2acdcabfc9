/** Of the runs of one side: the middle one, and how far apart they are. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return { median, least: at(0), most: at(sorted.length - 1) };
}

/** What one side made of one work. */
export interface Row {
  readonly work: string;
  readonly title: string;
  readonly side: string;
  readonly rate: Spread;
  readonly cpu: Spread;
  /** To bare `ws`: medians of the same run. */
  readonly rateRatio: number;
  readonly cpuRatio: number;
}
