import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { eventually } from "../support/demo/eventually.ts";
import { keepMeasuring, type MadeUp, measure, serveParts } from "../support/demo/parts.ts";

const browser = useBrowser();
let site: Awaited<ReturnType<typeof serveParts>>;

beforeAll(async () => {
  site = await serveParts();
});

afterAll(() => site[Symbol.asyncDispose]());

/** Four a second, of these seconds. */
function seconds(from: number, to: number, more: Partial<MadeUp> = {}): MadeUp[] {
  return Array.from({ length: (from - to) * 4 }, (_, index) => ({ ago: from * 1000 - index * 250, ...more }));
}

async function open(options = {}): Promise<Page> {
  const page = await browser.open(site.url, { viewport: { width: 1200, height: 900 }, ...options });
  await page.locator(".chart-plot canvas").waitFor();
  return page;
}

const summary = (page: Page) => page.locator("#chart-summary").textContent();

/** Where the line of the temperature is drawn, in seconds before a time, or before now, of a chart of one minute. */
async function drawnSeconds(page: Page, before?: number): Promise<number[]> {
  return page.evaluate((time = Date.now()) => {
    const later = (Date.now() - time) / 1000;
    const canvas = document.querySelector<HTMLCanvasElement>(".chart-plot canvas") as HTMLCanvasElement;
    const over = document.querySelector<HTMLElement>(".chart-plot .u-over") as HTMLElement;
    const swatch = document.querySelector(".chart-line-temperature") as Element;
    const [red = 0, green = 0, blue = 0] = (getComputedStyle(swatch).stroke.match(/\d+/g) ?? []).map(Number);
    const ratio = canvas.width / canvas.clientWidth;
    const area = [over.offsetLeft, over.offsetTop, over.clientWidth, over.clientHeight].map((each) =>
      Math.round(each * ratio),
    ) as [number, number, number, number];
    const { data, width, height } = (canvas.getContext("2d") as CanvasRenderingContext2D).getImageData(
      ...area,
    );
    const found = new Set<number>();
    for (let x = 0; x < width; x++) {
      for (let y = 0; y < height; y++) {
        const at = (y * width + x) * 4;
        const distance =
          Math.abs((data[at] ?? 0) - red) +
          Math.abs((data[at + 1] ?? 0) - green) +
          Math.abs((data[at + 2] ?? 0) - blue);
        if (distance < 30) {
          found.add(Math.floor(60 - (x / width) * 60 - later));
          break;
        }
      }
    }
    return [...found];
  }, before);
}

test("a gap is drawn as a gap, and filled when what was missing comes", async () => {
  const page = await open();
  await page.getByRole("button", { name: "1 min" }).click();
  await keepMeasuring(page);
  const measured = await measure(page, [...seconds(55, 40), ...seconds(20, 0)]);
  await eventually(() => summary(page)).toMatch(/One gap: 20 s from/);
  await eventually(async () => (await drawnSeconds(page, measured)).includes(45)).toBe(true);
  const before = await drawnSeconds(page, measured);
  expect(before).toEqual(expect.arrayContaining([45, 10]));
  expect(before.filter((second) => second > 24 && second < 38)).toEqual([]);

  await measure(
    page,
    seconds(40, 20).map((each) => ({ ...each, delay: each.ago })),
  );
  await eventually(() => summary(page)).toMatch(
    /\. \d+ measurements came late and stand where they belong\.$/,
  );
  expect(await summary(page)).not.toMatch(/20 s from/);
  await eventually(() => drawnSeconds(page)).toEqual(expect.arrayContaining([36, 33, 30, 27, 24]));
});

test("time goes on when nothing comes", async () => {
  const page = await open();
  await page.getByRole("button", { name: "1 min" }).click();
  const stop = await keepMeasuring(page);
  await measure(page, seconds(10, 0));
  await eventually(() => summary(page)).toMatch(/No gaps/);
  await stop();
  await eventually(() => summary(page)).toMatch(/One gap: [2-9] s from/);
  await eventually(async () => Math.min(...(await drawnSeconds(page)))).toBeGreaterThan(2);
});

test("the arrow keys move a crosshair over the measurements, and say each", async () => {
  const page = await open();
  const slider = page.getByRole("slider", { name: /Measurement/ });
  const text = () => slider.getAttribute("aria-valuetext");
  expect(await text()).toBe("No measurement is chosen.");
  await measure(page, [
    { ago: 30_000, temperature: 38, speed: 60 },
    { ago: 29_750, temperature: 39, speed: 60, delay: 12_000 },
    { ago: 29_500, temperature: 40, speed: 75 },
  ]);
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  await eventually(text).toMatch(/: 40\.0 °C, 75 strokes\/min, 200 kN$/);
  await eventually(() => page.locator(".chart-tip").innerText()).toMatch(
    /40\.0 °C\s+Speed\s+75 strokes\/min\s+Force\s+200 kN/,
  );
  await page.keyboard.press("ArrowLeft");
  await eventually(text).toMatch(/: 39\.0 °C, 60 strokes\/min, 200 kN, came 12 s later$/);
  await page.keyboard.press("Home");
  await eventually(text).toMatch(/: 38\.0 °C/);
  await page.keyboard.press("ArrowRight");
  await eventually(text).toMatch(/: 39\.0 °C/);
  await page.keyboard.press("End");
  await eventually(text).toMatch(/: 40\.0 °C/);
  await page.keyboard.press("Escape");
  await eventually(() => page.locator(".chart-tip").count()).toBe(0);
});

test("keys that come faster than the chart is drawn are each a step", async () => {
  const page = await open();
  await measure(page, [
    { ago: 3_000, temperature: 38 },
    { ago: 2_000, temperature: 39 },
    { ago: 1_000, temperature: 40 },
  ]);
  const slider = page.getByRole("slider", { name: /Measurement/ });
  await slider.focus();
  await slider.evaluate((element) => {
    for (const key of ["ArrowLeft", "ArrowLeft", "ArrowLeft"]) {
      element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    }
  });
  await eventually(() => slider.getAttribute("aria-valuetext")).toMatch(/: 38\.0 °C/);
});

test("mouse and fingers read the value under them, and a gap", async () => {
  const page = await open({ hasTouch: true });
  await page.getByRole("button", { name: "1 min" }).click();
  await measure(page, [...seconds(50, 30, { temperature: 37 }), ...seconds(10, 0)]);
  const tip = page.locator(".chart-tip");
  const { x, y, width, height } = (await page.locator(".chart-plot .u-over").boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };
  await page.mouse.move(x + (width * 20) / 60, y + height / 2);
  await eventually(() => tip.innerText()).toMatch(/37\.0 °C/);
  await page.mouse.move(x + (width * 40) / 60, y + height / 2);
  await eventually(() => tip.innerText()).toMatch(/no measurement/);
  await page.mouse.move(x, y - 60);
  await eventually(() => tip.count()).toBe(0);
  await page.touchscreen.tap(x + (width * 20) / 60, y + height / 2);
  await eventually(() => tip.innerText()).toMatch(/37\.0 °C/);
});

test("a page that has just been opened shows one minute, and says since when there is a record", async () => {
  const page = await open();
  await measure(page, [{ ago: 0 }]);
  await eventually(() => summary(page)).toMatch(
    /in the last minute: .* Before \d\d:\d\d:\d\d nothing was recorded\. /,
  );
  expect(await page.getByRole("button", { name: "1 min" }).getAttribute("aria-pressed")).toBe("true");
});

test("speed or force on the right, 1, 5 or 15 minutes", async () => {
  const page = await open();
  await measure(page, [...seconds(600, 300, { speed: 60 }), ...seconds(300, 0, { speed: 90 })]);
  await eventually(() => summary(page)).toMatch(/in the last minute/);
  await page.getByRole("button", { name: "5 min", exact: true }).click();
  await eventually(() => summary(page)).toMatch(/in the last 5 minutes/);
  await page.getByRole("button", { name: "15 min" }).click();
  await eventually(() => summary(page)).toMatch(
    /in the last 15 minutes.*90 strokes\/min, changed once, last at/,
  );
  expect(await page.getByRole("button", { name: "15 min" }).getAttribute("aria-pressed")).toBe("true");
  const before = await page.locator(".chart-plot canvas").screenshot();
  await page.getByRole("button", { name: /Force/ }).click();
  await eventually(async () => before.equals(await page.locator(".chart-plot canvas").screenshot())).toBe(
    false,
  );
  expect(await page.getByRole("button", { name: /Speed/ }).getAttribute("aria-pressed")).toBe("false");
});

test("the last measurements are a table, which stands still until somebody asks again", async () => {
  const page = await open();
  await measure(page, [...seconds(30, 20), { ago: 15_000, delay: 9000, temperature: 44.44 }]);
  await page.getByText("The last measurements as a table").click();
  const firstRow = page.locator(".chart-table tbody tr").first();
  await eventually(() => firstRow.innerText()).toMatch(/44\.4\s+60\s+200\s+9 s later/);
  expect(await page.locator(".chart-table tbody tr").count()).toBe(20);
  await measure(page, [{ ago: 0, temperature: 50 }]);
  expect(await firstRow.innerText()).toMatch(/44\.4/);
  await page.getByRole("button", { name: "Show the newest" }).click();
  await eventually(() => firstRow.innerText()).toMatch(/50\.0\s+60\s+200\s+at once/);
});

test("follows light and dark, and the width", async () => {
  const page = await open({ colorScheme: "light" });
  await keepMeasuring(page);
  await measure(page, seconds(30, 0));
  const canvas = page.locator(".chart-plot canvas");
  /** That of the right line in the dark, and of nothing in the light. */
  const brightBlue = () =>
    page.evaluate(() => {
      const drawn = document.querySelector(".chart-plot canvas") as HTMLCanvasElement;
      const context = drawn.getContext("2d") as CanvasRenderingContext2D;
      const { data } = context.getImageData(0, 0, drawn.width, drawn.height);
      let found = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, , blue = 0, alpha = 0] = data.subarray(at, at + 4);
        found += alpha > 250 && blue > 230 && red < 160 ? 1 : 0;
      }
      return found;
    });
  await eventually(() => summary(page)).toMatch(/No gaps/);
  expect(await brightBlue()).toBe(0);
  await page.emulateMedia({ colorScheme: "dark" });
  await eventually(brightBlue).toBeGreaterThan(20);
  await page.setViewportSize({ width: 390, height: 844 });
  await eventually(async () => (await canvas.boundingBox())?.width ?? 0).toBeLessThan(390);
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await eventually(overflow).toBeLessThanOrEqual(0);
});

// How long it takes by the clock on the wall depends on who else is at work; what is measured is the time of the processor.
test("20,000 points are drawn, and gone over, without a long task", { timeout: 60_000 }, async () => {
  const page = await open();
  await page.getByRole("button", { name: "15 min" }).click();
  // As many in 15 minutes as come in 83.
  const all = Array.from({ length: 20_000 }, (_, index) => ({
    ago: 900_000 - index * 45,
    temperature: 40 + 8 * Math.sin(index / 700),
    speed: index % 5000 < 2500 ? 60 : 90,
  }));
  await measure(page, all);
  await eventually(() => summary(page)).toMatch(/between 32\.0 and 48\.0 °C.*changed 7 times/);
  const redraws = 40;
  let longest = Number.POSITIVE_INFINITY;
  // A task that is long by itself is so each time; one that others on the machine have slowed down is not.
  for (let round = 0; round < 3 && longest >= 50; round++) {
    const tasks = await tasksOf(page, async () => {
      for (let step = 0; step < redraws; step++) {
        await measure(page, [{ ago: 0, temperature: 41 }]);
        await page.mouse.move(120 + step * 8, 300);
      }
    });
    await eventually(() => page.locator(".chart-tip").innerText()).toMatch(/°C/);
    expect(tasks.length).toBeGreaterThan(redraws);
    longest = Math.max(...tasks);
  }
  expect(longest).toBeLessThan(50);
});

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the processor. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * Milliseconds of the processor that each task of the page's main thread took. What a browser reports as a long task is by the clock on the
 * wall, which goes on while other programs have the processor.
 */
async function tasksOf(page: Page, work: () => Promise<void>): Promise<number[]> {
  const chromium = page.context().browser();
  await chromium?.startTracing(page, {
    categories: ["toplevel", "disabled-by-default-devtools.timeline"],
  });
  await work();
  const { traceEvents } = JSON.parse(String(await chromium?.stopTracing())) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(threadOf),
  );
  return traceEvents
    .filter((event) => event.name === "RunTask" && main.has(threadOf(event)))
    .flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur / 1000]));
}
