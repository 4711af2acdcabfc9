import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { PageMetrics } from "../browser/page-metrics.ts";
import type { ViewFigures } from "./result.ts";
import type { View } from "./views.ts";

interface InPage {
  readonly consoleBench: {
    start(): void;
    stop(): { readonly gaps: number[]; readonly tasks: number[] };
    awaitClick(): void;
    readonly clicked: Promise<number>;
  };
}

const IN_PAGE = fileURLToPath(new URL("in-page.js", import.meta.url));
/** A service is looked for among these rows of the list: on a small page the list shows no more. */
const ROWS = 3;

/** The console in a Chromium of its own, measured from outside as far as that goes. */
export class ConsolePage {
  readonly #page: Page;
  readonly #metrics: PageMetrics;

  private constructor(page: Page, metrics: PageMetrics) {
    this.#page = page;
    this.#metrics = metrics;
  }

  static async open(browser: Browser, url: string): Promise<ConsolePage> {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on("pageerror", (error) => {
      throw error;
    });
    await page.addInitScript({ path: IN_PAGE });
    await page.goto(url);
    return new ConsolePage(page, await PageMetrics.of(page));
  }

  async show({ path, prepare }: View): Promise<void> {
    await this.#page.evaluate((hash) => {
      location.hash = hash;
    }, path);
    await prepare?.(this.#page);
  }

  async watch(seconds: number): Promise<ViewFigures> {
    const heapBefore = await this.#metrics.heap();
    const before = await this.#metrics.cpuSeconds();
    await this.#page.evaluate(() => (globalThis as unknown as InPage).consoleBench.start());
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    const { gaps, tasks } = await this.#page.evaluate(() =>
      (globalThis as unknown as InPage).consoleBench.stop(),
    );
    const busy = ((await this.#metrics.cpuSeconds()) - before) / seconds;
    return { gaps, tasks, busy, heapBefore, heapAfter: await this.#metrics.heap() };
  }

  /** Clicks on one service of the list after the other. @returns milliseconds until list and heading show it */
  async click(count: number): Promise<readonly number[]> {
    const rows = this.#page.getByRole("listbox", { name: "Services" }).getByRole("option");
    const delays: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const box = await rows.nth((index % ROWS) + 1).boundingBox();
      if (box === null) {
        throw new Error("The list of services has too few rows.");
      }
      await this.#page.evaluate(() => (globalThis as unknown as InPage).consoleBench.awaitClick());
      await this.#page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      delays.push(
        await this.#page.evaluate(() => {
          const { clicked } = (globalThis as unknown as InPage).consoleBench;
          const tooLate = new Promise<never>((_, reject) =>
            setTimeout(reject, 10_000, new Error("A click on a service showed no service for ten seconds.")),
          );
          return Promise.race([clicked, tooLate]);
        }),
      );
    }
    return delays;
  }
}
