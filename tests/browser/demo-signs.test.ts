import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { expect, test, vi } from "vitest";
import { dashboardOf } from "../../demo/dashboard.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { bus, card, isConnected, openDashboard, says, sign } from "../support/demo/open-dashboard.ts";
import { openAt, startStandIn } from "../support/demo/stand-in-plant.ts";
import { useDemo } from "../support/demo/use-demo.ts";

// Each opens several pages, and some wait until a page calls a machine silent.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const browser = useBrowser();
const demo = useDemo();

test("a half-open press turns amber, then red, with grey numbers; what it is asked for has no answer", async () => {
  const page = await openDashboard(browser, demo().url);
  await says(sign(page, "Press 7"), /^live/);
  const liveColour = await colourOfNumber(page);
  await demo().do("half-open");
  await says(sign(page, "Press 7"), /^no data for [2-9] s$/);
  expect(await card(page, "Press 7").getAttribute("data-level")).toBe("late");
  expect(await colourOfNumber(page)).not.toBe(liveColour);
  await says(sign(page, "Conveyor 3"), /^live/);

  const speed = page.getByRole("slider", { name: "Speed" });
  const before = await speed.inputValue();
  const wanted = before === "90" ? "95" : "90";
  await speed.fill(wanted);
  await page.getByRole("button", { name: "Set speed" }).click();
  await says(page.locator(".speed .outcome"), `${wanted} requested …`);
  await says(
    page.locator(".speed .outcome"),
    /^No answer after 5 s\. Press 7: no data for \d+ s\. It may still be done later\.$/,
  );
  await saysNothingOfDevelopers(page);
  // It follows the press again.
  await expect.poll(() => speed.inputValue()).toBe(before);

  await says(sign(page, "Press 7"), /^no data for 1\d s$/);
  expect(await card(page, "Press 7").getAttribute("data-level")).toBe("silent");
  await says(announcements(page), "Press 7: no data.");
  await says(bus(page), "Bus: connected");

  await demo().do("plug");
  await says(sign(page, "Press 7"), /^live/, 60_000);
  await says(announcements(page), "Press 7 is live again.");
  expect(await colourOfNumber(page)).toBe(liveColour);
});

test("what was done later than it was waited for is said to be done", async () => {
  const { broker, press, measure } = await startStandIn();
  const page = await openAt(browser, demo().url, broker);
  await isConnected(page);
  await measure(new Date());
  await says(sign(page, "Press 7"), /^live/);
  press.answerAfter = 7_000;
  await page.getByRole("slider", { name: "Speed" }).fill("90");
  await page.getByRole("button", { name: "Set speed" }).click();
  const outcome = page.locator(".speed .outcome");
  await says(outcome, /^No answer after 5 s\. .* It may still be done later\.$/);
  await expect.poll(() => press.speed).toBe(90);
  await measure(new Date());
  await says(outcome, "Done after all: Press 7 runs at 90 strokes/min.");
});

test("the sign of the bus says when the next try is; when the bus is back, so is the page", async () => {
  const page = await openDashboard(browser, demo().url);
  const restarted = demo().do("restart-broker");
  await says(bus(page), /^Bus: not connected, next try in [12] sTry now$/);
  await says(announcements(page), "The connection to the bus is lost.");
  await saysNothingOfDevelopers(page);
  await restarted;
  const start = performance.now();
  await isConnected(page);
  expect(performance.now() - start).toBeLessThan(8_000);
  await says(announcements(page), /Connected to the bus\.\n?$/);
  await says(sign(page, "Robot 12"), /^live/, 40_000);
});

test("the bus is tried at once when it is asked to", async () => {
  const { broker } = await startStandIn();
  const page = await openAt(browser, demo().url, broker, { hasClock: true });
  await isConnected(page);
  const restarted = broker.faults.restart(5_000);
  await says(bus(page), /^Bus: not connected, next try in 2 s/);
  // From here on the time of the page stands still: by itself it would never try again.
  await page.clock.pauseAt(Date.now() + 1_000);
  await restarted;
  await says(bus(page), /^Bus: not connected, next try in [12] s/);
  await bus(page).getByRole("button", { name: "Try now" }).click();
  await page.clock.runFor(200);
  await isConnected(page);
});

test("what was measured long ago is not live, however newly it comes", async () => {
  const { broker, measure } = await startStandIn();
  const page = await openAt(browser, demo().url, broker);
  await isConnected(page);
  await measure(new Date(Date.now() - 5_000));
  await says(sign(page, "Press 7"), /^(catching up, [5-9] s behind|no data for [5-9] s)$/);
  expect(await card(page, "Press 7").getAttribute("data-level")).toBe("late");
  await measure(new Date());
  await says(sign(page, "Press 7"), /^live, \d\.\d s ago$/);
  const strokes = card(page, "Press 7").locator("dt", { hasText: "Strokes" }).locator("+ dd");
  await says(strokes, /^2$/);
  // Older than what is known: it changes nothing.
  await measure(new Date(Date.now() - 60_000));
  await says(sign(page, "Press 7"), /^no data for [2-9] s$/);
  await says(strokes, /^2$/);
});

test("whether a silent machine has an alarm is not known, and that is said", async () => {
  const { broker, measure } = await startStandIn();
  const page = await openAt(browser, demo().url, broker);
  await isConnected(page);
  await measure(new Date());
  await says(page.locator(".alarms .count"), "none known");
  await says(page.locator(".alarm-count"), "no alarms known");
  await says(
    page.locator(".alarms .hint"),
    "Not known of Press 7, Conveyor 3 and Robot 12: no data at the moment.",
  );
});

test("a page whose place at the bus is taken says so, and takes it when it is free", async () => {
  const { broker } = await startStandIn();
  const uuid = randomUUID();
  const { client } = dashboardOf(uuid);
  await client.start(broker.url);
  const page = await openAt(browser, demo().url, broker, { uuid });
  await says(bus(page), /^Bus: this page is open somewhere else, next try in \d+ sTry now$/);
  await expect.poll(() => page.title()).toBe("not connected · Plant");
  await client.disconnect();
  await bus(page).getByRole("button", { name: "Try now" }).click();
  await isConnected(page);
});

/** No uuid, no JSON, no address, no name of an error or a code. */
async function saysNothingOfDevelopers(page: Page): Promise<void> {
  const text = await page.locator("body").innerText();
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|[{}]|:\/\/|Error|Exception|NIO_|SET_SPEED|TIMEOUT/);
}

function announcements(page: Page) {
  return page.getByRole("log", { name: "Announcements" }).locator("p");
}

function colourOfNumber(page: Page): Promise<string> {
  return card(page, "Press 7")
    .locator(".main-value .number")
    .evaluate((element) => getComputedStyle(element).color);
}
