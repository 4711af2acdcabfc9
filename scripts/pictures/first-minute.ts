// The first minute of `npm run demo`: docs/first-minute.md.
import type { Browser, Locator, Page } from "playwright-core";
import { screenshotAround } from "./image.ts";
import { openConsole, openPage, RunningDemo } from "./open.ts";
import { Recording } from "./recording.ts";
import { pictureOfTerminal } from "./terminal.ts";

const DASHBOARD = { width: 1_120, height: 900 };
const CONSOLE = { width: 1_120, height: 760 };
const PATIENCE = { timeout: 30_000 };

export async function picturesOfFirstMinute(browser: Browser): Promise<void> {
  await using demo = new RunningDemo();
  const urls = await demo.urls();
  const recording = new Recording(Date.now());
  recording.keep(await pictureOfTerminal(browser, "npm run demo", withUsualPorts(demo.output, urls)));

  const dashboard = await openPage(browser, urls.dashboard, DASHBOARD);
  await dashboard.waitForTimeout(1_000);
  recording.keep(await dashboard.screenshot());
  await watchTheMachines(dashboard, recording);
  await setTheSpeed(dashboard, recording);
  await pullThePlug(dashboard, recording);
  const console = await openConsole(browser, urls.console, CONSOLE);
  await lookAtTheConsole(console, recording);
  await acknowledgeTheAlarm(dashboard, recording);
  await Promise.all([dashboard.close(), console.close()]);
  await recording.save(browser);
}

/** It runs on free ports; a reader's are those. */
function withUsualPorts(output: string, urls: { readonly dashboard: string; readonly console: string }) {
  return output
    .replaceAll(`:${new URL(urls.dashboard).port}/`, ":8080/")
    .replaceAll(`:${new URL(urls.console).port}`, ":8085");
}

async function watchTheMachines(page: Page, recording: Recording): Promise<void> {
  await page.getByRole("button", { name: "1 min" }).click();
  await page.locator(".machine-press .sign", { hasText: /^live/ }).waitFor(PATIENCE);
  await recording.until(9);
  recording.keep(await screenshotAround(page, card(page, "Press 7"), card(page, "Robot 12")));
}

async function setTheSpeed(page: Page, recording: Recording): Promise<void> {
  const control = page.locator(".control");
  await recording.until(14);
  await page.getByRole("slider", { name: "Speed" }).fill("90");
  const before = await screenshotAround(page, control);
  await page.getByRole("button", { name: "Set speed" }).click();
  await page.getByText("Done: Press 7 runs at 90").waitFor(PATIENCE);
  recording.keep(before, await screenshotAround(page, control));
  await page.waitForTimeout(5_000);
  recording.keep(await screenshotAround(page, page.locator(".place-chart")));
}

async function pullThePlug(page: Page, recording: Recording): Promise<void> {
  const cable = page.getByRole("switch", { name: /Network cable of the press/ });
  const both = (): Promise<Buffer> =>
    screenshotAround(page, page.locator(".place-chart"), page.locator(".place-plug"));
  await recording.until(25);
  await cable.click();
  await page.waitForTimeout(10_000);
  recording.keep(await both());
  await cable.click();
  await page.getByText("none lost").first().waitFor(PATIENCE);
  // The bar drains before one's eyes.
  await page.waitForTimeout(1_500);
  recording.keep(await both());
}

async function lookAtTheConsole(page: Page, recording: Recording): Promise<void> {
  await page.waitForTimeout(1_000);
  recording.keep(await page.screenshot());
  await page.getByRole("link", { name: /^Flows/ }).click();
  await page.waitForTimeout(2_000);
  recording.keep(await page.screenshot());
}

/** The first one comes by itself: the belt jams. */
async function acknowledgeTheAlarm(page: Page, recording: Recording): Promise<void> {
  const alarms = page.locator(".alarms");
  const picture = (): Promise<Buffer> =>
    screenshotAround(page, alarms.locator(".card-head"), alarms.locator(".alarm").first());
  await alarms.getByText("The belt is jammed").waitFor(PATIENCE);
  const before = await picture();
  await alarms.getByRole("button", { name: /^Acknowledge/ }).click();
  await alarms.getByRole("button", { name: /^Acknowledge/ }).waitFor({ state: "detached", ...PATIENCE });
  recording.keep(before, await picture());
}

/** The card of a machine. */
function card(page: Page, machine: string): Locator {
  return page.getByRole("region", { name: machine, exact: true });
}
