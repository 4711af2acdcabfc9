import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { ROOT } from "../support/package/package.ts";
import { Program } from "../support/package/program.ts";

const browser = useBrowser();
let demo: Program;
let url: string;
let msSinceStart: number;

beforeAll(async () => {
  const start = performance.now();
  const env = { MSB_PORT: "0", PAGE_PORT: "0" };
  demo = new Program(process.execPath, ["--import", "tsx", "demo/start.ts"], { cwd: ROOT, env });
  [, url = ""] = await demo.written(/Open the dashboard: +(http:\/\/127\.0\.0\.1:\d+\/)/);
  msSinceStart = performance.now() - start;
});

afterAll(() => demo[Symbol.asyncDispose]());

test("prints the URL within ten seconds", () => {
  expect(msSinceStart).toBeLessThan(10_000);
});

test("the page shows live values", async () => {
  const page = await browser.open(url);
  await shows(page, "#state", "registered");
  for (const id of ["temperature", "force", "speed", "strokes"]) {
    await shows(page, `#${id}`, /^\d+(\.\d)?$/);
  }
  for (const id of ["temperature", "strokes"]) {
    const before = await text(page, `#${id}`);
    await expect.poll(() => text(page, `#${id}`), { timeout: 10_000 }).not.toBe(before);
  }
  const points = async () => ((await page.getAttribute("#line", "points")) ?? "").split(" ").length;
  await expect.poll(points, { timeout: 10_000 }).toBeGreaterThan(2);
});

test("the button changes the press, and every page sees it", async () => {
  const [page, other] = await Promise.all([browser.open(url), browser.open(url)]);
  await setSpeed(page, 90);
  await shows(page, "#messages", /Asked for 90 strokes per minute\./);
  for (const each of [page, other]) {
    await shows(each, "#speed", "90");
    await shows(each, "#messages", /The press runs at 90 strokes per minute now\./);
  }
  expect(await text(other, "#messages")).not.toContain("Asked for");

  await setSpeed(other, 15);
  for (const each of [page, other]) {
    await shows(each, "#speed", "15");
    await shows(each, "#messages", /The press runs at 15 strokes per minute now\./);
  }
});

test("a page that is opened again starts anew", async () => {
  const page = await browser.open(url);
  await shows(page, "#temperature", /^\d+\.\d$/);
  await page.reload();
  await shows(page, "#state", "registered");
  await shows(page, "#temperature", /^\d+\.\d$/);
});

test("SIGTERM ends it in order, with a page open", async () => {
  const page = await browser.open(url);
  await shows(page, "#state", "registered");
  demo.signal("SIGTERM");
  expect(await demo.exit, demo.output).toBe(0);
  expect(demo.output).not.toMatch(/error|warn/i);
  await shows(page, "#state", "reconnecting");
});

async function setSpeed(page: Page, speed: number): Promise<void> {
  await page.getByRole("slider", { name: "Speed" }).fill(String(speed));
  await shows(page, "#wanted-value", String(speed));
  await page.getByRole("button", { name: "Set speed" }).click();
}

async function text(page: Page, selector: string): Promise<string> {
  return (await page.textContent(selector)) ?? "";
}

async function shows(page: Page, selector: string, expected: string | RegExp): Promise<void> {
  const pattern = typeof expected === "string" ? new RegExp(`^${expected}$`) : expected;
  await expect.poll(() => text(page, selector), { timeout: 10_000 }).toMatch(pattern);
}
