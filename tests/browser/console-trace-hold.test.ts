import type { Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Broker } from "../../src/broker/index.ts";
import { eventMessage } from "../support/broker/describe.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, shows } from "../support/browser/console.ts";
import { register, traceDetails, traceList, traceRows } from "../support/browser/trace.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();

/** 200 events a second until the test ends, or it is stopped; or as many each 20 ms as are given. */
async function publishMany(broker: Broker, atOnce = 4): Promise<() => void> {
  const client = await register(broker, "busy");
  let count = 0;
  const timer = setInterval(() => {
    for (let sent = 0; sent < atOnce; sent += 1) {
      count += 1;
      client.send(eventMessage("busy", { dataObject: `value-${count}` }));
    }
  }, 20);
  const stop = () => clearInterval(timer);
  onTestFinished(stop);
  return stop;
}

/** What the last of the rows says. */
const end = (page: Page) =>
  traceList(page).evaluate((list) => [...list.querySelectorAll(".row")].at(-1)?.textContent);
/** How far the rows are scrolled down, in pixels. */
const place = (page: Page) => traceList(page).evaluate(({ scrollTop }) => scrollTop);
/** Waits until there are far more rows than can be seen. */
const isLong = (page: Page) => expect.poll(() => place(page)).toBeGreaterThan(400);
const goOn = (page: Page) => page.getByRole("button", { name: /^↓ [\d,]+ new$/ });

/** Waits until rows move. */
async function moves(page: Page): Promise<void> {
  const before = await end(page);
  await expect.poll(() => end(page)).not.toBe(before);
}

describe("under load", () => {
  test("a click chooses the row that was under the pointer: 12 of 12", async () => {
    const broker = await testBroker();
    await publishMany(broker);
    const page = await openConsole(browser, broker);
    await isLong(page);
    const box = await traceList(page).boundingBox();
    let right = 0;
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await page.mouse.move(700, 100);
      await moves(page);
      const point = { x: (box?.x ?? 0) + 60 + attempt * 40, y: (box?.y ?? 0) + 30 + attempt * 12 };
      await page.mouse.move(point.x, point.y);
      const seen = await page.evaluate(
        ({ x, y }) =>
          document
            .elementFromPoint(x, y)
            ?.closest(".row")
            ?.textContent?.match(/value-\d+/)?.[0] ?? "none",
        point,
      );
      // As long as a hand takes: several batches come meanwhile.
      await page.mouse.down();
      const before = await goOn(page).textContent();
      await expect.poll(() => goOn(page).textContent()).not.toBe(before);
      await page.mouse.up();
      await shows(traceDetails(page), /"dataObject": "value-\d+"/);
      const chosen = (await traceDetails(page).textContent())?.match(/"dataObject": "(value-\d+)"/)?.[1];
      right += chosen === seen ? 1 : 0;
      await page.keyboard.press("Escape");
    }
    expect(right).toBe(12);
  }, 120_000);

  test("also where rows move between the press and the release", async () => {
    const broker = await testBroker();
    await publishMany(broker);
    const page = await openConsole(browser, broker);
    await moves(page);
    // A program presses without a pointer that comes first, as some tools for people who see little do.
    const pressed = await traceList(page).evaluate(async (list) => {
      const row = [...list.querySelectorAll(".row")].at(-3);
      row?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
      const text = row?.textContent;
      while (row?.isConnected === true && row.textContent === text) {
        await new Promise(requestAnimationFrame);
      }
      list.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      return text?.match(/value-\d+/)?.[0];
    });
    await shows(traceDetails(page), `"dataObject": "${pressed}"`);
  });

  test("rows stop under the pointer, and go on when it leaves", async () => {
    const broker = await testBroker();
    const stop = await publishMany(broker);
    const page = await openConsole(browser, broker);
    await moves(page);
    await traceList(page).hover();
    await goOn(page).waitFor();
    const held = await end(page);
    const count = await goOn(page).textContent();
    await expect.poll(() => goOn(page).textContent()).not.toBe(count);
    expect(await end(page)).toBe(held);
    await page.mouse.move(700, 100);
    await expect.poll(() => goOn(page).count()).toBe(0);
    await moves(page);
    stop();
  });

  test("rows stop while one is chosen; the button shows what has come, and goes on", async () => {
    const broker = await testBroker();
    // So few that none is left out.
    const stop = await publishMany(broker, 1);
    const page = await openConsole(browser, broker);
    await moves(page);
    await traceRows(page).nth(5).click();
    await page.mouse.move(700, 100);
    await goOn(page).waitFor();
    const held = await end(page);
    await expect.poll(() => goOn(page).textContent()).toMatch(/\d{2}/);
    expect(await end(page)).toBe(held);
    await goOn(page).click();
    await moves(page);
    await expect.poll(() => goOn(page).count()).toBe(0);
    // Nothing was lost on the way: the numbers follow on one another.
    stop();
    await traceList(page).hover();
    const numbers = (await traceRows(page).allTextContents()).flatMap((text) =>
      [...text.matchAll(/value-(\d+)/g)].map(([, number]) => Number(number)),
    );
    expect(numbers.length).toBeGreaterThan(5);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  });

  test("whoever scrolls up reads on, also when the pointer is elsewhere", async () => {
    const broker = await testBroker();
    await publishMany(broker);
    const page = await openConsole(browser, broker);
    await isLong(page);
    await traceList(page).hover();
    await goOn(page).waitFor();
    const before = await place(page);
    await page.mouse.wheel(0, -400);
    await expect.poll(() => place(page)).toBe(before - 400);
    await page.mouse.move(700, 100);
    await expect.poll(() => goOn(page).textContent()).toMatch(/\d{2}/);
    const held = await traceRows(page).allTextContents();
    const count = await goOn(page).textContent();
    await expect.poll(() => goOn(page).textContent()).not.toBe(count);
    expect(await traceRows(page).allTextContents()).toEqual(held);
    await goOn(page).click();
    await page.mouse.move(700, 100);
    await moves(page);
  });
});

test("a trace that is closed and opened again shows its end, also while nothing comes", async () => {
  const broker = await testBroker();
  const client = await register(broker, "press");
  const page = await openConsole(browser, broker);
  for (let count = 1; count <= 60; count += 1) {
    client.send(eventMessage("press", { dataObject: `value-${count}` }));
  }
  await expect.poll(() => end(page)).toContain("value-60");
  const panel = page.getByRole("button", { name: "Trace" });
  await panel.click();
  await expect.poll(() => traceList(page).count()).toBe(0);
  await panel.click();
  await expect.poll(() => end(page)).toContain("value-60");
});
