// `npm run demo` as a program: what becomes of its measurements when something goes wrong.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { PRESS } from "../../demo/contracts/press.ts";
import { Demo } from "../support/demo/demo.ts";
import { collectMeasurements, next } from "../support/demo/measurements.ts";

// Programs that start, crash and wait: seconds each, more where the machine has other work.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 150_000 });

let demo: Demo;
let watcher: Awaited<ReturnType<typeof collectMeasurements>>;

beforeAll(async () => {
  demo = await Demo.start();
  await demo.until("measuring", ({ delivery }) => delivery.delivered > 0, 120_000);
  watcher = await collectMeasurements((await demo.session()).msbUrl);
});

// Each begins with a plant that is whole.
afterEach(() => demo.do("plug"));

afterAll(async () => {
  await watcher?.[Symbol.asyncDispose]();
  await demo?.[Symbol.asyncDispose]();
});

/** Waits until this many measurements more have come. */
async function measured(more: number): Promise<void> {
  const wanted = watcher.byNumber.size + more;
  await expect.poll(() => watcher.byNumber.size).toBeGreaterThanOrEqual(wanted);
}

/** Of everything that was published until now nothing is missing, at the broker and at a dashboard, and no number means two things. */
async function nothingIsMissing(): Promise<void> {
  const { delivery } = await demo.until("measuring", ({ delivery }) => delivery.published > 0);
  const { lost } = (await demo.untilAllDelivered(delivery.published)).delivery;
  expect(lost, demo.program.output).toBe(0);
  await expect.poll(() => watcher.byNumber.has(delivery.published)).toBe(true);
  expect(watcher.missing()).toEqual([]);
  expect(watcher.contradictions).toEqual([]);
}

describe("the cable", () => {
  test("pulled and plugged in again: all that was measured meanwhile arrives, and nothing is lost", async () => {
    await measured(1);
    await demo.do("unplug");
    const { delivery: before } = await demo.until("unplugged", ({ cable }) => cable === "unplugged");
    const { delivery } = await demo.until("twelve waiting", ({ delivery }) => delivery.waiting >= 12);
    expect(delivery.delivered).toBeLessThan(delivery.published);
    expect(delivery.delivered - before.delivered).toBeLessThan(5);
    await demo.do("plug");
    await demo.until("plugged in", ({ cable }) => cable === "plugged");
    await nothingIsMissing();
  });

  test("half-open: nothing passes, and nobody is told; when it is whole again nothing is lost", async () => {
    await demo.do("half-open");
    const { delivery } = await demo.until("ten waiting", ({ delivery }) => delivery.waiting >= 10);
    expect(await isRegistered()).toBe(true);
    // Longer than the press waits for an answer: it has given up its connection, and tries in vain to make another one.
    await demo.until("thirty waiting", ({ delivery }) => delivery.waiting >= 30);
    expect(await isRegistered()).toBe(true);
    await demo.do("plug");
    await demo.until("more delivered", (state) => state.delivery.delivered > delivery.delivered + 10);
    await nothingIsMissing();
  });

  test("half-open, then pulled, then plugged in", async () => {
    await demo.do("half-open");
    await demo.until("three waiting", ({ delivery }) => delivery.waiting >= 3);
    await demo.do("unplug");
    await expect.poll(isRegistered).toBe(false);
    await demo.do("plug");
    await nothingIsMissing();
  });
});

describe("a crash of the press", () => {
  test("comes back by itself, and goes on with its numbers, its speed and its limit", async () => {
    expect((await demo.putLimit("80")).status).toBe(204);
    await expect(watcher.press.call("SET_SPEED", 75)).resolves.toBe(75);
    await expect.poll(async () => (await next(watcher.press, "MEASURED")).speed).toBe(75);
    const strokes = [...watcher.byNumber.values()].at(-1)?.strokes ?? 0;
    const crashed = demo.until("crashed", ({ isPressRunning }) => !isPressRunning);
    await demo.do("crash-press");
    await crashed;
    await demo.until("running again", ({ isPressRunning }) => isPressRunning);
    await measured(3);
    const last = [...watcher.byNumber.values()].at(-1);
    expect(last).toMatchObject({ speed: 75 });
    expect(last?.strokes).toBeGreaterThanOrEqual(strokes);
    await demo.until("the limit kept", ({ temperatureLimit }) => temperatureLimit === 80);
    await nothingIsMissing();
  });

  test("with the cable pulled: what waited in its store arrives", async () => {
    await demo.do("unplug");
    const { delivery } = await demo.until("six waiting", ({ delivery }) => delivery.waiting >= 6);
    await demo.do("crash-press");
    await demo.until("running again", ({ isPressRunning }) => isPressRunning);
    await demo.until("more waiting", ({ delivery: { waiting } }) => waiting > delivery.waiting + 2);
    await demo.do("plug");
    await nothingIsMissing();
  });
});

test("the broker restarts on its port: machines and dashboards come back, and their flows with them", async () => {
  await demo.do("restart-broker");
  await demo.until("running", ({ isBrokerRunning }) => isBrokerRunning);
  await nothingIsMissing();
  await expect.poll(() => watcher.press.call("SET_SPEED", 60).catch(() => undefined)).toBe(60);
  const { part } = await next(watcher.press, "PART_PRESSED");
  await expect
    .poll(async () => (await next(watcher.robot, "PART_PLACED")).part, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(part);
});

async function isRegistered(): Promise<boolean> {
  const { consoleUrl } = await demo.session();
  const response = await fetch(new URL(`/broker/services/${PRESS.uuid}`, consoleUrl));
  return ((await response.json()) as { connected: boolean }).connected;
}
