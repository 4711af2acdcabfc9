// `npm run bench:browser`: dist/index.global.js in a page of Chromium, beside a page with the bare WebSocket. Exit code 1 if a task of
// our page takes more than 50 ms, two times in a row. Options: --events 20000, --rounds 5, --seconds 10, --write (section of README.md)
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../tests/support/browser/chromium.ts";
import { serveSite } from "../tests/support/browser/site.ts";
import { BenchPage } from "./browser/bench-page.ts";
import { type Burst, formatBursts, formatSteady, isTooLong, type Steady } from "./browser/result.ts";
import { describeMachine } from "./machine.ts";
import { nextReport, startProgram } from "./pair.ts";
import { replaceSection } from "./section.ts";
import { spreadOf } from "./statistics.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "20000" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "10" },
    write: { type: "boolean", default: false },
    json: { type: "string", default: "reports/browser.json" },
  },
});
const README = new URL("README.md", import.meta.url);
const RATE = 1_000;
const SIDES = ["bare", "ours"] as const;
type SideName = (typeof SIDES)[number];

const executablePath = findChromium();
if (executablePath === undefined) {
  throw new Error("No Chromium: run npx tsx scripts/ensure-chromium.ts, or set CHROMIUM to its path.");
}
await using site = await serveSite({
  "/": new URL("browser/pages/", import.meta.url),
  "/dist/": new URL("../dist/", import.meta.url),
});
const sink = startProgram("sinks/msb.mjs", []);
const { url: msb = "" } = await nextReport(sink);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const version = browser.version();
const bursts = await measureBursts(browser);
const steady: Steady[] = [];
for (const callRate of [0, RATE]) {
  for (const side of SIDES) {
    const first = await measureSteady(browser, side, callRate);
    // A machine that was busy meanwhile makes every task longer: measured once more.
    steady.push(isTooLong(first) ? await measureSteady(browser, side, callRate) : first);
  }
}
await browser.close();
sink.kill();

const machine = `Chromium ${version}, ${describeMachine()}`;
const result = `${formatBursts(bursts)}\n\n${formatSteady(steady)}`;
console.log(`\n${machine}\n\n${result}`);
process.exitCode = steady.some(isTooLong) ? 1 : 0;
await mkdir("reports", { recursive: true });
await writeFile(values.json, `${JSON.stringify({ machine, bursts, steady }, undefined, 2)}\n`);
if (values.write) {
  const content = `\`npm run bench:browser -- --write\`, ${machine}:\n\n${result}`;
  await writeFile(README, replaceSection(await readFile(README, "utf8"), "browser", content));
}

async function measureBursts(browser: Browser): Promise<readonly Burst[]> {
  const events = Number(values.events);
  const runs: Record<SideName, { rate: number; cpu: number }[]> = { bare: [], ours: [] };
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const side of SIDES) {
      const page = await BenchPage.open(browser, `${site.url}/${side}.html`, msb);
      await page.burst(events / 2);
      runs[side].push(await page.burst(events));
      await page.close();
    }
  }
  return SIDES.map((side) => ({
    side,
    rate: spreadOf(runs[side].map(({ rate }) => rate)),
    cpu: spreadOf(runs[side].map(({ cpu }) => cpu)),
  }));
}

async function measureSteady(browser: Browser, side: SideName, callRate: number): Promise<Steady> {
  const seconds = Number(values.seconds);
  const page = await BenchPage.open(browser, `${site.url}/${side}.html`, msb);
  // Not what happens only once in the life of a page.
  await page.steady(RATE, 1);
  const calls = setInterval(() => callRate > 0 && sink.send({ calls: callRate / 100 }), 10);
  const measured = await page.steady(RATE, seconds);
  clearInterval(calls);
  const came = await page.calls();
  // Timers of a busy machine fire late.
  if (came < (callRate * seconds) / 2) {
    throw new Error(`Only ${came} calls came to the page of ${side}.`);
  }
  await page.close();
  const load = `${RATE} events/s${callRate > 0 ? `, ${callRate} calls/s` : ""}, ${seconds} s`;
  return { side, load, ...measured };
}
