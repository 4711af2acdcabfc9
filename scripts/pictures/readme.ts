import type { Browser } from "playwright-core";
import { compose, save } from "./image.ts";
import { openConsole, openPage, RunningDemo } from "./open.ts";

/** What people load with the README. */
const MAX_BYTES = 200_000;
const HEIGHT = 900;

/** The demo's page after the plug was pulled and put back, and the console beside it. */
export async function pictureOfReadme(browser: Browser): Promise<void> {
  await using demo = new RunningDemo();
  const urls = await demo.urls();
  const dashboard = await openPage(browser, urls.dashboard, { width: 1_120, height: HEIGHT });
  await dashboard.getByRole("button", { name: "1 min" }).click();
  const console = await openConsole(browser, urls.console, { width: 900, height: HEIGHT });
  await console.getByRole("link", { name: /^Flows/ }).click();
  // The curve needs some values.
  await dashboard.waitForTimeout(8_000);
  await dashboard.getByRole("slider", { name: "Speed" }).fill("90");
  await dashboard.getByRole("button", { name: "Set speed" }).click();
  await dashboard.getByText("Done: Press 7 runs at 90").waitFor();
  await dashboard.waitForTimeout(4_000);
  const cable = dashboard.getByRole("switch", { name: /Network cable of the press/ });
  await cable.click();
  await dashboard.waitForTimeout(8_000);
  await cable.click();
  await dashboard.getByText("none lost").first().waitFor();
  await dashboard.waitForTimeout(4_000);
  await dashboard.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  const both = [await dashboard.screenshot(), await console.screenshot()];
  await save(browser, "demo-and-console", await compose(browser, "row", both), MAX_BYTES);
  await Promise.all([dashboard.close(), console.close()]);
}
