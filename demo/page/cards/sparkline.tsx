import { now } from "../data/clock.ts";
import type { Machine, Point } from "../data/machines.ts";
import { format } from "../format.ts";

const WIDTH = 240;
const HEIGHT = 40;
/** A page that has just been opened has less, and shows what it has over the whole width. */
const LONGEST_MS = 60_000;
const SHORTEST_MS = 10_000;
/** Between two points that are further apart nothing is known. */
const GAP_MS = 2_500;
/** A line that hardly moves is not drawn as if it did. */
const LEAST_RANGE = 2;

interface SparklineProps {
  readonly machine: Machine<unknown>;
  /** Of the fraction. */
  readonly digits: number;
}

/** The last minute, which ends now: a machine that is silent has nothing at its end. */
export function Sparkline({ machine, digits }: SparklineProps) {
  const end = now.value;
  const points = machine.trend.value.filter(({ at }) => at > end - LONGEST_MS);
  const span = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, end - (points[0]?.at ?? 0)));
  const values = points.map(({ value }) => value);
  const min = Math.min(...values);
  const max = Math.max(...values);
  return (
    <div class="sparkline">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={pathOf(points, end, span, min, max)} />
      </svg>
      <p class="sparkline-range">
        {points.length === 0
          ? nothingOf(machine)
          : `${wordsOf(span)}: ${format(min, digits)} to ${format(max, digits)}`}
      </p>
    </div>
  );
}

function nothingOf({ measuredAt }: Machine<unknown>): string {
  return measuredAt.value === undefined ? "nothing yet" : "nothing in the last minute";
}

function wordsOf(span: number): string {
  return span > LONGEST_MS - 1_000 ? "1 min" : `${Math.floor(span / 1_000)} s`;
}

function pathOf(points: readonly Point[], end: number, span: number, min: number, max: number): string {
  const range = Math.max(max - min, LEAST_RANGE);
  const bottom = (min + max - range) / 2;
  return points
    .map(({ at, value }, index) => {
      const before = points[index - 1];
      const isConnected = before !== undefined && at - before.at < GAP_MS;
      const x = WIDTH * (1 - (end - at) / span);
      const y = 2 + (HEIGHT - 4) * (1 - (value - bottom) / range);
      return `${isConnected ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}
