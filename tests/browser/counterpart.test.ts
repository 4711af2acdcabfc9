import { expect, onTestFinished, test } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { serveSite } from "../support/browser/site.ts";
import { press } from "../support/client/press.ts";
import { bundle } from "../support/package/bundle.ts";
import { testBroker, testClient } from "../support/setup.ts";

const browser = useBrowser();

test.each(["sockjs", "raw"])(
  "two pages use a machine by its contract, over lost connections on either side (%s)",
  { timeout: 60_000 },
  async (framing) => {
    const broker = await testBroker({ allowOrigins: ["*"] });
    const client = testClient({ uuid: "press-7", retryPolicy: () => 50 });
    let failure: string | undefined;
    const { events } = client.implement(press, {
      SET_SPEED: ({ dataObject }) => dataObject,
      STOP: async ({ respond }) => {
        await (failure === undefined ? respond("STOPPED") : respond("FAILED", failure));
      },
      MOVE: () => "moved",
      RESET: () => undefined,
      FEED: () => undefined,
    });
    await client.start(broker.url);

    const page = new URL("pages/counterpart.ts", import.meta.url).pathname;
    const site = await serveSite({
      "/page.html": `<!doctype html><title>Dashboard</title><script src="counterpart.js"></script>`,
      "/counterpart.js": (await bundle(page, { format: "iife" })).code,
    });
    onTestFinished(() => site[Symbol.asyncDispose]());
    const open = (uuid: string) =>
      browser.open(
        `${site.url}/page.html?${new URLSearchParams({ msb: broker.url, machine: client.uuid, uuid, framing })}`,
      );
    const [left, right] = await Promise.all([open("left"), open("right")]);
    for (const tab of [left, right]) {
      expect(await tab.evaluate(async () => (await window.dashboard).deployed)).toBe(11);
    }

    // Each gets its own answer, and both hear of every event.
    const next = right.evaluate(async () => (await window.dashboard).next(2));
    // When this one is over, the one above listens.
    await right.evaluate(async () => void (await window.dashboard));
    expect(await left.evaluate(async () => (await window.dashboard).setSpeed(60))).toBe(60);
    expect(await right.evaluate(async () => (await window.dashboard).setSpeed(70))).toBe(70);
    expect(await next).toEqual([60, 70]);
    expect(await left.evaluate(async () => (await window.dashboard).stop())).toEqual({ eventId: "STOPPED" });
    failure = "jammed";
    expect(await left.evaluate(async () => (await window.dashboard).stop())).toEqual({
      eventId: "FAILED",
      value: "jammed",
    });
    await events.MEASURED.publish({ celsius: 21.5, tags: [] });
    for (const tab of [left, right]) {
      await expect.poll(() => tab.evaluate(async () => (await window.dashboard).heard)).toEqual([21.5]);
      expect(await tab.evaluate(async () => (await window.dashboard).lastSpeed())).toMatchObject({
        eventId: "SPEED_CHANGED",
        age: expect.any(Number),
      });
    }

    for (const uuid of [client.uuid, "left"]) {
      const back = broker.waitForRegistration(uuid, { next: true });
      broker.cut(uuid);
      await back;
      await expect
        .poll(() => left.evaluate(async () => (await window.dashboard).setSpeed(80).catch(() => 0)))
        .toBe(80);
    }
  },
);
