import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchChromium } from "./launch.ts";

export interface TestBrowser {
  /**
   * Opens a page that shares nothing with others, in a tab of its own.
   * A test in which a page throws, or writes an error into its console, fails.
   */
  open(url: string, options?: BrowserContextOptions): Promise<Page>;
}

/** One real Chromium for all tests of a file; pages are closed after each test. */
export function useBrowser(): TestBrowser {
  let browser: Browser | undefined;
  let problems: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterEach(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
    const found = problems;
    problems = [];
    expect(found).toEqual([]);
  });

  afterAll(() => browser?.close());

  return {
    async open(url, options) {
      if (browser === undefined) {
        throw new Error("Pages are opened by tests.");
      }
      const context = await browser.newContext(options);
      const page = await context.newPage();
      page.on("pageerror", (error) => problems.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error") {
          problems.push(`${message.text()} (${message.location().url})`);
        }
      });
      await page.goto(url);
      return page;
    },
  };
}
