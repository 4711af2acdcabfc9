import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CONVEYOR } from "../../demo/contracts/conveyor.ts";
import { PRESS } from "../../demo/contracts/press.ts";
import type { FlowCount, PlantState } from "../../demo/plant-state.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { eventually } from "../support/demo/eventually.ts";
import { serveParts, tell } from "../support/demo/parts.ts";
import { useDemo } from "../support/demo/use-demo.ts";

const browser = useBrowser();

/** Keeps the ends of each dot that appears, with its number, and where it was: a dot is gone in a second or two. */
async function watchDots(page: Page): Promise<() => Promise<string[]>> {
  await page.locator(".flow-dots").waitFor({ state: "attached" });
  await page.evaluate(() => {
    const [dots, numbers, places]: [string[], string[], number[]] = [[], [], []];
    Object.assign(globalThis, { dots, numbers, places });
    const follow = (dot: SVGElement) => {
      if (dot.isConnected) {
        places.push(dot.getBoundingClientRect().x);
        requestAnimationFrame(() => follow(dot));
      }
    };
    new MutationObserver((records) => {
      for (const node of records.flatMap(({ addedNodes }) => [...addedNodes]) as SVGElement[]) {
        const { from, to, count } = node.dataset;
        dots.push(`${from} to ${to}: ${count}`);
        numbers.push(node.querySelector("text")?.textContent ?? "");
        follow(node);
      }
    }).observe(document.querySelector(".flow-dots") as Element, { childList: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as WatchedDots).dots);
}

/** What `watchDots()` has kept in the page. */
interface WatchedDots {
  readonly dots: string[];
  /** What is written on each; nothing on one that stands for one event. */
  readonly numbers: string[];
  /** From the left, frame by frame. */
  readonly places: number[];
}

describe("the real plant", () => {
  const demo = useDemo();

  test("each part goes from press to conveyor to robot, and measurements to the page", {
    timeout: 60_000,
  }, async () => {
    const page = await browser.open(demo().url);
    const dots = await watchDots(page);
    for (const way of [/^press to conveyor/, /^conveyor to robot/, /^press to page/, /^robot to page/]) {
      await eventually(async () => (await dots()).some((each) => way.test(each))).toBe(true);
    }
    await page.getByText("flows as a table").click();
    await eventually(() => page.locator(".flow-words tbody").innerText()).toMatch(
      /Press 7\s+A part, with each stroke\s+PART_PRESSED\s+Conveyor 3\s+Takes a part from the press\s+TAKE_PART\s+\d+/,
    );
    await eventually(() => page.locator(".flow-words tbody").innerText()).toMatch(
      /This page\s+Somebody asks for it\s+press.SET_SPEED\s+Press 7\s+Sets the speed, in strokes per minute\s+SET_SPEED\s/,
    );
    await eventually(() => page.locator(".flow-words tbody").innerText()).toMatch(
      /MEASURED\s+This page\s+Shows it\s+press.MEASURED\s+\d+/,
    );
  });

  test("the cut cable and a second page are seen", { timeout: 60_000 }, async () => {
    const page = await browser.open(demo().url);
    await browser.open(demo().url);
    await eventually(() => page.locator('[data-place="others"]').textContent()).toMatch(/1 other page/);
    const press = page.locator('.flow-place[data-place="press"]');
    await eventually(() => press.getAttribute("data-away")).toBe("false");
    await demo().do("unplug");
    await eventually(() => press.textContent()).toMatch(/unplugged/);
    await eventually(() => press.getAttribute("data-away")).toBe("true");
    await eventually(() => page.locator(".flow-cut").isVisible()).toBe(true);
    await demo().do("plug");
    await eventually(() => page.locator(".flow-cut").count()).toBe(0);
  });
});

describe("a plant that is made up", () => {
  let site: Awaited<ReturnType<typeof serveParts>>;

  beforeAll(async () => {
    site = await serveParts();
  });

  afterAll(() => site[Symbol.asyncDispose]());

  const state = (...flows: FlowCount[]): PlantState => ({
    isBrokerRunning: true,
    cable: "plugged",
    isPressRunning: true,
    temperatureLimit: 55,
    delivery: { published: 1, waiting: 0, delivered: 1, lost: 0 },
    flows,
  });
  const parts = (calls: number): FlowCount => ({
    from: { uuid: PRESS.uuid, eventId: "PART_PRESSED" },
    to: { uuid: CONVEYOR.uuid, functionId: "TAKE_PART" },
    calls,
  });

  test("a dot moves from the press over the bus to the conveyor, and is gone", async () => {
    const page = await browser.open(site.url, { viewport: { width: 1200, height: 900 } });
    const dots = await watchDots(page);
    await tell(page, state(parts(100)));
    await tell(page, state(parts(101)));
    await eventually(dots).toEqual(["press to conveyor: 1"]);
    await eventually(() => page.locator(".flow-dot").count()).toBe(0);
    const places = await page.evaluate(() => (globalThis as unknown as WatchedDots).places);
    expect(Math.max(...places)).toBeGreaterThan((places[0] ?? Number.NaN) + 20);
    expect(await dots()).toHaveLength(1);
  });

  test("many at once are one dot with their number, and there are never too many", async () => {
    const page = await browser.open(site.url);
    const dots = await watchDots(page);
    await tell(page, state(parts(0)));
    await tell(page, state(parts(48)));
    await eventually(dots).toEqual(["press to conveyor: 48"]);
    expect(await page.evaluate(() => (globalThis as unknown as WatchedDots).numbers)).toEqual(["48"]);
    for (let calls = 50; calls < 200; calls += 2) {
      await tell(page, state(parts(calls)));
      expect(await page.locator(".flow-dot").count()).toBeLessThanOrEqual(40);
    }
    await eventually(() => page.locator(".flow-in").nth(1).textContent()).toMatch(/198/);
  });

  test("without motion there are counters only", async () => {
    const page = await browser.open(site.url, { reducedMotion: "reduce" });
    const dots = await watchDots(page);
    await tell(page, state(parts(0)));
    await tell(page, state(parts(1234)));
    await eventually(() => page.locator(".flow-in").nth(1).textContent()).toMatch(/1,234/);
    expect(await dots()).toEqual([]);
  });

  test("names are readable on a phone, and nothing is wider than it", async () => {
    const page = await browser.open(site.url, { viewport: { width: 390, height: 844 } });
    await tell(page, state(parts(123_456)));
    const boxes = await page.locator(".flow-place").evaluateAll((places) =>
      places.map((place) => {
        const [box, name] = [place.querySelector("rect"), place.querySelector("text")] as const;
        const { fontSize } = getComputedStyle(name as Element);
        const wider = (box?.getBoundingClientRect().width ?? 0) - (name?.getBoundingClientRect().width ?? 0);
        return { size: Number.parseFloat(fontSize), wider };
      }),
    );
    expect(boxes).toHaveLength(4);
    for (const { size, wider } of boxes) {
      expect(size).toBeGreaterThanOrEqual(14);
      expect(wider).toBeGreaterThan(0);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
