// What a page shows of the time in which it was not open.
import type { Page } from "playwright-core";
import { expect, test, vi } from "vitest";
import { PRESS } from "../../demo/contracts/press.ts";
import { Recorder } from "../../demo/plant/recorder.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { eventually } from "../support/demo/eventually.ts";
import { card, isConnected, openDashboard, says, sign } from "../support/demo/open-dashboard.ts";
import { openAt, startStandIn } from "../support/demo/stand-in-plant.ts";
import { useDemo } from "../support/demo/use-demo.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const browser = useBrowser();
const demo = useDemo();

test("after a reload, and in a second browser, the chart begins before the page did", async () => {
  await demo().until("measuring", ({ delivery }) => delivery.delivered >= 40);
  const page = await openDashboard(browser, demo().url);
  const other = await openDashboard(browser, demo().url);
  await page.getByRole("button", { name: "15 min" }).click();
  await page.reload();
  await isConnected(page);
  // As it was chosen, too.
  expect(await page.getByRole("button", { name: "15 min" }).getAttribute("aria-pressed")).toBe("true");
  for (const each of [page, other]) {
    await each.getByRole("button", { name: "15 min" }).click();
    const openedAt = await each.evaluate(() => performance.timeOrigin);
    // Ten seconds of the press at the least, of which the page was open for a moment.
    const longBefore = Array.from({ length: 200 }, (_, index) => clockTime(openedAt - 5_000 - index * 1_000));
    await eventually(async () => longBefore.includes(await nothingBefore(each))).toBe(true);
    expect(await tableRows(each)).toHaveLength(20);
    await says(card(each, "Press 7").locator(".sparkline-range"), /^([1-9]\d s|1 min): /);
  }
});

test("a gap is one for a page that comes later, and filled when what was missing arrives", async () => {
  await demo().until("measuring", ({ delivery }) => delivery.delivered >= 20);
  await demo().do("unplug");
  await demo().until("waiting", ({ delivery: { waiting } }) => waiting >= 12);
  const page = await openDashboard(browser, demo().url);
  // As it was when it was last heard of.
  await says(sign(page, "Press 7"), /^no data for \d+ s$/);
  await says(card(page, "Press 7").locator(".main-value .number"), /^\d+\.\d$/);
  await eventually(() => summary(page)).toMatch(/\d+ s from \d\d:\d\d:\d\d\./);
  const [, begins = ""] = /from (\d\d:\d\d:\d\d)\.$/.exec(await summary(page)) ?? [];
  await demo().do("plug");
  const { published } = (await demo().until("known", () => true)).delivery;
  await demo().untilAllDelivered(published);
  const late = await openDashboard(browser, demo().url);
  for (const each of [page, late]) {
    await eventually(() => summary(each)).toMatch(/\d\d measurements came late and stand where they belong/);
    expect(await summary(each)).not.toContain(`from ${begins}`);
  }
});

test("when the bus is back, a page has what it has not got of it", async () => {
  const { broker } = await startStandIn();
  const recorder = new Recorder();
  const record = (number: number, temperature: number) => {
    const at = new Date().toISOString();
    const dataObject = { number, temperature, force: 200, speed: 60, strokes: number, at };
    recorder.add({ uuid: PRESS.uuid, eventId: "MEASURED", dataObject, receivedAt: Date.now() });
  };
  record(1, 31);
  const page = await openAt(browser, demo().url, broker, { recorder });
  await isConnected(page);
  const value = card(page, "Press 7").locator(".main-value .number");
  await says(value, "31.0");
  await broker.faults.restart(1_000);
  record(2, 32);
  await isConnected(page);
  await says(value, "32.0");
  // Each once, although the page has asked more than once.
  expect(await tableRows(page)).toHaveLength(2);
});

/** What the chart shows, in words. */
async function summary(page: Page): Promise<string> {
  return (await page.locator("#chart-summary").textContent()) ?? "";
}

/** The time before which the chart has nothing. */
async function nothingBefore(page: Page): Promise<string> {
  return /Before (\S+) nothing was recorded/.exec(await summary(page))?.[1] ?? "";
}

async function tableRows(page: Page): Promise<string[]> {
  await page.getByText("The last measurements as a table").click();
  const rows = page.locator(".chart-table tbody tr");
  await rows.first().waitFor();
  return rows.allInnerTexts();
}

/** As the page writes it. */
function clockTime(time: number): string {
  return new Date(time).toLocaleTimeString("en-GB");
}
