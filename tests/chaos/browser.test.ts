import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { type Broker, startBroker } from "../../src/broker/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { serveSite } from "../support/browser/site.ts";
import { FaultProxy } from "../support/fault-proxy/fault-proxy.ts";
import { bundle } from "../support/package/bundle.ts";

/** With heartbeats every 500 ms; src/session/connection/liveness.ts. */
const LIMIT = 3_000;
const HEARTBEAT = 500;
/** For a machine that is busy with other tests: timers that are late get 2 s of grace. */
const SLACK = 3_500;

const browser = useBrowser();
let site: Awaited<ReturnType<typeof serveSite>>;
let broker: Broker;

beforeAll(async () => {
  const page = (name: string): string => new URL(`pages/${name}`, import.meta.url).pathname;
  const { code } = await bundle(page("delivery.ts"), { format: "iife" });
  site = await serveSite({
    "/page.html": "<!doctype html><title>Delivery</title><script src=delivery.js></script>",
    "/delivery.js": code,
  });
  broker = await startBroker({ heartbeatInterval: HEARTBEAT });
});

afterAll(async () => {
  await broker?.close();
  await site?.[Symbol.asyncDispose]();
});

/** The numbers of a service that have arrived. */
function arrivals(uuid: string): unknown[] {
  return broker.events.filter((event) => event.uuid === uuid).map(({ dataObject }) => dataObject);
}

it("500 waiting events survive a reload of the page, and arrive in order before what comes later", {
  timeout: 60_000,
}, async () => {
  const proxy = await FaultProxy.start(broker.url);
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const query = new URLSearchParams({ uuid: "reload", store: "reload", msb: proxy.url });
  const page = await browser.open("about:blank");
  // Nobody answers, and no dial fails either: a failed one would be an error in the page's console.
  proxy.freezeAll();
  await page.goto(`${site.url}/page.html?${query}`);
  await page.evaluate(() => {
    void window.delivery.start();
    return window.delivery.publish(0, 500);
  });
  expect(arrivals("reload")).toEqual([]);

  await page.reload();
  proxy.letIn();
  await page.evaluate(async () => {
    const started = window.delivery.start();
    await window.delivery.publish(500, 10);
    await started;
    await window.delivery.flush();
  });
  expect(arrivals("reload")).toEqual(Array.from({ length: 510 }, (_, index) => index));
  expect(await page.evaluate(() => window.delivery.errors)).toEqual([]);
  await page.evaluate(() => window.delivery.stop());

  // Nothing is left for a third page.
  await page.reload();
  await page.evaluate(async () => {
    await window.delivery.start();
    await window.delivery.publish(510, 1);
    await window.delivery.flush();
  });
  expect(arrivals("reload")).toHaveLength(511);
});

it("a half-open connection is noticed in time by the server's heartbeats alone", {
  timeout: 60_000,
}, async () => {
  const heartbeats: (() => void)[] = [];
  const proxy = await FaultProxy.start(broker.url, {
    onBrokerFrame(frame) {
      if (frame !== "h") {
        return;
      }
      for (const resolve of heartbeats.splice(0)) {
        resolve();
      }
    },
  });
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const heartbeat = (): Promise<void> => new Promise((resolve) => heartbeats.push(resolve));
  const query = new URLSearchParams({ uuid: "half-open", msb: proxy.url });
  const page = await browser.open(`${site.url}/page.html?${query}`);
  await page.evaluate(() => window.delivery.start());
  await heartbeat();
  await heartbeat();
  // Its answer comes behind the second heartbeat: the rhythm is known.
  await page.evaluate(() => window.delivery.publish(1, 1));

  const before = await page.evaluate(() => performance.now());
  // A server watches its clients, too.
  proxy.freeze(1_000);
  const lost = await page.evaluate(() => window.delivery.next("reconnecting"));
  expect(lost.error).toBe("CONNECTION_LOST");
  expect(lost.at - before).toBeGreaterThan(LIMIT - HEARTBEAT - 200);
  expect(lost.at - before).toBeLessThan(LIMIT + SLACK);

  // Published on the connection that was dead, or while it was made again.
  await page.evaluate(() => window.delivery.publish(2, 1));
  expect(arrivals("half-open")).toEqual([1, 2]);
});
