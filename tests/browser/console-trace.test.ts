import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Broker } from "../../src/broker/index.ts";
import { BareClient } from "../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../support/broker/describe.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, shows } from "../support/browser/console.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();
const rows = (page: Page) => page.getByRole("listbox", { name: "Messages" }).getByRole("option");
const register = async (broker: Broker, uuid: string) =>
  (await BareClient.connect(broker.url, "raw")).register(describeService(uuid));

describe("the trace", () => {
  test("shows messages as they come; one that is chosen whole", async () => {
    const broker = await testBroker();
    const client = await register(broker, "u1");
    const page = await openConsole(browser, broker);
    client.send(eventMessage("u1", { dataObject: "one", correlationId: "c1" }));
    await shows(rows(page), /→Eu1|→EService u1/);
    await rows(page).filter({ hasText: "one" }).click();
    const details = page.getByRole("complementary", { name: "Message" });
    await shows(details, /E \{\n {2}"uuid": "u1".*"dataObject": "one"/s);
    // By the arrow keys, the next one: what the broker answered.
    await page.keyboard.press("ArrowDown");
    await shows(details, "IO_PUBLISHED");
    await page.keyboard.press("ArrowUp");
    await page.getByRole("button", { name: "Show everything with its correlation id" }).click();
    await expect.poll(() => rows(page).count()).toBe(1);
  });

  test("is filtered by kind, service and text", async () => {
    const broker = await testBroker();
    const [one, two] = await Promise.all([register(broker, "u1"), register(broker, "u2")]);
    one.send(eventMessage("u1", { dataObject: "red" }), eventMessage("u1", { dataObject: "blue" }));
    two.send(eventMessage("u2", { dataObject: "red" }));
    await broker.waitForEvent({ uuid: "u2" }).catch(() => {});
    const page = await openConsole(browser, broker);
    await page.getByRole("button", { name: "E", exact: true }).click();
    await expect.poll(() => rows(page).count()).toBe(3);
    await page.getByRole("button", { name: "R", exact: true }).click();
    await expect.poll(() => rows(page).count()).toBe(5);
    await page.getByRole("button", { name: "R", exact: true }).click();
    await page.getByLabel("Text", { exact: true }).fill("RED");
    await expect.poll(() => rows(page).count()).toBe(2);
    await page.getByLabel("Service", { exact: true }).fill("u1");
    await page.keyboard.press("Enter");
    await expect.poll(() => rows(page).count()).toBe(1);
    one.send(eventMessage("u1", { dataObject: "dark red" }), eventMessage("u1", { dataObject: "green" }));
    await shows(rows(page), "dark red");
    expect(await rows(page).count()).toBe(2);
    await page.getByRole("button", { name: "No filter" }).click();
    await shows(rows(page), "green");
  });

  test("pauses, says what came meanwhile, and goes on", async () => {
    const broker = await testBroker();
    const client = await register(broker, "u1");
    const page = await openConsole(browser, broker);
    await expect.poll(() => rows(page).count()).toBeGreaterThan(2);
    await page.getByRole("button", { name: "Pause" }).click();
    const before = await rows(page).count();
    client.send(eventMessage("u1"));
    await shows(page.locator(".sampling"), "paused, 2 new");
    expect(await rows(page).count()).toBe(before);
    await page.getByRole("button", { name: "Resume" }).click();
    await expect.poll(() => rows(page).count()).toBe(before + 2);
    await page.getByRole("button", { name: "Clear" }).click();
    await expect.poll(() => rows(page).count()).toBe(0);
  });
});

describe("many", () => {
  test("1,000 services and 1,000 messages a second: few nodes, and it answers", async () => {
    const broker = await testBroker();
    const clients: BareClient[] = [];
    for (let i = 0; i < 1_000; i += 50) {
      const names = Array.from({ length: 50 }, (_, index) => `s${String(i + index).padStart(4, "0")}`);
      clients.push(...(await Promise.all(names.map((name) => register(broker, name)))));
    }
    const page = await openConsole(browser, broker);
    await shows(page.locator("aside.services h2"), "1000");
    const timer = setInterval(() => {
      for (const [index, client] of clients.slice(0, 20).entries()) {
        client.send(eventMessage(`s${String(index).padStart(4, "0")}`));
      }
    }, 40);
    try {
      await shows(page.locator(".sampling"), /sampled: \d+ of [\d,]+ a second are shown · [\d,]+ left out/);
      const list = page.getByRole("listbox", { name: "Services" });
      await list.press("End");
      await shows(list, "Service s0999");
      await list.evaluate((element) => {
        element.scrollTop = element.scrollHeight / 2;
      });
      await shows(list, "Service s0500");
      const start = performance.now();
      await page.getByLabel("Search for a name or a uuid").fill("s0777");
      await list.getByRole("option").filter({ hasText: "s0777" }).click();
      await shows(page.locator("main h2"), "Service s0777");
      expect(performance.now() - start).toBeLessThan(5_000);
      expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(1_500);
      // The end stays in sight while it grows; whoever scrolls up reads on undisturbed.
      const seen = () =>
        page.getByRole("listbox", { name: "Messages" }).evaluate((element) => {
          const { left, top } = element.getBoundingClientRect();
          return document
            .elementFromPoint(left + 20, top + 12)
            ?.closest(".row")
            ?.getAttribute("aria-posinset");
        });
      const before = await seen();
      await expect.poll(seen).not.toBe(before);
      await page.getByRole("listbox", { name: "Messages" }).hover();
      await page.mouse.wheel(0, -2_000);
      await page.waitForTimeout(300);
      const held = await seen();
      expect(held).toMatch(/^\d+$/);
      await page.waitForTimeout(1_000);
      expect(await seen()).toBe(held);
    } finally {
      clearInterval(timer);
    }
  }, 60_000);
});
