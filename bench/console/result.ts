import { markdownTable } from "../markdown-table.ts";
import { spreadOf } from "../statistics.ts";

/** What one view took. */
export interface ViewFigures {
  /** Milliseconds between two frames. */
  readonly gaps: readonly number[];
  /** Milliseconds of each task of more than 50. */
  readonly tasks: readonly number[];
  /** Part of the time in which the main thread had something to do. */
  readonly busy: number;
  /** Bytes, after a collection of garbage. */
  readonly heapBefore: number;
  readonly heapAfter: number;
}

export interface Watched extends ViewFigures {
  readonly view: string;
  readonly side: string;
  /** Messages a second through the broker meanwhile, in and out. */
  readonly messages: number;
}

export interface Clicked {
  readonly side: string;
  /** Milliseconds. */
  readonly delays: readonly number[];
}

/** How much longer frames may take than in the other checkout: on a busy machine they differ from run to run. */
const TOLERANCE = 1.25;
const HEAD = [
  "view",
  "side",
  "messages/s",
  "frame p50",
  "p95",
  "longest",
  "tasks > 50 ms",
  "main thread busy",
  "heap, MB",
];

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Views of `ours` whose frames take longer than those of the other checkout. */
export function slowerViews(watched: readonly Watched[], ours: string): readonly string[] {
  return watched
    .filter(({ side }) => side === ours)
    .filter((own) => {
      const other = watched.find(({ side, view }) => side !== ours && view === own.view);
      return other !== undefined && percentile(own.gaps, 0.95) > TOLERANCE * percentile(other.gaps, 0.95);
    })
    .map(({ view }) => view);
}

/** Beside each figure of `ours` stands its ratio to the other checkout, if there is one. */
export function formatViews(watched: readonly Watched[], ours: string): string {
  return markdownTable(
    HEAD,
    watched.map((row) => {
      const other = watched.find(({ side, view }) => row.side === ours && side !== ours && view === row.view);
      const [p95, busy] = [percentile(row.gaps, 0.95), row.busy];
      return [
        row.view,
        row.side,
        Math.round(row.messages).toLocaleString("en"),
        milliseconds(percentile(row.gaps, 0.5)),
        `${milliseconds(p95)}${ratio(p95, other && percentile(other.gaps, 0.95))}`,
        milliseconds(percentile(row.gaps, 1)),
        row.tasks.length === 0
          ? "none"
          : `${row.tasks.length}, up to ${milliseconds(Math.max(...row.tasks))}`,
        `${(busy * 100).toFixed(1)} %${ratio(busy, other?.busy)}`,
        `${megabytes(row.heapBefore)} → ${megabytes(row.heapAfter)}`,
      ];
    }),
  );
}

export function formatClicks(clicked: readonly Clicked[]): string {
  return markdownTable(
    ["from a click to the service", "clicks", "median", "least", "most"],
    clicked.map(({ side, delays }) => {
      const { median, least, most } = spreadOf(delays);
      return [side, String(delays.length), milliseconds(median), milliseconds(least), milliseconds(most)];
    }),
  );
}

function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function ratio(value: number, other: number | undefined): string {
  return other === undefined ? "" : ` (× ${(value / other).toFixed(2)})`;
}
