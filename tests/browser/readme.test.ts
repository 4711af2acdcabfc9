import { expect, it } from "vitest";
import { startBroker } from "../../src/broker/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { serveSite } from "../support/browser/site.ts";
import { ensureBuilt } from "../support/package/package.ts";
import { readmeSample } from "../support/package/readme.ts";

const browser = useBrowser();
const CDN = "https://cdn.jsdelivr.net/npm/msb-client-websocket";

it("the README's page shows what it is told, loaded by a <script> tag", async () => {
  await ensureBuilt();
  await using broker = await startBroker();
  const page = await readmeSample("browser", broker.url);
  expect(page).toContain(`src="${CDN}"`);
  await using site = await serveSite({
    "/page.html": `<!doctype html><meta charset="utf-8">${page.replace(CDN, "/msb.js")}`,
    "/msb.js": new URL("../../dist/index.global.js", import.meta.url),
  });
  const registered = new Promise<string>((resolve) => {
    broker.on("register", ({ uuid }) => resolve(uuid));
  });
  const tab = await browser.open(`${site.url}/page.html`);
  broker.call(await registered, "SHOW_SPEED", 90);
  await tab.getByText("90", { exact: true }).waitFor();
});
