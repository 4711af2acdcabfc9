// A tight loop of publish() against servers that stall: `npm run chaos:memory`, or `-- --events 100000`.
import { parseArgs } from "node:util";
import { heapBound, type MemoryOptions, runMemory, syncBound } from "../../tests/support/chaos/memory.ts";

const { values } = parseArgs({ options: { events: { type: "string", default: "1000000" } } });
const events = Number(values.events);
const megabytes = (bytes: number): number => Math.round(bytes / 100_000) / 10;
const rows: Record<string, object> = {};
const findings: string[] = [];

for (const caching of ["cached", "uncached"] as const) {
  for (const [pace, maxHeap] of [
    ["yield", 48],
    ["sync", 6_000],
  ] as const) {
    for (const stall of ["answers nothing", "reads nothing"] as const) {
      await measure({ events, caching, pace, stall, maxHeap });
    }
  }
}
console.log(`${events} publish() calls; heap in MB, after a collection but for "peak"`);
console.table(rows);
for (const finding of findings) {
  console.log(`FAILED: ${finding}`);
}
process.exitCode = findings.length === 0 ? 0 : 1;

async function measure(options: MemoryOptions): Promise<void> {
  const name = `${options.caching}, ${options.pace}, ${options.stall}`;
  try {
    const figures = await runMemory(options);
    const bound = heapBound(figures);
    const settled = Object.values(figures.outcomes).reduce((sum, count) => sum + count, 0);
    rows[name] = {
      "max heap": options.maxHeap,
      before: megabytes(figures.before),
      peak: megabytes(figures.peak),
      after: megabytes(figures.after),
      "may grow by": megabytes(bound),
      end: megabytes(figures.end),
      "bytes a call at peak": Math.round((figures.peak - figures.before) / events),
      "peak RSS": megabytes(figures.peakRss),
      seconds: Math.round(figures.seconds * 10) / 10,
      outcomes: Object.entries(figures.outcomes)
        .map((each) => each.join(" "))
        .join(", "),
    };
    if (figures.after - figures.before > bound) {
      findings.push(`${name}: the heap grew beyond its bound`);
    }
    if (options.pace === "sync" && figures.peak - figures.before > syncBound(figures, events)) {
      findings.push(`${name}: the loop took more than its bound`);
    }
    if (settled !== events) {
      findings.push(`${name}: ${events - settled} promises never settled`);
    }
  } catch (error) {
    findings.push(`${name}: ${String(error)}`);
  }
}
