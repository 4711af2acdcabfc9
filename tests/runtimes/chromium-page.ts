import type { Page } from "playwright-core";
import { launchChromium } from "../support/browser/launch.ts";
import type { Check } from "./case.ts";

/** The head of the column. */
export const CLEAN = "nothing in the page's console";

/**
 * Opens a page in Chromium while something is done with it; a page that throws is not waited for.
 * @returns the checks of `work`, and whether the page threw nothing and wrote no error or warning
 */
export async function withChromiumPage(
  url: string,
  work: (page: Page) => Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    const thrown = new Promise<readonly Check[]>((resolve) => {
      page.on("pageerror", (error) => {
        problems.push(String(error));
        resolve([]);
      });
    });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) {
        problems.push(`${message.text()} (${message.location().url})`);
      }
    });
    await page.goto(url);
    const checks = await Promise.race([work(page), thrown]);
    const clean = { name: CLEAN, passed: problems.length === 0, detail: problems.join("\n") };
    return [...checks, clean];
  } finally {
    await browser.close();
  }
}
