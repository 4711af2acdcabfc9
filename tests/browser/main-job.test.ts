import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Broker, startBroker } from "../../src/broker/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { serveSite } from "../support/browser/site.ts";
import { bundle } from "../support/package/bundle.ts";
import { ensureBuilt } from "../support/package/package.ts";

const browser = useBrowser();
const file = (path: string): URL => new URL(path, import.meta.url);
let site: Awaited<ReturnType<typeof serveSite>>;
let broker: Broker;

beforeAll(async () => {
  await ensureBuilt();
  const page = (name: string): string => file(`pages/${name}`).pathname;
  const [bundled, mainJob] = await Promise.all([
    bundle(page("bundled.ts")),
    bundle(page("main-job.ts"), { format: "iife" }),
  ]);
  broker = await startBroker();
  site = await serveSite({
    "/": file("pages/"),
    "/dist/": file("../../dist/"),
    "/node_modules/": file("../../node_modules/"),
    "/empty.html": "<!doctype html><title>Empty</title>",
    "/bundled.js": bundled.code,
    "/main-job.js": mainJob.code,
  });
});

afterAll(async () => {
  await broker.close();
  await site[Symbol.asyncDispose]();
});

describe.each([
  ["dist/index.global.js in a <script> tag", "script-tag.html"],
  ["a bundle of the sources", "bundled.html"],
  ["dist/index.js as a module, not bundled", "import-map.html"],
])("%s", (_name, path) => {
  it.each(["sockjs", "raw"] as const)(
    "connects, registers, publishes, answers a call and disconnects (%s)",
    async (framing) => {
      const uuid = `${path} ${framing}`;
      const greeting = broker.waitForEvent({ uuid, eventId: "GREETED" }, 30_000);
      const query = new URLSearchParams({ uuid, framing, msb: broker.url });
      const page = await browser.open(`${site.url}/${path}?${query}`);
      const title = await page.title();
      await page.evaluate(() => window.job.started);

      expect(await greeting).toMatchObject({ dataObject: `Greetings from "${title}" 😀`, priority: 0 });
      expect(broker.services.get(uuid)).toMatchObject({ type: "Application", name: title, framing });

      const answer = broker.waitForEvent({ uuid, eventId: "DOUBLED" });
      broker.call(uuid, "DOUBLE", 21, { correlationId: "c1" });
      expect(await answer).toMatchObject({ dataObject: 42, correlationId: "c1" });

      const gone = new Promise((resolve) => broker.on("disconnect", resolve));
      expect(await page.evaluate(() => window.job.stop())).toEqual({
        states: ["connecting", "connected", "registering", "registered", "disconnecting", "disconnected"],
      });
      expect(await gone).toMatchObject({ uuids: [uuid] });
    },
  );
});

it("the script adds one global variable, beside those by which copies of zod find each other", async () => {
  const page = await browser.open(`${site.url}/empty.html`);
  const before = await page.evaluate(() => Object.getOwnPropertyNames(window));
  await page.addScriptTag({ url: "dist/index.global.js" });
  const after = await page.evaluate(() => Object.getOwnPropertyNames(window));
  const added = after.filter((name) => !before.includes(name));
  expect(added.filter((name) => !name.startsWith("__zod_"))).toEqual(["msb"]);
});
