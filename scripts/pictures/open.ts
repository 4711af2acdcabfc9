import type { Browser, Page } from "playwright-core";
import { Program } from "../../tests/support/package/program.ts";
import { ROOT } from "./image.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** In a browser of its own: it has seen none of the pages before. */
export async function openPage(browser: Browser, url: string, viewport: Size): Promise<Page> {
  const page = await browser.newPage({ viewport, colorScheme: "light" });
  await page.goto(url);
  return page;
}

export async function openConsole(browser: Browser, url: string, size: Size): Promise<Page> {
  const page = await openPage(browser, url, size);
  await page.getByText("live", { exact: true }).waitFor();
  return page;
}

/** `npm run demo`, on free ports, so that it disturbs nobody. */
export class RunningDemo implements AsyncDisposable {
  readonly #program = new Program("npm", ["run", "demo"], {
    cwd: ROOT,
    env: { MSB_PORT: "0", PAGE_PORT: "0" },
    group: true,
  });

  /** The addresses of dashboard and console, when it has printed them. */
  async urls(): Promise<{ readonly dashboard: string; readonly console: string }> {
    const [, dashboard = ""] = await this.#program.written(/Open the dashboard: +(http:\S+)\n/);
    const [, console = ""] = await this.#program.written(/See what the broker does at: +(http:\S+)\n/);
    await this.#program.written(/Ctrl\+C/);
    return { dashboard, console };
  }

  /** What it has printed. */
  get output(): string {
    return this.#program.output;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#program.signal("SIGINT");
    await this.#program.exit;
  }
}
