import { launchChromium } from "../../support/browser/launch.ts";
import type { Check, RuntimeCase } from "../case.ts";
import { CLEAN, withChromiumPage } from "../chromium-page.ts";
import { servePages } from "../pages.ts";

export const CHROMIUM: RuntimeCase = {
  name: "Chromium",
  group: "browser",
  async version() {
    const browser = await launchChromium();
    const version = browser.version();
    await browser.close();
    return version;
  },
  async run(context) {
    await using site = await servePages(context, "Chromium");
    const checks: Check[] = [];
    for (const { url, check } of site.pages) {
      checks.push(...(await withChromiumPage(url, async () => [await check()])));
    }
    // The console's column comes last.
    return checks.sort((one, other) => Number(one.name === CLEAN) - Number(other.name === CLEAN));
  },
};
