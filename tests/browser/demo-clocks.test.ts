// Ages and signs on a computer whose clock is wrong, or is set while the page is open.
import type { Page } from "playwright-core";
import { expect, test, vi } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { card, isConnected, openTab, says, sign } from "../support/demo/open-dashboard.ts";
import { openAt, startStandIn } from "../support/demo/stand-in-plant.ts";
import { useDemo } from "../support/demo/use-demo.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const browser = useBrowser();
const demo = useDemo();

const MINUTE = 60_000;

test.each([5, -5])(
  "on a clock that is %d minutes off everything is live, also when the plant answers late",
  async (minutes) => {
    await demo().until("measuring", ({ delivery }) => delivery.delivered > 0);
    const page = await openWith(minutes * MINUTE, 2_000);
    for (const machine of ["Press 7", "Conveyor 3", "Robot 12"]) {
      await says(sign(page, machine), /^live, [01]\.\d s ago$/);
    }
    // The time of the plant, and not that of this computer.
    const said = await page.locator(".last-data time").innerText();
    const seconds = Math.abs(Date.now() - Date.parse(`${new Date().toDateString()} ${said}`)) / 1_000;
    // It may be midnight.
    expect(Math.min(seconds, 86_400 - seconds)).toBeLessThan(5);
  },
);

test.each([
  ["back", -10],
  ["forward", 10],
])(
  "a clock that is set %s while the page is open changes no sign, and silence is still noticed",
  async (_, minutes) => {
    const page = await openWith(0, 0);
    await says(sign(page, "Press 7"), /^live/);
    await page.evaluate((by) => Object.assign(globalThis, { skew: by }), minutes * MINUTE);
    const before = await card(page, "Conveyor 3").locator(".sparkline path").getAttribute("d");
    await expect
      .poll(() => card(page, "Conveyor 3").locator(".sparkline path").getAttribute("d"))
      .not.toBe(before);
    await says(sign(page, "Conveyor 3"), /^live, [01]\.\d s ago$/);
    await demo().do("half-open");
    await says(sign(page, "Press 7"), /^no data for [2-9] s$/);
    await demo().do("plug");
    await says(sign(page, "Press 7"), /^live/, 60_000);
  },
);

test("when the clock of the plant is set back, its machines are live by the new time, and none is without saying so", async () => {
  const { broker, measure } = await startStandIn();
  const page = await openAt(browser, demo().url, broker);
  await page.context().addInitScript(setClock, 0);
  await page.reload();
  await isConnected(page);
  await measure(new Date(Date.now() + 100));
  await says(sign(page, "Press 7"), /^live/);
  const before = Date.now() - 5 * MINUTE;
  await page
    .context()
    .route("**/session", (route) =>
      route.fulfill({ json: { msbUrl: broker.url, consoleUrl: broker.url, networkUrls: [], time: before } }),
    );
  const asked = page.waitForResponse("**/session");
  // It is the same computer.
  await page.evaluate((by) => Object.assign(globalThis, { skew: by }), -5 * MINUTE);
  await asked;
  await says(sign(page, "Press 7"), "waiting for data");
  await measure(new Date(before));
  await says(sign(page, "Press 7"), /^live, [01]\.\d s ago$/);
  // The line ends now, and not with what was measured in the time that is still to come.
  const line = await card(page, "Press 7").locator(".sparkline path").getAttribute("d");
  expect(Number(/[\d.]+/.exec(line ?? "")?.[0])).toBeLessThanOrEqual(240);
  await says(card(page, "Press 7").locator("dt", { hasText: "Strokes" }).locator("+ dd"), /^2$/);
  await says(sign(page, "Press 7"), /^no data for [2-9] s$/);
});

/** The dashboard of the demo, in a browser with a clock of its own. @param delay of what the page server says of itself */
async function openWith(skew: number, delay: number): Promise<Page> {
  const context = (await browser.open("about:blank")).context();
  await context.addInitScript(setClock, skew);
  await context.route("**/session", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, delay));
    await route.continue();
  });
  const page = await openTab(context, demo().url);
  await isConnected(page);
  return page;
}

/** In the page: its `Date`, and how to set it. */
function setClock(skew: number): void {
  const page = globalThis as typeof globalThis & { skew: number };
  page.skew = skew;
  const RealDate = Date;
  page.Date = class extends RealDate {
    constructor(...given: ConstructorParameters<DateConstructor> | []) {
      super(...((given.length === 0 ? [RealDate.now() + page.skew] : given) as [number]));
    }

    static override now(): number {
      return RealDate.now() + page.skew;
    }
  } as DateConstructor;
}
