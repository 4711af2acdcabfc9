import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { relative } from "node:path";

/*
 * `npm run coverage`: runs the tests with vitest.coverage.config.ts, and sums up for each room of src what they reach. The figures
 * are printed if a test fails, too; the exit code is that of vitest.
 */

const SUMMARY = "reports/coverage/coverage-summary.json";

rmSync(SUMMARY, { force: true });
const vitest = [
  "node_modules/vitest/vitest.mjs",
  "run",
  "--config",
  "vitest.coverage.config.ts",
  ...process.argv.slice(2),
];
process.exitCode = spawnSync(process.execPath, vitest, { stdio: "inherit" }).status ?? 1;
if (!existsSync(SUMMARY)) {
  process.exit();
}

const MEASURES = ["lines", "branches", "functions"] as const;

type Counts = Record<(typeof MEASURES)[number], { readonly total: number; readonly covered: number }>;

const summary = JSON.parse(readFileSync(SUMMARY, "utf8")) as Record<string, Counts>;

/** `src/broker/flows/flow.ts` is in the room `broker/flows`; what lies in `src` itself is in `.`. */
function roomOf(path: string): string {
  return relative("src", path).split("/").slice(0, -1).slice(0, 2).join("/") || ".";
}

function percent(files: readonly Counts[], measure: (typeof MEASURES)[number]): string {
  const sum = (key: "total" | "covered"): number => files.reduce((all, file) => all + file[measure][key], 0);
  const total = sum("total");
  return total === 0 ? "–" : ((100 * sum("covered")) / total).toFixed(1);
}

function row(name: string, files: readonly Counts[]): string[] {
  return [name, String(files.length), ...MEASURES.map((measure) => percent(files, measure))];
}

const files = Object.entries(summary)
  .filter(([path, counts]) => path !== "total" && counts.lines.total > 0)
  .map(([path, counts]) => ({ room: roomOf(path), counts }));
const rooms = [...new Set(files.map(({ room }) => room))].sort();
const table = [
  ["room", "files", ...MEASURES],
  ...rooms.map((room) =>
    row(
      room,
      files.filter((file) => file.room === room).map(({ counts }) => counts),
    ),
  ),
  row(
    "all",
    files.map(({ counts }) => counts),
  ),
];
for (const [name = "", ...figures] of table) {
  console.log(name.padEnd(28) + figures.map((figure) => figure.padStart(10)).join(""));
}
