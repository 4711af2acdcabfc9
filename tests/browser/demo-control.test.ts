// What somebody asks of the press, and what becomes of it when more happens meanwhile.
import type { Page } from "playwright-core";
import { expect, test, vi } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { isConnected, openDashboard, openTab, says } from "../support/demo/open-dashboard.ts";
import { openAt, startStandIn } from "../support/demo/stand-in-plant.ts";
import { useDemo } from "../support/demo/use-demo.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const browser = useBrowser();
const demo = useDemo();

test("a page that does not know yet who it is sends nothing, and says so", async () => {
  const page = await openDashboard(browser, demo().url);
  const context = page.context();
  // As a tab that was duplicated: it waits for a place that the first one keeps.
  await context.addInitScript(() => sessionStorage.setItem("plant-dashboard-place", "plant-dashboard-1"));
  const second = await openTab(context, demo().url);
  await expect.poll(() => slider(second).isEnabled()).toBe(true);
  await setSpeed(second, "85");
  await says(second.locator(".speed .outcome"), /^Not sent: this page is not connected to the bus\.$/);
});

test("what the slider is moved to while an answer is waited for stays", async () => {
  const { broker, press, measure } = await startStandIn();
  const page = await openAt(browser, demo().url, broker);
  await isConnected(page);
  await measure(new Date());
  await expect.poll(() => slider(page).isEnabled()).toBe(true);
  press.answerAfter = 1_500;
  await setSpeed(page, "90");
  await says(page.locator(".speed .outcome"), "90 requested …");
  await slider(page).fill("45");
  await says(page.locator(".speed .outcome"), "Done: Press 7 runs at 90 strokes/min.");
  await says(page.locator(".speed .hint"), "not set yet; now 90");
  expect(await slider(page).inputValue()).toBe("45");
});

test("what is typed as a limit while an answer is waited for stays", async () => {
  const page = await openDashboard(browser, demo().url);
  const field = page.getByLabel("Temperature limit");
  const asked = new Promise<() => void>((resolve) => {
    void page.route("**/plant/temperature-limit", (route) => resolve(() => void route.continue()));
  });
  await field.fill("95");
  await page.getByRole("button", { name: "Set limit" }).click();
  const goOn = await asked;
  await field.fill("9");
  goOn();
  await says(page.locator("#limit-says"), "Done: the alarm comes above 95 °C.");
  expect(await field.inputValue()).toBe("9");
});

function slider(page: Page) {
  return page.getByRole("slider", { name: "Speed" });
}

async function setSpeed(page: Page, speed: string): Promise<void> {
  await slider(page).fill(speed);
  await page.getByRole("button", { name: "Set speed" }).click();
}
