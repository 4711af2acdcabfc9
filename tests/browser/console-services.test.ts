import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, registerDisplay, registerPress, shows } from "../support/browser/console.ts";
import { seriousFindings } from "../support/browser/serious-findings.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();
const WIDE = { viewport: { width: 1920, height: 1080 } };

test("all services are a table as wide as the page: its heads sort, the keys step, Enter and a click open", async () => {
  const broker = await testBroker();
  const press = await registerPress(broker);
  await registerDisplay(broker);
  // Who is seen in the same millisecond stands by the name.
  const registeredAt = Date.now();
  await expect.poll(() => Date.now()).toBeGreaterThan(registeredAt);
  await press.publish("SPEED", 5);
  const page = await openConsole(browser, broker, "", WIDE);
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Services" }).click();
  const list = page.getByRole("main").getByRole("listbox", { name: "Services" });
  const rows = list.getByRole("option");
  await shows(
    rows,
    /Press press.*SmartObject2 events, 1 function, [\d.]+ messages per second, 0 waiting, 0 refused, seen (now|\d+ s ago)/,
  );
  expect(await namesIn(page)).toEqual(["Display", "Press press"]);
  expect((await rows.first().boundingBox())?.width).toBeGreaterThan(1_800);
  // The last of a row stands below its head.
  const head = await page.getByRole("button", { name: "Last seen" }).boundingBox();
  const cell = await rows.first().locator(".column").last().boundingBox();
  expect(Math.abs(right(head) - right(cell))).toBeLessThan(2);

  await page.getByRole("button", { name: "Last seen" }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get("sort")).toBe("seen");
  await expect.poll(() => namesIn(page)).toEqual(["Press press", "Display"]);
  await page.getByRole("button", { name: "Sort by Service" }).click();
  await expect.poll(() => namesIn(page)).toEqual(["Display", "Press press"]);
  expect(await seriousFindings(page)).toEqual([]);

  await list.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => list.locator("[aria-selected=true]").textContent()).toContain("Press press");
  expect(new URL(page.url()).hash).toBe("#/services");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.title()).toBe("Press press · MSB broker");
  await page.goBack();
  await rows.filter({ hasText: "Display" }).click();
  await expect.poll(() => page.title()).toBe("Display · MSB broker");
});

test("on a phone they have no columns", async () => {
  const broker = await testBroker();
  await registerPress(broker);
  const page = await openConsole(browser, broker, "#/services", { viewport: { width: 390, height: 844 } });
  await page.getByRole("listbox", { name: "Services" }).getByRole("option").waitFor();
  expect(await page.getByLabel("Sort services by").isVisible()).toBe(true);
  expect(await page.locator(".column:visible, .service-heads:visible").count()).toBe(0);
});

function namesIn(page: Page): Promise<string[]> {
  return page.locator("main .service-name").allTextContents();
}

function right(box: { readonly x: number; readonly width: number } | null): number {
  return box === null ? Number.NaN : box.x + box.width;
}
