import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { startBroker } from "../../src/broker/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, registerDisplay, registerPress, shows } from "../support/browser/console.ts";
import { freePort } from "../support/free-port.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const SOON = { timeout: 30_000 };

describe("a broker that is gone", () => {
  test("is said over the whole width; what would send says why it does not; a new broker ends it", async () => {
    const port = await freePort();
    const broker = await testBroker({ port });
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/faults");
    await page.getByRole("region", { name: "Faults in force" }).waitFor();
    await broker.close();
    const banner = page.getByRole("alert");
    await expect
      .poll(() => banner.textContent(), SOON)
      .toMatch(
        /^No connection to the broker since \d\d:\d\d:\d\d\. What you see is from then\. Trying again…$/,
      );
    expect((await banner.boundingBox())?.width).toBe(1_400);
    await shows(page.locator(".live"), "not connected");
    const refuse = page.getByRole("button", { name: "Refuse", exact: true });
    // What the broker had sent before it went may come after the first request that got no answer: then it is there once more.
    await expect
      .poll(async () => [await refuse.getAttribute("aria-disabled"), await refuse.getAttribute("title")])
      .toEqual(["true", "No connection to the broker"]);
    await refuse.press("Enter");
    await shows(
      page.locator(".fault-controls .outcome"),
      /Not sent: there is no connection to the broker since \d\d:\d\d:\d\d/,
    );
    await page.getByRole("link", { name: "Overview" }).click();
    await shows(page.locator(".verdict"), "The broker cannot be reached");
    await page.getByRole("heading", { name: /^At \d\d:\d\d:\d\d$/ }).waitFor();
    await shows(page.locator(".tile", { hasText: "messages per second" }), /^–/);

    await using _ = await startBroker({ port });
    await expect.poll(() => banner.textContent(), SOON).toBe("");
    // The new one knows no service.
    await shows(page.locator(".verdict"), "Ready");
    await page.getByText("live", { exact: true }).waitFor(SOON);
    await page.getByRole("link", { name: "Faults" }).click();
    await expect.poll(() => refuse.getAttribute("aria-disabled")).toBeNull();
  });
});

describe("the focus", () => {
  test("stays where it was when something is ended, added, sorted or forgotten", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    await registerDisplay(broker);
    broker.faults.delay(1);
    broker.faults.stopAcknowledging("R", "nobody");
    const page = await openConsole(browser, broker, "#/faults");
    await page.getByRole("button", { name: /^End: Everything is sent 1 ms late/ }).press("Enter");
    await expect.poll(() => focused(page), SOON).toMatch(/^BUTTON End: The registrations/);

    await page.goto(`${broker.url}/#/flows`);
    await page.getByRole("button", { name: "New flow" }).press("Enter");
    await choose(page, "From the service", "Press press");
    await page.getByLabel("its event").selectOption("MEASURED");
    await choose(page, "To the service", "Display");
    await page.getByLabel("its function").selectOption("SHOW");
    await page.getByRole("button", { name: "Add the flow" }).press("Enter");
    await page.getByRole("listbox", { name: "Flows" }).getByRole("option").waitFor();
    await expect.poll(() => focused(page), SOON).toMatch(/^BUTTON New flow/);

    await page.goto(`${broker.url}/#/overview`);
    const byRate = page.getByRole("columnheader", { name: "Messages/s" }).getByRole("button");
    await byRate.press("Enter");
    await expect.poll(() => new URL(page.url()).searchParams.get("sort")).toBe("rate");
    expect(await focused(page)).toMatch(/^BUTTON Messages\/s/);
    await page.getByRole("link", { name: "Display" }).press("Enter");
    await expect.poll(() => page.title(), SOON).toBe("Display · MSB broker");
    await expect.poll(() => focused(page), SOON).toMatch(/^MAIN/);

    await page.getByRole("button", { name: "Forget it" }).press("Enter");
    await expect.poll(() => focused(page), SOON).toMatch(/^BUTTON/);
    await page.getByRole("button", { name: "Keep it" }).press("Enter");
    await expect.poll(() => focused(page), SOON).toMatch(/^BUTTON Forget it/);
    await page.getByRole("button", { name: "Forget it" }).press("Enter");
    await page.getByRole("button", { name: "Yes, forget it" }).press("Enter");
    await expect.poll(() => page.title(), SOON).toBe("Overview · MSB broker");
    await expect.poll(() => focused(page), SOON).toMatch(/^MAIN/);
  });

  test("comes back after Escape has asked whether what was typed is to be discarded", async () => {
    const page = await openConsole(browser, await testBroker(), "#/faults");
    const times = page.getByLabel("times");
    const question = page.getByRole("dialog", { name: "Discard what you typed?" });
    await times.fill("25");
    await page.keyboard.press("Escape");
    await question.waitFor();
    expect(await focused(page)).toMatch(/^BUTTON Go on typing/);
    await page.keyboard.press("Escape");
    await expect.poll(() => question.count()).toBe(0);
    expect(await times.inputValue()).toBe("25");
    await expect.poll(() => focused(page)).toMatch(/^INPUT/);
    await page.keyboard.press("Escape");
    await question.getByRole("button", { name: "Discard it" }).press("Enter");
    await expect.poll(() => times.inputValue()).toBe("1");
    await expect.poll(() => focused(page)).toMatch(/^INPUT/);
    // Now nothing is typed: nothing is asked.
    await page.keyboard.press("Escape");
    expect(await question.count()).toBe(0);
  });

  test("Escape asks again, however soon after the first question was closed", async () => {
    const page = await openConsole(browser, await testBroker(), "#/faults");
    const times = page.getByLabel("times");
    await times.fill("25");
    await page.keyboard.press("Escape");
    const question = page.getByRole("dialog", { name: "Discard what you typed?" });
    await question.waitFor();
    // Before the page has heard that the dialog is closed.
    await page.evaluate(() => {
      document.querySelector("dialog")?.close();
      document.activeElement?.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }),
      );
    });
    await question.getByRole("button", { name: "Discard it" }).press("Enter");
    await expect.poll(() => times.inputValue()).toBe("1");
    await expect.poll(() => focused(page)).toMatch(/^INPUT/);
  });

  test("skips to the content, whatever is shown", async () => {
    const page = await openConsole(browser, await testBroker(), "#/trace");
    for (const view of ["trace", "overview"]) {
      await page.goto(`${new URL(page.url()).origin}/#/${view}`);
      await page.getByRole("link", { name: "Skip to the content" }).press("Enter");
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.matches("main, [role=main]")))
        .toBe(true);
    }
    const landmarks = ["banner", "navigation", "main", "complementary"] as const;
    for (const landmark of landmarks) {
      expect(await page.getByRole(landmark).count(), landmark).toBe(1);
    }
    const levels = await page
      .locator("h1, h2, h3, h4")
      .evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    expect(levels[0]).toBe(1);
    expect(levels.every((level, index) => level <= (levels[index - 1] ?? 1) + 1)).toBe(true);
  });
});

describe("where one is", () => {
  test("stands in the title and in the address, and survives a reload", async () => {
    const broker = await testBroker();
    await registerPress(broker, "press7");
    await registerPress(broker, "press8");
    const page = await openConsole(browser, broker);
    const list = page.getByRole("listbox", { name: "Services" });
    await page.getByLabel("Search for a name or a uuid").fill("press8");
    await page.getByLabel("Only connected").check();
    await page.getByLabel("Sort services by").selectOption("by last seen");
    await list.getByRole("option").click();
    await expect.poll(() => page.title()).toBe("Press press8 · MSB broker");
    await page.getByRole("button", { name: "▾ Trace" }).click();
    await page.getByRole("link", { name: "Faults" }).click();
    await choose(page, "Concerns", "press7");
    await expect.poll(() => page.getByLabel("Concerns").inputValue()).toBe("Press press7");
    await expect.poll(() => page.title()).toBe("Faults · MSB broker");
    await page.reload();
    await expect.poll(() => page.title()).toBe("Faults · MSB broker");
    await expect.poll(() => page.getByLabel("Concerns").inputValue(), SOON).toBe("Press press7");
    await expect.poll(() => list.getByRole("option").count(), SOON).toBe(1);
    expect([
      await page.getByLabel("Search for a name or a uuid").inputValue(),
      await page.getByLabel("Only connected").isChecked(),
      await page.getByLabel("Sort services by").inputValue(),
      await page.getByRole("button", { name: "▸ Trace" }).count(),
    ]).toEqual(["press8", true, "seen", 1]);
    await page.goBack();
    await expect.poll(() => page.title(), SOON).toBe("Press press8 · MSB broker");
  });

  test("is told apart from other tabs by an icon, which the page's own policy lets be shown", async () => {
    const page = await openConsole(browser, await testBroker());
    const icon = await page.locator("link[rel=icon]").getAttribute("href");
    const width = await page.evaluate(async (source) => {
      const image = new Image();
      image.src = source ?? "";
      await image.decode();
      return image.naturalWidth;
    }, icon);
    expect(width).toBeGreaterThan(0);
  });

  test("is the top of another view", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/api");
    const main = page.locator("main");
    await page.getByRole("region", { name: "Schemas" }).scrollIntoViewIfNeeded();
    await expect.poll(() => main.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(100);
    await page.getByRole("link", { name: "Faults" }).click();
    await expect.poll(() => main.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  });
});

describe("a phone", () => {
  test("has tabs at its lower end, each with a view of its own, and nothing that is too small for a finger", async () => {
    const broker = await testBroker();
    const press = await registerPress(broker);
    await registerDisplay(broker);
    broker.addFlow({
      from: { uuid: "press", eventId: "MEASURED" },
      to: { uuid: "display", functionId: "SHOW" },
    });
    broker.faults.stopAcknowledging("E", "nobody");
    const page = await openConsole(browser, broker, "", PHONE);
    const tabs = page.getByRole("navigation", { name: "Views" }).getByRole("link");
    await expect.poll(() => tabs.count()).toBe(5);
    for (const box of await Promise.all((await tabs.all()).map((tab) => tab.boundingBox()))) {
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(844);
    }
    await page.locator(".service-table").waitFor();
    for (const [tab, place] of [
      ["Overview", ".verdict"],
      ["Services", ".list .row"],
      ["Flows", ".graph"],
      ["Trace", ".trace"],
      ["Faults", ".in-force"],
    ] as const) {
      await tabs.filter({ hasText: tab }).click();
      await page.locator(place).first().waitFor();
      await expect.poll(() => tabs.filter({ hasText: tab }).getAttribute("aria-current")).toBe("page");
      expect(await page.evaluate(() => document.documentElement.scrollWidth), tab).toBeLessThanOrEqual(390);
      await expect.poll(() => page.locator(".trace").isVisible(), { message: tab }).toBe(tab === "Trace");
      await expect.poll(() => tooSmall(page), { message: tab }).toEqual([]);
    }
    await tabs.filter({ hasText: "Services" }).click();
    await page.getByRole("listbox", { name: "Services" }).getByText("Press press").tap();
    await shows(page.locator("main h2"), "Press press");
    await expect.poll(() => tooSmall(page)).toEqual([]);

    // A row has the name of its event on one line, whatever its last value is, and a form has its tabs where it is.
    await press.publish("MEASURED", { celsius: 21.123_456_789, state: "running" });
    await shows(page.locator(".item-value"), /21\.12/);
    const name = page.locator("summary code", { hasText: /^MEASURED$/ });
    expect((await name.boundingBox())?.height).toBeLessThan(25);
    await name.click();
    const item = page.locator("details.item[open]");
    const form = item.getByRole("form", { name: "Fire MEASURED" });
    // Both at once: what was opened is about to be scrolled into sight.
    const below = await form
      .getByRole("tablist", { name: "Enter it by" })
      .evaluate(
        (list) =>
          list.getBoundingClientRect().top -
          (list.closest("form")?.getBoundingClientRect().top ?? Number.NaN),
      );
    expect(below).toBeGreaterThanOrEqual(0);
    expect(below).toBeLessThan(50);
    // Only its main part scrolls.
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(844);
  });
});

/** What has the focus: its element and what it says. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { tagName = "", ariaLabel, textContent } = document.activeElement ?? {};
    return `${tagName} ${ariaLabel ?? textContent ?? ""}`;
  });
}

async function choose(page: Page, label: string, name: string): Promise<void> {
  await page.getByLabel(label).fill(name);
  await page.keyboard.press("Enter");
}

/** What can be touched, and is lower than 44 pixels; of a box to be checked it is its label. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      "button, input:not([type=checkbox]), select, textarea, summary, label:has(input), nav a, .leads a, [role=option]",
    );
    return (
      [...all]
        .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
        // The trace and the flows have tests of their own.
        .filter((each) => each.closest(".trace, .graph, .flows") === null)
        .map(({ outerHTML }) => outerHTML.slice(0, 120))
    );
  });
}
