import type { Locator, Page } from "playwright-core";
import { expect, test, vi } from "vitest";
import { CONVEYOR } from "../../demo/contracts/conveyor.ts";
import { PRESS } from "../../demo/contracts/press.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { seriousFindings } from "../support/browser/serious-findings.ts";
import { card, openDashboard, says, sign } from "../support/demo/open-dashboard.ts";
import { useDemo } from "../support/demo/use-demo.ts";

// Each opens several pages, and some wait until a page calls a machine silent.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const browser = useBrowser();
const demo = useDemo();

test("a limit that is refused is explained at its field", async () => {
  const page = await openDashboard(browser, demo().url);
  const field = page.getByLabel("Temperature limit");
  for (const [entered, why] of [
    ["warm", "Enter a number of degrees, such as 55."],
    ["", "Enter a number of degrees, such as 55."],
    ["500", "The limit must be between 20 and 120 °C."],
  ] as const) {
    await field.fill(entered);
    await page.keyboard.press("Enter");
    await says(page.locator("#limit-says"), why);
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    expect(await field.getAttribute("aria-describedby")).toBe("limit-says");
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect.poll(() => field.inputValue()).toBe("55");
  await expect.poll(() => field.getAttribute("aria-invalid")).toBe("false");
});

test("a low limit raises an alarm, which is acknowledged, and ends with a high one", async () => {
  const page = await openDashboard(browser, demo().url);
  await says(sign(page, "Press 7"), /^live/);
  await setLimit(page, "21");
  await says(page.locator("#limit-says"), "Done: the alarm comes above 21 °C.");
  const alarm = alarmOfPress(page);
  await says(alarm.locator(".alarm-head"), /^highPress 7active\d\d:\d\d:\d\d$/);
  await says(alarm.locator(".alarm-text"), /above the limit of 21 °C/);
  await says(card(page, "Press 7").locator(".alarm-link"), "1 alarm");
  await says(page.locator(".alarm-count"), /^[12] alarms? · Press 7: [\d.]+ °C, above the limit of 21 °C$/);
  await expect.poll(() => page.title()).toMatch(/^[12] alarms? · Plant$/);
  await says(page.getByRole("log").locator("p"), /^New alarm, high: Press 7: /m);
  expect(await seriousFindings(page)).toEqual([]);

  await alarm.getByRole("button", { name: "Acknowledge" }).focus();
  await page.keyboard.press("Enter");
  await says(alarm.locator(".alarm-state"), /^acknowledged$/);
  await expect.poll(() => alarm.getByRole("button").count()).toBe(0);
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe("alarm-rows");

  // Who comes later knows it, too, and the limit.
  const other = await openDashboard(browser, demo().url, { colorScheme: "dark" });
  await says(alarmOfPress(other).locator(".alarm-state"), /^acknowledged$/);
  await expect.poll(() => other.getByLabel("Temperature limit").inputValue()).toBe("21");

  await setLimit(other, "90");
  for (const each of [page, other]) {
    await says(alarmOfPress(each).locator(".alarm-state"), /^over$/);
  }
  await expect.poll(() => page.getByLabel("Temperature limit").inputValue()).toBe("90");
  // It was told many times, and said once.
  const said = await page.getByRole("log").locator("p").allTextContents();
  expect(said.filter((text) => text.includes("Press 7: "))).toHaveLength(1);
});

test("an alarm of a press that does not answer stays to be acknowledged, and says why", async () => {
  const page = await openDashboard(browser, demo().url);
  await says(sign(page, "Press 7"), /^live/);
  await setLimit(page, "22");
  const alarm = alarmOfPress(page, "active");
  await says(alarm.locator(".alarm-text"), /above the limit of 22 °C/);
  await demo().do("half-open");
  await alarm.getByRole("button", { name: "Acknowledge" }).click();
  await says(alarm.locator(".outcome"), /^No answer after 5 s\. Press 7: no data for \d+ s\./);
  await says(alarm.locator(".alarm-state"), /^active$/);
  await demo().do("plug");
  await says(sign(page, "Press 7"), /^live/, 40_000);
});

test.each([
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
])("two alarms at a time are seen as a whole, $width × $height", async (viewport) => {
  const page = await openDashboard(browser, demo().url, { viewport });
  for (const each of ["Press 7", "Conveyor 3", "Robot 12"]) {
    await says(sign(page, each), /^live/);
  }
  await tellAlarm(PRESS.uuid, "52.4 °C, above the limit of 50 °C", true);
  await tellAlarm(CONVEYOR.uuid, "The belt is jammed", true);
  const list = page.locator(".alarm-rows");
  await says(list, /limit of 50 °C.*jammed|jammed.*limit of 50 °C/);
  // The most urgent ones come first: these.
  const [room, second] = await Promise.all([list.boundingBox(), list.locator(".alarm").nth(1).boundingBox()]);
  expect(bottom(second)).toBeLessThanOrEqual(bottom(room));
  await tellAlarm(PRESS.uuid, "", false);
  await tellAlarm(CONVEYOR.uuid, "", false);
});

/** As this machine tells it. */
async function tellAlarm(uuid: string, text: string, active: boolean): Promise<void> {
  const { consoleUrl } = await demo().session();
  const at = new Date().toISOString();
  const value = { id: "of the test", text, priority: "HIGH", active, acknowledged: false, at };
  const { status } = await fetch(new URL(`/broker/services/${uuid}/event`, consoleUrl), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ eventId: "ALARM", value }),
  });
  expect(status).toBe(201);
}

function bottom(box: { y: number; height: number } | null): number {
  return box === null ? Number.NaN : box.y + box.height;
}

async function setLimit(page: Page, limit: string): Promise<void> {
  await page.getByLabel("Temperature limit").fill(limit);
  await page.getByRole("button", { name: "Set limit" }).click();
}

/** The first one: the most urgent. */
function alarmOfPress(page: Page, state = ""): Locator {
  const rows = page.locator(state === "" ? ".alarm" : `.alarm[data-state="${state}"]`);
  return rows.filter({ hasText: "Press 7" }).first();
}
