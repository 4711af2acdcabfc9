import { markdownTable } from "../markdown-table.ts";
import type { Spread } from "../statistics.ts";

/** Milliseconds that a task of a page's main thread may take: more is felt. */
export const LONGEST_TASK = 50;

export interface Burst {
  readonly side: string;
  /** Events per second. */
  readonly rate: Spread;
  /** Microseconds of CPU of the main thread for each event. */
  readonly cpu: Spread;
}

export interface Steady {
  readonly side: string;
  readonly load: string;
  /** Milliseconds; 0 if there was none above 50, of which alone the browser tells. */
  readonly longestTask: number;
  /** Milliseconds between two frames; 16.7 is what there is on a page at rest. */
  readonly longestGap: number;
  /** Part of the time in which the main thread had something to do. */
  readonly busy: number;
}

export function isTooLong({ side, longestTask }: Steady): boolean {
  return side === "ours" && longestTask > LONGEST_TASK;
}

export function formatBursts(bursts: readonly Burst[]): string {
  const [bare] = bursts;
  return markdownTable(
    ["burst of int events", "events/s", "CPU of the main thread, µs/event", "rate, to bare", "CPU, to bare"],
    bursts.map(({ side, rate, cpu }) => [
      side,
      `${(rate.median / 1_000).toFixed(1)} k (${(rate.least / 1_000).toFixed(1)}–${(rate.most / 1_000).toFixed(1)} k)`,
      `${cpu.median.toFixed(1)} (${cpu.least.toFixed(1)}–${cpu.most.toFixed(1)})`,
      (rate.median / (bare?.rate.median ?? Number.NaN)).toFixed(2),
      (cpu.median / (bare?.cpu.median ?? Number.NaN)).toFixed(2),
    ]),
  );
}

export function formatSteady(rows: readonly Steady[]): string {
  return markdownTable(
    ["load", "side", "longest task", "longest gap between frames", "main thread busy"],
    rows.map((row) => [
      row.load,
      row.side,
      row.longestTask === 0 ? `none above ${LONGEST_TASK} ms` : describeTask(row),
      `${row.longestGap.toFixed(1)} ms`,
      `${(row.busy * 100).toFixed(1)} %`,
    ]),
  );
}

function describeTask(row: Steady): string {
  const duration = `${row.longestTask.toFixed(0)} ms`;
  return isTooLong(row) ? `**${duration}**` : duration;
}
