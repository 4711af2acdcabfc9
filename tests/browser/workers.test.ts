import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Broker, startBroker } from "../../src/broker/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { serveSite } from "../support/browser/site.ts";
import { bundle } from "../support/package/bundle.ts";

const KINDS = ["Worker", "SharedWorker"] as const;

const browser = useBrowser();
let site: Awaited<ReturnType<typeof serveSite>>;
let broker: Broker;

beforeAll(async () => {
  const { code } = await bundle(new URL("pages/worker.js", import.meta.url).pathname);
  broker = await startBroker();
  site = await serveSite({
    "/": "",
    "/page.html": "<!doctype html><title>A page</title>",
    "/worker.js": code,
  });
});

afterAll(async () => {
  await broker.close();
  await site[Symbol.asyncDispose]();
});

/** Opens a page that starts such a worker. */
async function start(kind: (typeof KINDS)[number], uuid: string, framing: string): Promise<Page> {
  const page = await browser.open(`${site.url}/page.html`);
  const name = JSON.stringify({ uuid, url: broker.url, framing });
  await page.evaluate(
    ([kind, name]) => {
      const Kind = globalThis[kind];
      Object.assign(globalThis, { worker: new Kind("worker.js", { name, type: "module" }) });
    },
    [kind, name] as const,
  );
  return page;
}

describe.each(KINDS)("in a %s", (kind) => {
  it.each(["sockjs", "raw"])("the client connects, publishes, and answers a call (%s)", async (framing) => {
    const uuid = `${kind} ${framing}`;
    const greeting = broker.waitForEvent({ uuid, eventId: "GREETED" }, 30_000);
    await start(kind, uuid, framing);
    expect(await greeting).toMatchObject({ dataObject: "no document" });
    expect(await broker.callAndWait(uuid, "DOUBLE", 21)).toMatchObject({ dataObject: 42 });
  });

  it.each([
    ["online", ["online"]],
    [
      "a change of the connection, as Chromium's workers have it",
      ["connection is gone", "connection is back"],
    ],
  ])("a lost connection is made again when the network is back: %s", async (_name, messages) => {
    const uuid = `${kind} ${messages}`;
    const registered = broker.waitForRegistration(uuid, { timeout: 30_000 });
    const page = await start(kind, uuid, "raw");
    await registered;
    const lost = page.evaluate(
      (uuid) =>
        new Promise<void>((resolve) => {
          const channel = new BroadcastChannel(uuid);
          Object.assign(globalThis, { channel });
          channel.onmessage = ({ data }) => data === "reconnecting" && resolve();
        }),
      uuid,
    );
    // When this one is over, the one above has begun to listen.
    await page.evaluate(() => {});
    broker.cut(uuid);
    await lost;
    const again = broker.waitForRegistration(uuid, { next: true, timeout: 30_000 });
    await page.evaluate((messages) => {
      for (const message of messages) {
        (globalThis as unknown as { channel: BroadcastChannel }).channel.postMessage(message);
      }
    }, messages);
    await again;
  });
});
