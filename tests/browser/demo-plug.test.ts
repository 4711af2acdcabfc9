import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { eventually } from "../support/demo/eventually.ts";
import { openDashboard, openTab } from "../support/demo/open-dashboard.ts";
import { useDemo } from "../support/demo/use-demo.ts";

const browser = useBrowser();
const demo = useDemo();

/** With the first measurements in the chart. */
async function open(options = {}): Promise<Page> {
  const page = await openDashboard(browser, demo().url, options);
  // Gaps of the tests before are in what the plant has recorded.
  await eventually(() => chart(page)).toMatch(/Speed at the end/);
  return page;
}

const cable = (page: Page) => page.getByRole("switch", { name: /Network cable of the press/ });
const sentence = (page: Page) => page.locator(".plug-sentence").textContent();
const chart = (page: Page) => page.locator("#chart-summary").textContent();
const button = (page: Page, name: string) => page.getByRole("button", { name });

async function counter(page: Page, name: string): Promise<number> {
  return Number((await page.locator(`[data-counter="${name}"]`).textContent())?.replaceAll(",", ""));
}

/** The share of the bar that is filled, as it is drawn. */
function filled(page: Page): Promise<number> {
  return page.evaluate(() => {
    const width = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().width ?? 0;
    return width(".plug-bar-fill") / width(".plug-bar-room");
  });
}

async function untilNothingWaits(page: Page): Promise<void> {
  await eventually(() => counter(page, "waiting")).toBeLessThanOrEqual(1);
}

test("the plug is pulled and put back: all that waited arrives, nothing is lost, and the gap is filled", {
  timeout: 120_000,
}, async () => {
  const page = await open();
  expect(await cable(page).getAttribute("aria-checked")).toBe("true");

  await cable(page).click();
  await eventually(() => cable(page).getAttribute("aria-checked")).toBe("false");
  await eventually(() => cable(page).innerText()).toMatch(/Unplugged\s+click to plug in/);
  await eventually(() => sentence(page)).toMatch(
    /^Unplugged for [5-9] s: \d\d measurements wait in the press\.$/,
  );
  const [delivered, kept] = [await counter(page, "delivered"), await counter(page, "waiting")];
  expect(kept).toBeGreaterThan(10);
  await eventually(() => filled(page)).toBeGreaterThan(0.15);
  expect(Number(await page.getByRole("meter").getAttribute("aria-valuenow"))).toBeGreaterThanOrEqual(kept);
  expect(await counter(page, "lost")).toBe(0);
  await eventually(() => chart(page)).toMatch(/One gap: \d+ s from/);

  await cable(page).click();
  await eventually(() => sentence(page)).toMatch(
    /^Plugged in again: \d\d delivered (in \d+\.\d s|at once), none lost\.$/,
  );
  await untilNothingWaits(page);
  await eventually(() => filled(page)).toBeLessThan(0.05);
  expect(await counter(page, "delivered")).toBeGreaterThanOrEqual(delivered + kept);
  await eventually(
    async () => (await counter(page, "published")) - (await counter(page, "delivered")),
  ).toBeLessThanOrEqual(1);
  expect(await counter(page, "lost")).toBe(0);
  await eventually(() => chart(page)).toMatch(
    /No gaps\. \d+ measurements came late and stand where they belong\.$/,
  );
});

test("by keyboard, and without motion", { timeout: 120_000 }, async () => {
  const page = await open({ reducedMotion: "reduce" });
  await cable(page).focus();
  await page.keyboard.press("Space");
  await eventually(() => sentence(page)).toMatch(/^Unplugged for \d+ s/);
  await eventually(() => counter(page, "waiting")).toBeGreaterThan(3);
  expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("switch");
  const transition = () =>
    page.evaluate(
      () => getComputedStyle(document.querySelector(".plug-bar-fill") as Element).transitionDuration,
    );
  expect(await transition()).toBe("0s");
  await page.keyboard.press("Enter");
  await eventually(() => sentence(page)).toMatch(/none lost\.$/);
  await eventually(() => page.locator(".plug [role=status]").allTextContents()).toContainEqual(
    expect.stringMatching(/none lost\.$/),
  );
});

test("the press crashes while it is unplugged: what waited is on its disk, and arrives", {
  timeout: 120_000,
}, async () => {
  const page = await open();
  await cable(page).click();
  await eventually(() => counter(page, "waiting")).toBeGreaterThan(8);
  const published = await counter(page, "published");

  await button(page, "Crash the press").click();
  await eventually(() => sentence(page)).toMatch(/^Crashed/);
  await eventually(() => sentence(page)).toMatch(/^Unplugged/);
  await cable(page).click();
  await eventually(() => sentence(page)).toMatch(/none lost\.$/);
  await untilNothingWaits(page);
  expect(await counter(page, "delivered")).toBeGreaterThan(published);
  expect(await counter(page, "lost")).toBe(0);
});

test("the broker restarts, and the button says so meanwhile", { timeout: 120_000 }, async () => {
  const page = await open();
  await button(page, "Restart the bus").click();
  await eventually(() => button(page, "Restarting …").count()).toBe(1);
  await eventually(() => sentence(page)).toMatch(/^The bus has been away for \d+ s/);
  await eventually(() => sentence(page)).toMatch(/^The bus is back: .*none lost\.$/);
  await eventually(() => button(page, "Restart the bus").count()).toBe(1);
  expect(await counter(page, "lost")).toBe(0);
});

test("a half-open cable looks plugged in; the same switch mends it", { timeout: 120_000 }, async () => {
  const page = await open();
  await button(page, "Dead cable").click();
  await eventually(() => cable(page).innerText()).toMatch(/Looks plugged in, but is dead/);
  await eventually(() => sentence(page)).toMatch(/^Dead for [2-9] s, .*measurements wait in the press\.$/);
  expect(await cable(page).getAttribute("aria-checked")).toBe("false");
  await cable(page).click();
  await eventually(() => sentence(page)).toMatch(/^The cable works again: .*none lost\.$/);
  await untilNothingWaits(page);
});

test("a command that fails says so in an operator's words", { timeout: 60_000 }, async () => {
  const page = await open();
  await page.evaluate(() => {
    // Not by the network: a browser writes such a failure into its console.
    globalThis.fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  });
  await cable(page).click();
  await eventually(() => page.locator(".plug-failure").textContent()).toBe(
    "The cable was not unplugged: the plant does not answer. Is the demo still running?",
  );
  expect(await cable(page).getAttribute("aria-checked")).toBe("true");
});

test("a page that is turned away while the demo starts asks again", { timeout: 60_000 }, async () => {
  const context = (await browser.open("about:blank")).context();
  await context.route("**/plant", (route) => route.fulfill({ status: 503 }), { times: 1 });
  const page = await openTab(context, demo().url);
  await eventually(() => cable(page).getAttribute("aria-checked")).toBe("true");
});
