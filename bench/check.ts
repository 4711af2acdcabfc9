// `npm run bench:check`: what this client takes next to bare `ws`, in short. Exit code 1 if it is three times the figure that is committed,
// two times in a row. Options: --write (measures the figures anew)
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { check, describeVerdict, type Ratios } from "./check/judge.ts";
import { measureRatios, RATIOS } from "./check/ratios.ts";

const FIGURES = new URL("check/figures.json", import.meta.url);
const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });

if (values.write) {
  const ratios = await measureRatios(RATIOS);
  const rounded = Object.entries(ratios).map(([work, ratio]) => [work, Number(ratio.toFixed(2))] as const);
  await writeFile(FIGURES, `${JSON.stringify(Object.fromEntries(rounded), undefined, 2)}\n`);
  console.log(rounded.map(([work, ratio]) => `${work}: ${ratio}`).join("\n"));
} else {
  const figures = JSON.parse(await readFile(FIGURES, "utf8")) as Ratios;
  const verdicts = await check({ works: RATIOS, figures, measure: measureRatios });
  console.log(["What ours takes next to bare ws:", ...verdicts.map(describeVerdict)].join("\n"));
  process.exitCode = verdicts.some(({ isRegression }) => isRegression) ? 1 : 0;
}
