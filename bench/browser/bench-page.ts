import type { Browser, CDPSession, Page } from "playwright-core";

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
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async open(browser: Browser, address: string, msb: string): Promise<BenchPage> {
    const page = await browser.newPage();
    page.on("pageerror", (error) => {
      throw error;
    });
    await page.goto(address);
    const session = await page.context().newCDPSession(page);
    // CPU of the thread, and not the time that passes: that counts what other programs do, too.
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.evaluate((url) => (globalThis as unknown as BenchPageGlobal).bench.start(url), msb);
    return new BenchPage(page, session);
  }

  /** @returns events per second, and microseconds of CPU for each */
  async burst(count: number): Promise<{ rate: number; cpu: number }> {
    const before = await this.#cpuSeconds();
    const milliseconds = await this.#page.evaluate(
      (events) => (globalThis as unknown as BenchPageGlobal).bench.burst(events),
      count,
    );
    const cpu = ((await this.#cpuSeconds()) - before) * 1e6;
    return { rate: count / (milliseconds / 1_000), cpu: cpu / count };
  }

  async steady(rate: number, seconds: number) {
    const before = await this.#cpuSeconds();
    const watched = await this.#page.evaluate(
      ([perSecond, length]) => (globalThis as unknown as BenchPageGlobal).bench.steady(perSecond, length),
      [rate, seconds] as const,
    );
    return { ...watched, busy: ((await this.#cpuSeconds()) - before) / seconds };
  }

  /** Calls that came so far. */
  calls(): Promise<number> {
    return this.#page.evaluate(() => (globalThis as unknown as BenchPageGlobal).bench.calls());
  }

  close(): Promise<void> {
    return this.#page.context().close();
  }

  async #cpuSeconds(): Promise<number> {
    const { metrics } = await this.#session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  }
}
