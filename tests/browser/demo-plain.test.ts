// demo/plain.html: what users copy, as the demo serves it, and as it is on a server of theirs.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { beforeAll, expect, test, vi } from "vitest";
import { tagsOf } from "../../scripts/cdn-tag.ts";
import { startBroker } from "../../src/broker/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { serveSite } from "../support/browser/site.ts";
import { useDemo } from "../support/demo/use-demo.ts";
import { ensureBuilt, ROOT } from "../support/package/package.ts";

vi.setConfig({ testTimeout: 120_000 });

const browser = useBrowser();
const demo = useDemo();

// Where nothing is built yet it takes a while.
beforeAll(ensureBuilt, 300_000);

test("shows live values, and sets the speed", async () => {
  const page = await browser.open(`${demo().url}plain.html`);
  await works(page);
});

test("keeps its identity over a reload, and a second tab says why it shows nothing", async () => {
  const page = await browser.open(`${demo().url}plain.html`);
  await shows(page, "#state", /^connected$/);
  const uuid = () => page.evaluate(() => localStorage.getItem("plainPage"));
  const first = await uuid();
  await page.reload();
  await shows(page, "#state", /^connected$/);
  expect(await uuid()).toBe(first);
  const second = await page.context().newPage();
  await second.goto(page.url());
  await shows(second, "#state", /^open in another tab$/);
});

test("says how old its values are when the press is out of reach, and that no answer came", async () => {
  const page = await browser.open(`${demo().url}plain.html`);
  await shows(page, "#age", /^live$/);
  await demo().do("half-open");
  await shows(page, "#age", /^no data for [2-9] s$/);
  await page.getByRole("button", { name: "Set speed" }).click();
  await shows(page, "#answer", /^No answer after 5 s\.$/);
  await demo().do("plug");
  await shows(page, "#age", /^live$/);
});

test("as it is it loads the package by the tag of a CDN, and works with the MSB that its address names", async () => {
  const text = await readFile(join(ROOT, "demo/plain.html"), "utf8");
  expect(tagsOf(text)).toHaveLength(1);
  await using site = await serveSite({
    // Only the address is another one: the hash is that of the file.
    "/plain.html": text.replace(/https:\/\/cdn\.jsdelivr\.net\/[^"]+/, "/msb.js"),
    "/msb.js": new URL("../../dist/index.global.js", import.meta.url),
  });
  const { msbUrl } = await demo().session();
  const page = await browser.open(`${site.url}/plain.html?${new URLSearchParams({ msb: msbUrl })}`);
  await works(page);
});

test("opened as a file it works with an MSB that lets files in", async () => {
  await using broker = await startBroker({ allowOrigins: ["null"] });
  const page = await openFile(broker.url);
  await shows(page, "#state", /^connected$/);
  expect(await page.getByRole("alert").count()).toBe(0);
  await shows(page, "#age", /^no data yet$/);
});

test("opened as a file it says why an MSB does not let it in, and where it is served", async () => {
  await using broker = await startBroker();
  const page = await openFile(broker.url);
  const help = page.getByRole("alert");
  await expect
    .poll(() => help.innerText())
    .toBe(
      "This page was opened as a file, and an MSB lets no files in. If the demo runs, open it there: " +
        "http://127.0.0.1:8080/plain.html. Or start a broker that lets files in: npx msb-broker --allow-origin null",
    );
  expect(await help.getByRole("link").getAttribute("href")).toBe("http://127.0.0.1:8080/plain.html");
  await shows(page, "#state", /^not connected, trying again$/);
});

test("says so when the package cannot be loaded", async () => {
  const page = await (await browser.open("about:blank")).context().newPage();
  await page.route("https://cdn.jsdelivr.net/**", (route) => route.abort());
  await page.goto(String(pathToFileURL(join(ROOT, "demo/plain.html"))));
  await expect
    .poll(() => page.getByRole("alert").innerText())
    .toMatch(/^The script of this page could not be loaded from the internet\./);
});

/** By a double click, as it were. @param msbUrl that it should connect to */
async function openFile(msbUrl: string): Promise<Page> {
  const page = await (await browser.open("about:blank")).context().newPage();
  const path = join(ROOT, "dist/index.global.js");
  await page.route("https://cdn.jsdelivr.net/**", (route) =>
    route.fulfill({ path, headers: { "Access-Control-Allow-Origin": "*" } }),
  );
  const file = pathToFileURL(join(ROOT, "demo/plain.html"));
  await page.goto(`${file}?${new URLSearchParams({ msb: msbUrl })}`);
  return page;
}

async function works(page: Page): Promise<void> {
  await shows(page, "#state", /^connected$/);
  await shows(page, "#age", /^live$/);
  for (const id of ["#temperature", "#force"]) {
    await shows(page, id, /^\d+\.\d$/);
  }
  for (const speed of ["90", "60"]) {
    await page.getByRole("spinbutton", { name: "New speed" }).fill(speed);
    await page.getByRole("button", { name: "Set speed" }).click();
    await shows(page, "#answer", new RegExp(`^The press runs at ${speed} now\\.$`));
    await shows(page, "#speed", new RegExp(`^${speed}$`));
  }
}

async function shows(page: Page, selector: string, expected: RegExp): Promise<void> {
  await expect.poll(() => page.textContent(selector)).toMatch(expected);
}
