import { IDLE, type SideName, WORKS, type Work, type WorkName } from "./plan.ts";
import type { Row, Spread } from "./statistics.ts";

const HEAD = ["work", "side", "events/s", "CPU µs/event", "rate, to bare ws", "CPU, to bare ws", "goal"];

/** The result as a table in Markdown. */
export function formatTable(rows: readonly Row[], idle: Readonly<Record<string, number>>): string {
  const lines = rows.map(({ work, title, side, rate, cpu, rateRatio, cpuRatio }) => {
    const { goals }: Work = WORKS[work as WorkName];
    const goal = goals[side as SideName];
    return [
      title,
      side,
      withSpread(rate, (value) => `${(value / 1_000).toFixed(1)} k`),
      withSpread(cpu, (value) => value.toFixed(1)),
      rateRatio.toFixed(2),
      cpuRatio.toFixed(2),
      goal === undefined ? "" : `≥ ${goal.rate}, ≤ ${goal.cpu}`,
    ];
  });
  const heaps = Object.entries(idle).map(([side, heap]) => [
    "idle clients: heap of each",
    side,
    "",
    `${(heap / 1_000).toFixed(1)} kB`,
    "",
    (heap / (idle["bare"] ?? Number.NaN)).toFixed(2),
    side === "ours" ? `≤ ${IDLE.goal}` : "",
  ]);
  return [HEAD, HEAD.map(() => "---"), ...lines, ...heaps]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function withSpread({ median, least, most }: Spread, format: (value: number) => string): string {
  return `${format(median)} (${format(least)}–${format(most)})`;
}
