import type { CDPSession, Page } from "playwright-core";

/** What Chromium itself says about a page. */
export class PageMetrics {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<PageMetrics> {
    const session = await page.context().newCDPSession(page);
    // CPU of the thread, and not the time that passes: that counts what other programs do, too.
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    return new PageMetrics(session);
  }

  /** Seconds of CPU that the main thread has taken. */
  cpuSeconds(): Promise<number> {
    return this.#metric("TaskDuration");
  }

  /** Bytes that are in use, after everything else has been collected. */
  async heap(): Promise<number> {
    await this.#session.send("HeapProfiler.collectGarbage");
    return this.#metric("JSHeapUsedSize");
  }

  async #metric(wanted: string): Promise<number> {
    const { metrics } = await this.#session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  }
}
