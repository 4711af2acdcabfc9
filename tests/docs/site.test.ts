import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { serveSite } from "../support/browser/site.ts";
import { ROOT } from "../support/package/package.ts";
import { Program } from "../support/package/program.ts";

const SITE = pathToFileURL(join(ROOT, "reports/docs/"));
const CLIENT = "api/msb-client-websocket/classes/MsbClient.html";

const browser = useBrowser();

beforeAll(async () => {
  await using build = new Program("npm", ["run", "docs"], { cwd: ROOT });
  expect(`${await build.exit} ${build.output}`).toMatch(/^0 (?!.*(warn|error|deprecat)).*build complete/is);
}, 600_000);

/** Waits until the page's scripts have taken over: from then on its buttons do something. */
async function started(page: Page): Promise<void> {
  await page.waitForFunction(() => "__vue_app__" in (document.querySelector("#app") ?? {}));
}

/** Waits until the text of a page is there, such as `guides/tls`: by the class that VitePress gives it. */
async function arrived(page: Page, path: string): Promise<void> {
  await page.locator(`.vp-doc[class*="_${path.replace("/", "_")}"] h1`).waitFor();
  // Opened from a folder it is another page, whose scripts have to take over as well.
  await started(page);
}

/** Searches. @returns the first hit */
async function search(page: Page, words: string): Promise<Locator> {
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("searchbox").fill(words);
  return page.locator(".VPLocalSearchBox .result").first();
}

async function isDark(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.classList.contains("dark"));
}

async function switchTheme(page: Page): Promise<void> {
  await page.locator(".VPNavBarAppearance").getByRole("switch").click();
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe.each([
  ["served under a path", "http"],
  ["opened as files", "file"],
])("the site, %s", (_how, protocol) => {
  async function open(path: string, work: (page: Page) => Promise<void>): Promise<void> {
    await using server = await serveSite({ "/hall/3/": SITE });
    const root = protocol === "http" ? `${server.url}/hall/3/` : SITE.href;
    const page = await browser.open(`${root}${path}`, { colorScheme: "light" });
    const failed: string[] = [];
    page.on("requestfailed", (request) => {
      // Whoever goes to another page does not wait for what this one was still loading.
      if (request.failure()?.errorText !== "net::ERR_ABORTED") {
        failed.push(request.url());
      }
    });
    await started(page);
    await work(page);
    expect(failed).toEqual([]);
    // Before the server: the page may still be loading its icon.
    await page.close();
  }

  test("leads from page to page, over links in the text and in the menus", () =>
    open("index.html", async (page) => {
      await page.locator('.vp-doc a[href$="guides/migration.html"]').click();
      await arrived(page, "guides/migration");
      await page.locator('.VPSidebar a[href$="project/architecture.html"]').click();
      await arrived(page, "project/architecture");
      await page.locator('.vp-doc a[href*="guides/delivery.html"]').first().click();
      await arrived(page, "guides/delivery");
      await page.locator(".VPNavBarTitle a").click();
      await page.getByRole("heading", { level: 1, name: "msb-client-websocket" }).waitFor();
      await expect.poll(() => page.url()).toMatch(/\/(index\.html)?$/);
    }));

  test("finds an option by its name", () =>
    open("guides/tls.html", async (page) => {
      await (await search(page, "keepAlive")).click();
      await page.locator("#keepalive").waitFor();
      await expect.poll(() => page.url()).toMatch(/\/interfaces\/MsbClientOptions\.html#keepalive$/);
    }));

  test("is dark or light, and stays so on the next page", () =>
    open("index.html", async (page) => {
      expect(await isDark(page)).toBe(false);
      await switchTheme(page);
      await expect.poll(() => isDark(page)).toBe(true);
      await page.locator('.VPSidebar a[href$="guides/tls.html"]').click();
      await arrived(page, "guides/tls");
      expect(await isDark(page)).toBe(true);
    }));

  test("shows its pictures and draws its diagrams", () =>
    open("project/architecture.html", async (page) => {
      await expect.poll(() => page.locator(".diagram svg").count()).toBeGreaterThan(2);
      const widths = await page
        .locator("img")
        .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth));
      expect(widths).not.toEqual([]);
      expect(widths).not.toContain(0);
    }));
});

const SEARCHES: readonly (readonly [words: string, first: RegExp])[] = [
  // What a newcomer types: an explanation.
  ["flow", /^(guides|tutorial)/],
  ["flows", /^(guides|tutorial)/],
  ["offline", /^guides\/delivery\.html/],
  ["token", /^how-the-msb-works\.html#who-may-do-what/],
  ["call a function", /^tutorial\.html#4-call-the-function/],
  ["gateway", /^guides\/gateways\.html/],
  ["TLS", /^guides\/tls\.html/],
  ["publish", /^guides\//],
  ["register", /^guides\/delivery\.html#registering/],
  ["store", /^guides\/stores\.html/],
  ["broker", /^tutorial\.html#2-start-the-broker/],
  // What is a name is looked up.
  ["startBroker", /^api\/.*#startbroker$/],
  ["reconnectInterval", /^api\/.*#reconnectinterval$/],
  ["addEvent", /^api\/.*#addevent$/],
  ["STORE_FAILED", /^reference\/error-codes\.html#store_failed$/],
];

test("a search finds the explanation first, and a name where it is explained", {
  timeout: 60_000,
}, async () => {
  const page = await browser.open(new URL("index.html", SITE).href);
  await started(page);
  await page.getByRole("button", { name: "Search" }).click();
  const results = page.locator(".VPLocalSearchBox .result");
  for (const [words, first] of SEARCHES) {
    await page.getByRole("searchbox").fill("");
    await results.first().waitFor({ state: "detached" });
    await page.getByRole("searchbox").fill(words);
    const url = await results.first().evaluate((link) => (link as HTMLAnchorElement).href);
    expect(url.slice(SITE.href.length), words).toMatch(first);
  }
});

test("no page is wider than a phone, or a tablet", { timeout: 120_000 }, async () => {
  const page = await browser.open(new URL("index.html", SITE).href);
  const paths = ["index.html", ...pagesIn("guides"), ...pagesIn("reference"), ...pagesIn("project"), CLIENT];
  const tooWide: string[] = [];
  for (const path of ["first-minute.html", "tutorial.html", "how-the-msb-works.html", ...paths]) {
    await page.goto(new URL(path, SITE).href);
    for (const width of [390, 768]) {
      await page.setViewportSize({ width, height: 844 });
      if ((await overflow(page)) > 0) {
        tooWide.push(`${path} at ${width}`);
      }
    }
  }
  expect(tooWide).toEqual([]);
});

test("on a wide screen, lines of code that are up to 110 characters long are not cut", async () => {
  const page = await browser.open(new URL("index.html", SITE).href, {
    viewport: { width: 1920, height: 1080 },
  });
  const cut: string[] = [];
  for (const path of [
    "tutorial.html",
    "guides/react.html",
    "guides/stores.html",
    "guides/tls.html",
    CLIENT,
  ]) {
    await page.goto(new URL(path, SITE).href);
    await page.locator(".vp-doc pre").first().waitFor();
    const lines = await page.locator(".vp-doc pre").evaluateAll((blocks) =>
      blocks
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ textContent }) => textContent.split("\n").reduce((a, b) => (a.length < b.length ? b : a)))
        .filter(({ length }) => length <= 110),
    );
    cut.push(...lines);
  }
  expect(cut).toEqual([]);
});

test("on a phone, the words in the picture of the MSB can be read, and the picture scrolls by itself", async () => {
  const page = await browser.open(new URL("how-the-msb-works.html", SITE).href, {
    viewport: { width: 390, height: 844 },
  });
  const picture = page.locator('img[src*="how-the-msb-works"]');
  // Its smallest words have a size of 13, in a picture that is 920 wide.
  const { width } = (await picture.boundingBox()) ?? { width: 0 };
  expect((width / 920) * 13).toBeGreaterThan(12);
  const scrolls = await picture.evaluate(({ parentElement }) =>
    parentElement === null ? 0 : parentElement.scrollWidth - parentElement.clientWidth,
  );
  expect(scrolls).toBeGreaterThan(0);
});

test("no page asks another server for anything", async () => {
  const page = await browser.open("about:blank");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  for (const path of ["index.html", "project/architecture.html", CLIENT]) {
    await page.goto(new URL(path, SITE).href);
    await started(page);
  }
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((url) => !url.startsWith(SITE.href))).toEqual([]);
});

function pagesIn(folder: string): string[] {
  return readdirSync(new URL(folder, SITE)).map((name) => `${folder}/${name}`);
}
