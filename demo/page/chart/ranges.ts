/** From the lowest to the highest value of an axis. */
export type Range = readonly [low: number, high: number];

/** How far from the temperatures the limit may be and still be in the picture: further away it would make a flat line of them. */
const LIMIT_REACH = 40;
const STEP = 5;
/** Noise of half a degree should not look like news. */
const SMALLEST = 10;

/** Whole steps around all values, so that the axis stands still while they move a little. */
export function temperatureRange(values: Float64Array, limit: number | undefined): Range {
  const extremes = extremesOf(values);
  if (extremes === undefined) {
    return limit === undefined ? [20, 60] : around(limit - SMALLEST, limit);
  }
  const [low, high] = extremes;
  const isNear = limit !== undefined && limit > low - LIMIT_REACH && limit < high + LIMIT_REACH;
  return isNear ? around(Math.min(low, limit), Math.max(high, limit)) : around(low, high);
}

/** From 0, with the highest value below the top of the axis. */
export function rangeFromZero(values: Float64Array, least: number): Range {
  const [, high] = extremesOf(values) ?? [0, 0];
  const step = high > 200 ? 50 : 20;
  return [0, Math.max(least, Math.ceil((high + step / 4) / step) * step)];
}

/** At least half a step of air on both sides. */
function around(low: number, high: number): Range {
  let bottom = Math.floor((low - STEP / 2) / STEP) * STEP;
  let top = Math.ceil((high + STEP / 2) / STEP) * STEP;
  for (let side = 0; top - bottom < SMALLEST; side++) {
    if (side % 2 === 0) {
      top += STEP;
    } else {
      bottom -= STEP;
    }
  }
  return [bottom, top];
}

export function extremesOf(values: Float64Array): Range | undefined {
  if (values.length === 0) {
    return undefined;
  }
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
