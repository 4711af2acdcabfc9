// What a line of measurements does not say by itself: where it has gaps, where it came late, and where the speed changed.
import type { Samples } from "./history.ts";

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Measurements come four times a second. A line over a longer time would claim what nobody has measured. */
export const LONGEST_STEP = 1500;

/** From this delay on a measurement is one that was kept and sent later. */
const LATE = 1500;

/** Between measurements, and from the newest to `to`. Before the first nothing is known, so there is no gap. */
export function gaps(at: Float64Array, to: number): Span[] {
  const found: Span[] = [];
  for (let index = 1; index <= at.length; index++) {
    const from = at[index - 1] as number;
    const next = at[index] ?? to;
    if (next - from > LONGEST_STEP) {
      found.push({ from, to: next });
    }
  }
  return found;
}

export interface LateSpan extends Span {
  /** Measurements in it. */
  readonly count: number;
  /** When the last of them came. */
  readonly filledAt: number;
}

/** Parts that came later than they were measured: where a gap was. */
export function lateSpans({ at, delay }: Pick<Samples, "at" | "delay">): LateSpan[] {
  const found: LateSpan[] = [];
  let span: { from: number; to: number; count: number; filledAt: number } | undefined;
  for (let index = 0; index < at.length; index++) {
    const time = at[index] as number;
    const late = delay[index] as number;
    if (late <= LATE) {
      span = undefined;
    } else if (span === undefined || time - span.to > LONGEST_STEP) {
      span = { from: time, to: time, count: 1, filledAt: time + late };
      found.push(span);
    } else {
      span.to = time;
      span.count++;
      span.filledAt = Math.max(span.filledAt, time + late);
    }
  }
  return found;
}

export interface SpeedChange {
  readonly at: number;
  readonly speed: number;
}

/** At the first measurement with the other speed. */
export function speedChanges({ at, speed }: Pick<Samples, "at" | "speed">): SpeedChange[] {
  const found: SpeedChange[] = [];
  for (let index = 1; index < at.length; index++) {
    if (speed[index] !== speed[index - 1]) {
      found.push({ at: at[index] as number, speed: speed[index] as number });
    }
  }
  return found;
}
