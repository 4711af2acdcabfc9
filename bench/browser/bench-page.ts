import type { Browser, Page } from "playwright-core";
import { PageMetrics } from "./page-metrics.ts";

interface BenchPageGlobal {
  readonly bench: {
    start(url: string): Promise<void>;
    burst(count: number): Promise<number>;
    steady(rate: number, seconds: number): Promise<{ longestTask: number; longestGap: number }>;
    calls(): number;
  };
}

/** A page that publishes, connected and registered. */
export class BenchPage {
  readonly #page: Page;
  readonly #metrics: PageMetrics;

  private constructor(page: Page, metrics: PageMetrics) {
    this.#page = page;
    this.#metrics = metrics;
  }

  static async open(browser: Browser, address: string, msb: string): Promise<BenchPage> {
    const page = await browser.newPage();
    page.on("pageerror", (error) => {
      throw error;
    });
    await page.goto(address);
    const metrics = await PageMetrics.of(page);
    await page.evaluate((url) => (globalThis as unknown as BenchPageGlobal).bench.start(url), msb);
    return new BenchPage(page, metrics);
  }

  /** @returns events per second, and microseconds of CPU for each */
  async burst(count: number): Promise<{ rate: number; cpu: number }> {
    const before = await this.#metrics.cpuSeconds();
    const milliseconds = await this.#page.evaluate(
      (events) => (globalThis as unknown as BenchPageGlobal).bench.burst(events),
      count,
    );
    const cpu = ((await this.#metrics.cpuSeconds()) - before) * 1e6;
    return { rate: count / (milliseconds / 1_000), cpu: cpu / count };
  }

  async steady(rate: number, seconds: number) {
    const before = await this.#metrics.cpuSeconds();
    const watched = await this.#page.evaluate(
      ([perSecond, length]) => (globalThis as unknown as BenchPageGlobal).bench.steady(perSecond, length),
      [rate, seconds] as const,
    );
    return { ...watched, busy: ((await this.#metrics.cpuSeconds()) - before) / seconds };
  }

  /** Calls that came so far. */
  calls(): Promise<number> {
    return this.#page.evaluate(() => (globalThis as unknown as BenchPageGlobal).bench.calls());
  }

  close(): Promise<void> {
    return this.#page.context().close();
  }
}
