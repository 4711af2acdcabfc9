import type { Page } from "playwright-core";
import { expect, test, vi } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { launchChromium } from "../support/browser/launch.ts";
import { seriousFindings } from "../support/browser/serious-findings.ts";
import {
  bus,
  card,
  isConnected,
  openDashboard,
  openTab,
  says,
  sign,
} from "../support/demo/open-dashboard.ts";
import { useDemo } from "../support/demo/use-demo.ts";

// Each opens several pages, and some wait until a page calls a machine silent.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const browser = useBrowser();
const demo = useDemo();

test("all machines are live, with values that change", async () => {
  const page = await openDashboard(browser, demo().url);
  for (const machine of ["Press 7", "Conveyor 3", "Robot 12"]) {
    await says(sign(page, machine), /^live, \d\.\d s ago$/);
    await says(card(page, machine).locator(".main-value .number"), /^\d+(\.\d)?$/);
  }
  const more = (machine: string, label: string) =>
    card(page, machine).locator("dt", { hasText: label }).locator("+ dd");
  await says(more("Robot 12", "Arm"), /^(waiting|picking|placing)\n\d+°$/);
  for (const value of [
    more("Press 7", "Strokes"),
    more("Conveyor 3", "Parts moved"),
    card(page, "Robot 12").locator(".main-value .number"),
  ]) {
    const before = await value.textContent();
    await expect.poll(() => value.textContent()).not.toBe(before);
  }
  await expect
    .poll(() => card(page, "Press 7").locator(".sparkline path").getAttribute("d"))
    .toMatch(/^M[^M]*L/);
  await says(page.locator(".last-data"), /\d\d:\d\d:\d\d/);
  await expect.poll(() => page.title()).toMatch(/Plant$/);
});

test("the slider follows the press until it is touched; what one page sets, another one shows", async () => {
  const [page, other] = await Promise.all([
    openDashboard(browser, demo().url),
    openDashboard(browser, demo().url),
  ]);
  for (const speed of ["90", "15"]) {
    await slider(page).fill(speed);
    await says(page.locator(".speed .hint"), /^not set yet; now \d+$/);
    await page.getByRole("button", { name: "Set speed" }).click();
    await says(page.locator(".speed .outcome"), `Done: Press 7 runs at ${speed} strokes/min.`);
    await says(card(other, "Press 7").locator("dt", { hasText: "Speed" }).locator("+ dd"), `${speed} /min`);
    await expect.poll(() => slider(other).inputValue()).toBe(speed);
  }
  // Touched, it does not follow any more; undone, it does.
  await slider(other).fill("100");
  await slider(page).fill("60");
  await page.getByRole("button", { name: "Set speed" }).click();
  await says(other.locator(".speed .hint"), "not set yet; now 60");
  expect(await slider(other).inputValue()).toBe("100");
  await other.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => slider(other).inputValue()).toBe("60");
});

test("six loads are one service, and a second tab is a second one", async () => {
  const before = await dashboards();
  const page = await openDashboard(browser, demo().url);
  for (let load = 2; load <= 6; load += 1) {
    await page.reload();
    await isConnected(page);
    await says(sign(page, "Press 7"), /^live/);
  }
  expect(await newOnes(before)).toHaveLength(1);
  const tab = await openTab(page.context(), demo().url);
  await isConnected(tab);
  await says(sign(tab, "Press 7"), /^live/);
  await says(bus(page), "Bus: connected");
  const both = await newOnes(before);
  expect(both).toHaveLength(2);
  await tab.reload();
  await isConnected(tab);
  expect(await newOnes(before)).toEqual(both);
});

test("the same without a secure context, where there are no locks", async () => {
  const before = await dashboards();
  const first = await browser.open("about:blank");
  const context = first.context();
  await context.addInitScript(() => {
    // As it is by plain http from another computer.
    Reflect.deleteProperty(Object.getPrototypeOf(navigator), "locks");
  });
  const [page, tab] = [await openTab(context, demo().url), await openTab(context, demo().url)];
  await isConnected(page);
  await isConnected(tab);
  expect(await page.evaluate(() => "locks" in navigator)).toBe(false);
  const both = await newOnes(before);
  expect(both).toHaveLength(2);
  for (const each of [page, tab, page]) {
    await each.reload();
    await isConnected(each);
  }
  expect(await newOnes(before)).toEqual(both);
});

test("everything can be done by keyboard", async () => {
  const page = await openDashboard(browser, demo().url);
  await says(sign(page, "Press 7"), /^live/);
  await page.keyboard.press("Tab");
  await says(focused(page), "Skip to the machines");
  await tabTo(page, "#speed");
  const start = Number(await slider(page).inputValue());
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => slider(page).inputValue()).toBe(String(start + 5));
  await page.keyboard.press("Escape");
  await expect.poll(() => slider(page).inputValue()).toBe(String(start));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await says(page.locator(".speed .outcome"), `Done: Press 7 runs at ${start - 5} strokes/min.`);
  await tabTo(page, "#limit");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("57,5");
  await page.keyboard.press("Enter");
  await says(page.locator("#limit-says"), "Done: the alarm comes above 57.5 °C.");
});

test.each([
  { name: "light", options: { colorScheme: "light" } },
  { name: "dark", options: { colorScheme: "dark" } },
  { name: "on a phone", options: { viewport: { width: 390, height: 844 }, hasTouch: true } },
] as const)("axe finds nothing serious, $name", async ({ options }) => {
  const page = await openDashboard(browser, demo().url, options);
  await says(sign(page, "Robot 12"), /^live/);
  expect(await seriousFindings(page)).toEqual([]);
});

test("on a phone the cards are two by two, and nothing is wider than the screen", async () => {
  const page = await openDashboard(browser, demo().url, { viewport: { width: 390, height: 844 } });
  for (const machine of ["Press 7", "Conveyor 3", "Robot 12"]) {
    await says(sign(page, machine), /^live/);
  }
  // All of one moment: each value that comes may move them.
  const [press, conveyor, robot, alarms] = await page.evaluate(() =>
    [".machine-press", ".machine-conveyor", ".machine-robot", ".alarm-tile"].map((selector) => {
      const { x = -1, y = -1 } = document.querySelector(selector)?.getBoundingClientRect() ?? {};
      return { x, y };
    }),
  );
  expect(conveyor?.y).toBe(press?.y);
  expect(robot?.x).toBe(press?.x);
  expect(alarms).toMatchObject({ x: conveyor?.x, y: robot?.y });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test("on a phone, fingers hit every button and field", async () => {
  const page = await openDashboard(browser, demo().url, { viewport: { width: 390, height: 844 } });
  await says(sign(page, "Press 7"), /^live/);
  const targets = page.locator("button, input, summary, a.button");
  const small = await targets.evaluateAll((all) =>
    all
      .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
      .map((each) => each.id || each.textContent),
  );
  expect(await targets.count()).toBeGreaterThan(10);
  expect(small).toEqual([]);
});

test.each([390, 1366])(
  "with text twice as large nothing is beyond the edge of a screen of %d pixels",
  async (width) => {
    await using large = await launchChromium(["--blink-settings=defaultFontSize=32"]);
    const page = await large.newPage({ viewport: { width, height: 844 } });
    await page.goto(demo().url);
    await isConnected(page);
    for (const machine of ["Press 7", "Conveyor 3", "Robot 12"]) {
      await says(sign(page, machine), /^live/);
    }
    const scrolls = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(scrolls).toBe(0);
  },
);

test("colours are those of the system until others are chosen, which are kept", async () => {
  const page = await openDashboard(browser, demo().url, { colorScheme: "dark" });
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(ground).not.toBe(dark);
  await page.getByRole("button", { name: "Dark colours" }).click();
  await expect.poll(ground).toBe(dark);
  await page.reload();
  await isConnected(page);
  expect(await ground()).toBe(dark);
});

test("with --host it says how a phone comes here", async () => {
  const url = "http://192.0.2.7:8080/";
  const session = {
    ...(await demo().session()),
    networkUrls: [url],
    qrCode: "<svg xmlns='http://www.w3.org/2000/svg'/>",
  };
  const first = await browser.open("about:blank");
  await first.context().route("**/session", (route) => route.fulfill({ json: session }));
  const page = await openTab(first.context(), demo().url);
  await isConnected(page);
  await page.getByRole("button", { name: "Open on a phone" }).press("Enter");
  await page.getByRole("link", { name: url }).waitFor();
  const picture = page.getByRole("img", { name: `QR code of ${url}` });
  await expect.poll(() => picture.getAttribute("src")).toMatch(/^data:image\/svg\+xml,%3Csvg/);
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await picture.waitFor({ state: "hidden" });
});

test("SIGTERM ends it in order, with a page open", async () => {
  const page = await openDashboard(browser, demo().url);
  demo().program.signal("SIGTERM");
  expect(await demo().program.exit, demo().program.output).toBe(0);
  expect(demo().program.output).not.toMatch(/error|warn/i);
  await says(bus(page), /^Bus: not connected, next try in \d+ sTry now$/);
  await expect.poll(() => page.title()).toMatch(/^not connected · /);
});

function slider(page: Page) {
  return page.getByRole("slider", { name: "Speed" });
}

function focused(page: Page) {
  return page.locator(":focus");
}

async function tabTo(page: Page, selector: string): Promise<void> {
  const isThere = () => page.evaluate((wanted) => document.activeElement?.matches(wanted), selector);
  for (let tabs = 0; tabs < 60 && !(await isThere()); tabs += 1) {
    await page.keyboard.press("Tab");
  }
  expect(await isThere(), `${selector} is not within reach of the Tab key`).toBe(true);
}

/** The uuids of all dashboards that the broker knows. */
async function dashboards(): Promise<string[]> {
  const { msbUrl } = await demo().session();
  const { services } = (await (await fetch(`${msbUrl}/broker/state`)).json()) as {
    services: { uuid: string; name: string }[];
  };
  return services.filter(({ name }) => name === "Plant dashboard").map(({ uuid }) => uuid);
}

async function newOnes(before: readonly string[]): Promise<string[]> {
  return (await dashboards()).filter((uuid) => !before.includes(uuid)).sort();
}
