/** Of each work what ours takes next to bare `ws`. */
export type Ratios = Readonly<Record<string, number>>;

/** How many times the figure that is committed is a regression. A machine that is shared has two speeds: bare `ws` alone took 4 µs or 9. */
export const FACTOR = 3;

/** One work beside its figure. */
export interface Verdict {
  readonly work: string;
  readonly ratio: number;
  /** The figure that is committed; `undefined` if the work has none. */
  readonly figure: number | undefined;
  readonly isRegression: boolean;
}

export function judgeRatios(ratios: Ratios, figures: Ratios): readonly Verdict[] {
  return Object.entries(ratios).map(([work, ratio]) => {
    const figure = figures[work];
    // What cannot be compared does not pass.
    const isRegression = figure === undefined || !(ratio <= figure * FACTOR);
    return { work, ratio, figure, isRegression };
  });
}

export interface CheckOptions {
  readonly works: readonly string[];
  readonly figures: Ratios;
  measure(works: readonly string[]): Promise<Ratios>;
}

/** Measures, and measures once more what is beyond its limit: then the smaller ratio counts. */
export async function check({ works, figures, measure }: CheckOptions): Promise<readonly Verdict[]> {
  const first = await measure(works);
  const suspects = judgeRatios(first, figures).filter(({ isRegression }) => isRegression);
  // Another measurement gives no figure to those that have none.
  const again = suspects.filter(({ figure }) => figure !== undefined).map(({ work }) => work);
  const second = again.length === 0 ? {} : await measure(again);
  const least = Object.entries(first).map(
    ([work, ratio]) => [work, Math.min(ratio, second[work] ?? ratio)] as const,
  );
  return judgeRatios(Object.fromEntries(least), figures);
}

export function describeVerdict({ work, ratio, figure, isRegression }: Verdict): string {
  if (figure === undefined) {
    return `${work}: ${ratio.toFixed(2)}, and no figure to compare it with. npm run bench:check -- --write adds it.`;
  }
  const line = `${work}: ${ratio.toFixed(2)}, was ${figure.toFixed(2)}, may be ${(figure * FACTOR).toFixed(2)}`;
  return isRegression ? `${line}: too much` : line;
}
