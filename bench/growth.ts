// `npm run bench:growth`: how costs grow with the number of events, bytes, clients and functions. Exit code 1 if anything grows
// faster than its work. Options: --quick (without the largest sizes, and once or twice), --only cache, --write (pictures, and their section of README.md)
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { drawChart } from "./growth/chart.ts";
import { leastOf, measureSeries } from "./growth/measure-series.ts";
import { type Picture, SERIES, type Series } from "./growth/plan.ts";
import { formatCount } from "./growth/quantity.ts";
import { formatSeries, isGrowingTooFast, type JudgedLine, judge } from "./growth/result.ts";
import { LIMIT } from "./growth/slope.ts";
import { describeMachine } from "./machine.ts";
import { replaceSection } from "./section.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    write: { type: "boolean", default: false },
    json: { type: "string", default: "reports/growth.json" },
  },
});
const PICTURES = new URL("growth/pictures/", import.meta.url);
const README = new URL("README.md", import.meta.url);

const asked = Object.entries(SERIES).filter(([name]) => values.only?.includes(name) ?? true);
if (values.write && (values.quick || asked.length < Object.keys(SERIES).length)) {
  throw new Error("--write is for the whole: without --quick and --only.");
}
const machine = describeMachine();
const results: { name: string; series: Series; lines: readonly JudgedLine[] }[] = [];
for (const [name, planned] of asked) {
  const series = values.quick
    ? { ...planned, sizes: planned.sizes.slice(0, -1), enough: planned.enough / 10 }
    : planned;
  const started = performance.now();
  const lines = await measure(series);
  const seconds = Math.round((performance.now() - started) / 1_000);
  results.push({ name, series, lines });
  console.log(`\n${series.title} (${seconds} s)\n\n${formatSeries(series, lines)}`);
}

const tooFast = results.flatMap(({ lines }) => lines.filter(isGrowingTooFast));
for (const { picture, line, growth } of tooFast) {
  console.log(
    `\n${picture.title}, ${line.title}: × ${growth.factor.toFixed(2)} from ${formatCount(growth.than)} to ${formatCount(growth.size)}, more than × ${LIMIT}.`,
  );
}
if (tooFast.length === 0) {
  console.log(`\nNothing grows faster than its work: nothing is above × ${LIMIT}.`);
}
process.exitCode = tooFast.length === 0 ? 0 : 1;

await mkdir("reports", { recursive: true });
await writeFile(values.json, `${JSON.stringify({ machine, limit: LIMIT, series: results }, undefined, 2)}\n`);
if (values.write) {
  await write();
}

/** What looks too steep is measured once more: a machine that was busy meanwhile is no growth. */
async function measure(series: Series): Promise<readonly JudgedLine[]> {
  const costs = await measureSeries(series);
  const lines = judge(series, costs);
  if (!lines.some(isGrowingTooFast)) {
    return lines;
  }
  console.error(`${series.title}: once more`);
  return judge(series, leastOf(costs, await measureSeries(series)));
}

async function write(): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  for (const { series, lines } of results) {
    for (const picture of series.pictures) {
      await writeFile(new URL(picture.file, PICTURES), draw(series, picture, lines));
    }
  }
  const sections = results.map(({ series, lines }) => {
    const pictures = series.pictures.map(({ file, title }) => `![${title}](growth/pictures/${file})`);
    return `### ${series.title}\n\n${pictures.join("\n")}\n\n${formatSeries(series, lines)}`;
  });
  const content = [`\`npm run bench:growth -- --write\`, ${machine}:`, ...sections].join("\n\n");
  await writeFile(README, replaceSection(await readFile(README, "utf8"), "growth", content));
}

function draw({ counts }: Series, picture: Picture, lines: readonly JudgedLine[]): string {
  const own = lines.filter((each) => each.picture === picture);
  return drawChart({
    title: picture.title,
    counts,
    unit: picture.unit,
    lines: own.map(({ line, points }) => ({ title: line.title, points })),
  });
}
