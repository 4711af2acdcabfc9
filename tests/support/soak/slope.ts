export interface Sample {
  readonly seconds: number;
  readonly bytes: number;
}

/** By how many megabytes an hour the samples grow: the line with the least squares. */
export function slopeOf(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanTime = mean(samples.map(({ seconds }) => seconds));
  const meanBytes = mean(samples.map(({ bytes }) => bytes));
  let products = 0;
  let squares = 0;
  for (const { seconds, bytes } of samples) {
    products += (seconds - meanTime) * (bytes - meanBytes);
    squares += (seconds - meanTime) ** 2;
  }
  return squares === 0 ? 0 : ((products / squares) * 3_600) / 1_000_000;
}
