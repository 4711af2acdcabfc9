import type { BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import type { TestBrowser } from "../browser/browser.ts";

/**
 * Opens the dashboard of the demo in a browser of its own. A test in which it throws, or writes an error, fails, but for what the
 * browser itself writes when the bus or the page server is away: that is what is tested here.
 */
export async function openDashboard(
  browser: TestBrowser,
  url: string,
  options?: BrowserContextOptions,
): Promise<Page> {
  const first = await browser.open("about:blank", { viewport: { width: 1400, height: 1000 }, ...options });
  const page = await openTab(first.context(), url);
  await isConnected(page);
  return page;
}

/** Another tab of the same browser. */
export async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    const isOfBrowser = /^Failed to load resource|^WebSocket connection to/.test(message.text());
    if (message.type() === "error" && !isOfBrowser) {
      problems.push(message.text());
    }
  });
  onTestFinished(() => expect(problems).toEqual([]));
  await page.goto(url);
  return page;
}

export function isConnected(page: Page): Promise<void> {
  return bus(page).getByText("Bus: connected", { exact: true }).waitFor();
}

export function bus(page: Page): Locator {
  return page.locator(".bus");
}

/** The card of a machine. */
export function card(page: Page, machine: string): Locator {
  return page.getByRole("region", { name: machine, exact: true });
}

export function sign(page: Page, machine: string): Locator {
  return card(page, machine).locator(".sign");
}

/** Waits until there is this text. */
export async function says(place: Locator, text: string | RegExp, timeout = 30_000): Promise<void> {
  await expect.poll(() => place.allTextContents().then((all) => all.join("\n")), { timeout }).toMatch(text);
}
