import { expect, it } from "vitest";
import { tagsOf } from "../../scripts/cdn-tag.ts";
import { startBroker } from "../../src/broker/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { serveSite } from "../support/browser/site.ts";
import { ensureBuilt } from "../support/package/package.ts";
import { readmeSample } from "../support/package/readme.ts";

const browser = useBrowser();

it("the README's page shows what it is told, loaded by a <script> tag whose hash the browser checks", async () => {
  await ensureBuilt();
  await using broker = await startBroker();
  const page = await readmeSample("browser", broker.url);
  expect(tagsOf(page)).toHaveLength(1);
  await using site = await serveSite({
    // Only the address is another one: the hash is that of the README.
    "/page.html": page
      .replace(/https:\/\/cdn\.jsdelivr\.net\/[^"]+/, "/msb.js")
      .replace("<head>", '<head><link rel="icon" href="data:,">'),
    "/msb.js": new URL("../../dist/index.global.js", import.meta.url),
  });
  const registered = new Promise<string>((resolve) => {
    broker.on("register", ({ uuid }) => resolve(uuid));
  });
  const tab = await browser.open(`${site.url}/page.html`);
  broker.call(await registered, "SHOW_SPEED", 90);
  await tab.getByText("90", { exact: true }).waitFor();
  await tab.getByText("registered", { exact: true }).waitFor();
});
