import { type History, nearest, type Samples } from "./history.ts";
import { type Range, rangeFromZero, temperatureRange } from "./ranges.ts";
import type { RightAxis } from "./record.ts";
import {
  gaps,
  type LateSpan,
  LONGEST_STEP,
  lateSpans,
  type Span,
  type SpeedChange,
  speedChanges,
} from "./spans.ts";

/** How long a part that was filled afterwards is marked. */
const MARKED_FOR = 8000;

/** Everything of one moment that is drawn. */
export interface Picture {
  readonly from: number;
  readonly to: number;
  readonly samples: Samples;
  readonly rightAxis: RightAxis;
  readonly limit: number | undefined;
  readonly ranges: { readonly temperature: Range; readonly right: Range };
  /** Before anything was recorded, and before the first measurement; `undefined` if that is not in the picture. */
  readonly unrecorded: Span | undefined;
  readonly gaps: readonly Span[];
  /** Filled afterwards a moment ago. */
  readonly filled: readonly LateSpan[];
  readonly speedChanges: readonly SpeedChange[];
}

export function pictureOf(
  history: History,
  now: number,
  length: number,
  rightAxis: RightAxis,
  limit: number | undefined,
  recordedSince = 0,
): Picture {
  const from = now - length;
  const samples = history.between(from, now);
  const right = samples[rightAxis];
  const recordedFrom = Math.min(recordedSince, samples.at[0] ?? recordedSince);
  return {
    from,
    to: now,
    samples,
    rightAxis,
    limit,
    ranges: {
      temperature: temperatureRange(samples.temperature, limit),
      right: rangeFromZero(right, rightAxis === "speed" ? 120 : 100),
    },
    unrecorded: recordedFrom > from ? { from, to: recordedFrom } : undefined,
    gaps: gaps(samples.at, now),
    filled: lateSpans(samples).filter(({ filledAt }) => now - filledAt < MARKED_FOR),
    speedChanges: speedChanges(samples),
  };
}

/** What is said about a moment. */
export interface Reading {
  readonly at: number;
  /** `undefined` in a gap. */
  readonly values:
    | { readonly temperature: number; readonly speed: number; readonly force: number; readonly delay: number }
    | undefined;
}

export function readingAt({ samples }: Picture, time: number): Reading {
  const index = nearest(samples.at, time);
  const at = samples.at[index];
  if (at === undefined || Math.abs(at - time) > LONGEST_STEP) {
    return { at: time, values: undefined };
  }
  return {
    at,
    values: {
      temperature: samples.temperature[index] as number,
      speed: samples.speed[index] as number,
      force: samples.force[index] as number,
      delay: samples.delay[index] as number,
    },
  };
}
