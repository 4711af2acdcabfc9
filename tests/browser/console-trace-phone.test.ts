import { expect, test } from "vitest";
import { eventMessage } from "../support/broker/describe.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, shows } from "../support/browser/console.ts";
import { register, traceDetails, traceList, traceRows } from "../support/browser/trace.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test("on a telephone, a row has two lines, a finger chooses it, and nothing is wider than the screen", async () => {
  const broker = await testBroker();
  const client = await register(broker, "u1");
  client.send(eventMessage("u1", { dataObject: { rpm: 68, celsius: 21.2 } }));
  const page = await openConsole(browser, broker, "", PHONE);
  const tab = page.getByRole("link", { name: "Trace" });
  if ((await tab.count()) > 0) {
    await tab.tap();
  }
  const row = traceRows(page).filter({ hasText: "rpm" });
  await shows(row, /E✓[<\d.]+msService u1E1rpm 68 · celsius 21\.2$/);
  const topOf = (part: string) =>
    row.locator(part).evaluate((element) => element.getBoundingClientRect().top);
  expect(await topOf(".said")).toBeGreaterThan((await topOf("time")) + 8);
  const isWithin = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  expect(await isWithin()).toBe(true);
  await row.tap();
  await shows(traceDetails(page), /"rpm": 68/);
  expect(await isWithin()).toBe(true);
  const small = () =>
    page
      .locator(".trace button:visible, .trace input:visible, .trace [role=option]")
      .evaluateAll((all) =>
        all
          .filter((element) => element.getBoundingClientRect().height < 44)
          .map(({ outerHTML }) => outerHTML.slice(0, 100)),
      );
  expect(await small()).toEqual([]);
  // It covers the list, and gives it free again.
  await page.getByRole("button", { name: "Close" }).tap();
  await expect.poll(() => traceDetails(page).count()).toBe(0);
  await page.getByRole("button", { name: /^Filter/ }).tap();
  expect(await small()).toEqual([]);
  await page.getByRole("button", { name: "R", exact: true }).tap();
  await expect.poll(() => traceRows(page).count()).toBe(1);
  await shows(page.getByRole("button", { name: /^Filter/ }), "Filter (on)");
  expect(await traceList(page).evaluate((list) => list.clientHeight)).toBeGreaterThan(200);
});
