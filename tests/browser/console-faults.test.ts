import { describe, expect, test } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, registerPress, shows } from "../support/browser/console.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();

describe("faults", () => {
  test("cut: the client connects again", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/service/press");
    const again = broker.waitForRegistration("press", { next: true, timeout: 30_000 });
    await page.getByRole("button", { name: "Cut the connection" }).click();
    await shows(page.locator(".fault-controls .outcome"), "Cut");
    await shows(page.locator("main h2"), "away");
    await again;
    await shows(page.locator("main h2"), "connected");
  });

  test("that last are shown everywhere, and ended", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/faults");
    await page.getByLabel("Send everything late by (ms)").fill("20");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Stop acknowledging" }).click();
    await page.getByLabel("Concerns").click();
    await page.keyboard.type("press");
    await page.keyboard.press("Enter");
    await page.getByLabel("Refuse the next").selectOption("R");
    await page.getByLabel("with", { exact: true }).selectOption("NIO_UNAUTHORIZED_CONNECTION");
    await page.getByRole("button", { name: "Refuse", exact: true }).click();
    await page.getByRole("button", { name: "Half-open" }).click();
    const active = page.getByRole("region", { name: "Faults in force" });
    await shows(
      active,
      /20 ms late.*registrations \(R\) of all.*events \(E\) of all.*of Press press is refused with NIO_UNAUTHORIZED_CONNECTION.*c1 \(Press press\) is half-open/s,
    );
    await shows(page.locator(".fault-hint"), "5 faults in force");
    await active.getByRole("button", { name: /20 ms late/ }).click();
    await shows(page.locator(".fault-hint"), "4 faults in force");
    await page.getByRole("button", { name: "End all faults" }).click();
    await shows(active, "None.");
    expect(broker.faults.active).toEqual({ delay: 0, refusals: [], silences: [], halfOpen: [] });
  });

  test("are made with no number that nobody has typed", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/faults");
    await page.getByLabel("Send everything late by (ms)").fill("20");
    await page.keyboard.press("Enter");
    await shows(page.locator(".fault-hint"), "1 fault in force");
    for (const label of ["Send everything late by (ms)", "Restart after a pause of (ms)", "times"]) {
      const field = page.getByLabel(label, { exact: true });
      await field.fill("");
      await page.keyboard.press("Enter");
      expect(await field.evaluate((input: HTMLInputElement) => input.validity.valueMissing)).toBe(true);
    }
    await page.getByRole("button", { name: "Stop acknowledging" }).click();
    // Of registrations, and of events.
    await shows(page.locator(".fault-hint"), "3 faults in force");
    expect(broker.faults.active).toMatchObject({ delay: 20, refusals: [] });
    expect(broker.services.size).toBe(1);
  });

  test("restart: the page is live again by itself", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/faults");
    await page.getByLabel("Restart after a pause of (ms)").fill("300");
    await page.keyboard.press("Enter");
    await page.getByText("not connected", { exact: true }).waitFor();
    await page.getByText("live", { exact: true }).waitFor({ timeout: 30_000 });
  });
});
