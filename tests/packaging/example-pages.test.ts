// The examples that are pages, with the packed package, in Chromium.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { type Broker, startBroker } from "../../src/broker/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { exampleManifest, installExample, scriptArguments } from "../support/package/example.ts";
import { ROOT } from "../support/package/package.ts";
import { Program, runOk } from "../support/package/program.ts";

const browser = useBrowser();

const shows = (page: Page, text: string): Promise<void> =>
  page.getByText(text, { exact: true }).first().waitFor({ timeout: 30_000 });

const registeredAt = (broker: Broker): Promise<string> =>
  new Promise((resolve) => broker.on("register", ({ uuid }) => resolve(uuid)));

/** Another tab of the same browser: it shares localStorage with the first. */
async function openBeside(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

describe("script-tag", () => {
  const serve = async (broker: Broker, as: string): Promise<{ program: Program; url: string }> => {
    const folder = await installExample(inject("consumer"), "script-tag", as);
    const script = join(folder, "station.js");
    const source = await readFile(script, "utf8");
    expect(source).toContain(":8085`");
    const own = source
      .replace(":8085`", `:${broker.port}\``)
      // Half a second, instead of ten, before it tries to register again.
      .replace('token: "station4"', 'token: "station4", retryPolicy: () => 500');
    await writeFile(script, own);
    const args = await scriptArguments("script-tag", "start");
    const program = new Program(process.execPath, args, { cwd: folder, env: { PORT: "0" } });
    const [url] = await program.written(/http:\S+/);
    return { program, url };
  };

  it("calls for help, shows messages, and is the same service after a reload", async () => {
    await using broker = await startBroker();
    const { program, url } = await serve(broker, "script-tag");
    await using _program = program;
    const registered = registeredAt(broker);
    const page = await browser.open(url);
    const uuid = await registered;
    const help = broker.waitForEvent({ uuid, eventId: "HELP_WANTED" });
    await page.getByRole("button", { name: "Call for help" }).click();
    expect((await help).dataObject).toBe("Station 4 needs help.");
    await shows(page, "Help is called.");
    broker.call(uuid, "SHOW_MESSAGE", "Help is on its way.");
    await shows(page, "Help is on its way.");
    const again = broker.waitForRegistration(uuid, { next: true, timeout: 30_000 });
    await page.reload();
    await again;
  });

  it("in a second tab says so, and takes over when the first is closed", { timeout: 60_000 }, async () => {
    await using broker = await startBroker();
    const { program, url } = await serve(broker, "script-tag-tabs");
    await using _program = program;
    const registered = registeredAt(broker);
    const first = await browser.open(url);
    const uuid = await registered;
    const second = await openBeside(first.context(), url);
    await shows(second, "open in another tab");
    await shows(first, "registered");
    const taken = broker.waitForRegistration(uuid, { next: true, timeout: 30_000 });
    await first.close();
    await taken;
    await shows(second, "registered");
  });
});

describe("react-vite", { timeout: 90_000 }, () => {
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");

  it("shows what the press measures, and sets its speed; StrictMode makes one service of it", async () => {
    await using broker = await startBroker({ allowOrigins: ["*"] });
    const folder = await installExample(inject("consumer"), "react-vite");
    expect((await exampleManifest("react-vite")).scripts["dev"]).toBe("vite");
    // Vitest says "test", which is neither of React's two.
    const env = {
      MSB_URL: broker.url,
      VITE_MSB_URL: broker.url,
      NODE_ENV: "development",
      NO_COLOR: "1",
    };
    await using dev = new Program(process.execPath, [vite, "--port", "0"], { cwd: folder, env });
    const press = new Program(process.execPath, await scriptArguments("react-vite", "press"), {
      cwd: folder,
      env,
    });
    await using _press = press;
    await press.written(/registered/);
    const [url] = await dev.written(/http:\/\/localhost:\d+\//);
    const page = await browser.open(url);
    await shows(page, "MSB: registered");
    await shows(page, "26 °C");
    await page.getByRole("button", { name: "90 strokes" }).click();
    await shows(page, "The press runs at 90 strokes per minute.");
    await shows(page, "29 °C");
    expect([...broker.services.values()].filter(({ name }) => name === "Dashboard")).toHaveLength(1);
    const opacity = (): Promise<string> =>
      page.getByText("29 °C").evaluate((element) => getComputedStyle(element).opacity);
    expect(await opacity()).toBe("1");
    await press[Symbol.asyncDispose]();
    await expect.poll(opacity, { timeout: 30_000 }).toBe("0.4");
  });

  it("compiles, and is built without a warning", async () => {
    const folder = await installExample(inject("consumer"), "react-vite", "react-vite-build");
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    expect(await runOk(process.execPath, [tsc, "--noEmit"], { cwd: folder })).toBe("");
    const output = await runOk(process.execPath, [vite, "build"], {
      cwd: folder,
      env: { NODE_ENV: "production", NO_COLOR: "1" },
    });
    expect(output).not.toMatch(/warn|externalized/i);
    expect(output).toMatch(/dist\/assets\/index-\S+\.js/);
  });
});
