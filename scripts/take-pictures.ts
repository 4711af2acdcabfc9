// `npm run docs:pictures`: the pictures of README and documents, taken from a real Chromium. `-- --only first-minute` takes some of them.
import { parseArgs } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../tests/support/browser/chromium.ts";
import { picturesOfFirstMinute } from "./pictures/first-minute.ts";
import { pictureOfReadme } from "./pictures/readme.ts";
import { picturesOfTutorial } from "./pictures/tutorial.ts";

const TAKEN: Readonly<Record<string, (browser: Browser) => Promise<void>>> = {
  readme: pictureOfReadme,
  tutorial: picturesOfTutorial,
  "first-minute": picturesOfFirstMinute,
};

const { only = Object.keys(TAKEN) } = parseArgs({
  options: { only: { type: "string", multiple: true } },
}).values;
const unknown = only.filter((name) => TAKEN[name] === undefined);
if (unknown.length > 0) {
  throw new Error(`--only: must be one of ${Object.keys(TAKEN).join(", ")}, not ${unknown.join(", ")}`);
}
const executablePath = findChromium();
if (executablePath === undefined) {
  throw new Error("No Chromium: run npx tsx scripts/ensure-chromium.ts");
}
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  // One after the other: what is seen in the pictures happens while the computer has time for it.
  for (const name of only) {
    await TAKEN[name]?.(browser);
  }
} finally {
  await browser.close();
}
