// `npm run bench:console`: the broker's page in Chromium while 1,000 services exchange 6,000 messages a second, view by view.
// With `--at COMMIT` (or a folder that has been built) that console is measured in turn with ours: exit code 1 if frames of ours take
// longer. Options: --services 1000 --messages 6000 --seconds 30 --warm-up 30 --clicks 12 --at …, --write (section of README.md)
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { launchChromium } from "../tests/support/browser/launch.ts";
import { openCheckout, ownCheckout } from "./console/checkout.ts";
import { type Clicked, formatClicks, formatViews, slowerViews, type Watched } from "./console/result.ts";
import { Side } from "./console/side.ts";
import { VIEWS } from "./console/views.ts";
import { describeMachine } from "./machine.ts";
import { replaceSection } from "./section.ts";

const { values } = parseArgs({
  options: {
    services: { type: "string", default: "1000" },
    messages: { type: "string", default: "6000" },
    seconds: { type: "string", default: "30" },
    "warm-up": { type: "string", default: "30" },
    clicks: { type: "string", default: "12" },
    at: { type: "string" },
    write: { type: "boolean", default: false },
    json: { type: "string", default: "reports/console.json" },
  },
});
const README = new URL("README.md", import.meta.url);
const load = { services: Number(values.services), messages: Number(values.messages) };
const [seconds, warmUp, clicks] = [values.seconds, values["warm-up"], values.clicks].map(Number) as [
  number,
  number,
  number,
];

using own = ownCheckout();
using other = values.at === undefined ? undefined : openCheckout(values.at);
const watched: Watched[] = [];
const clicked: Clicked[] = [];
const browser = await launchChromium();
const version = browser.version();
const sides: Side[] = [];
try {
  for (const checkout of other === undefined ? [own] : [other, own]) {
    const side = await Side.start(checkout, load, browser);
    sides.push(side);
    console.log(`${side.name}: ${load.services} services are registered`);
    await side.warmUp(load, warmUp);
  }
  for (const view of VIEWS) {
    for (const side of sides) {
      // A filter begins the trace anew: as long until it is full.
      watched.push(await side.watch(view, load, seconds, view.prepare && warmUp));
      console.log(`${side.name}: ${view.title}`);
    }
  }
  for (const side of sides) {
    clicked.push(await side.click(load, clicks));
  }
} finally {
  for (const side of sides) {
    side.stop();
  }
  await browser.close();
}

const machine = `Chromium ${version}, ${describeMachine()}`;
const result = `${formatViews(watched, own.name)}\n\n${formatClicks(clicked)}`;
console.log(`\n${machine}\n\n${result}`);
const slower = slowerViews(watched, own.name);
if (slower.length > 0) {
  console.error(`\nFrames take longer than at ${values.at}: ${slower.join("; ")}`);
  process.exitCode = 1;
}
await mkdir("reports", { recursive: true });
await writeFile(values.json, `${JSON.stringify({ machine, load, watched, clicked })}\n`);
if (values.write) {
  const options = values.at === undefined ? "--write" : `--at ${values.at} --write`;
  const content = `\`npm run bench:console -- ${options}\`, ${machine}:\n\n${result}`;
  await writeFile(README, replaceSection(await readFile(README, "utf8"), "console", content));
}
