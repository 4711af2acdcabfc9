import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { eventMessage } from "../support/broker/describe.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, registerPress, shows } from "../support/browser/console.ts";
import { focused, keys, tabTo } from "../support/browser/keyboard.ts";
import { register, traceDetails, traceList, traceRows } from "../support/browser/trace.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();

test("a service is found, its event sent and its function called without a pointer", async () => {
  const broker = await testBroker();
  await registerPress(broker, "press");
  await registerPress(broker, "other");
  const page = await openConsole(browser, broker);
  await tabTo(page, "Search for a name or a uuid");
  await page.keyboard.type("press press");
  await tabTo(page, "Services");
  await keys(page, "ArrowDown");
  await shows(page.locator("main h2"), "Press press");
  expect(await focused(page)).toBe("Services");

  await tabTo(page, /^MEASURED/);
  await keys(page, "Enter");
  await page.getByRole("button", { name: "Fire the event" }).waitFor();
  await tabTo(page, /^celsius/);
  await keys(page, "Control+a");
  await page.keyboard.type("36.6");
  await tabTo(page, /^state/);
  await keys(page, "ArrowDown");
  await tabTo(page, "Fire the event");
  const fired = broker.waitForEvent({ eventId: "MEASURED" });
  await keys(page, "Enter");
  expect((await fired).dataObject).toEqual({ celsius: 36.6, state: "running" });
  // One can send again, and go on, from where one was.
  expect(await focused(page)).toBe("Fire the event");

  await tabTo(page, /^SET_SPEED/);
  await keys(page, "Space");
  await page.getByRole("button", { name: "Call the function" }).waitFor();
  await tabTo(page, /^Value/);
  await keys(page, "Control+a");
  await page.keyboard.type("21");
  const answered = broker.waitForEvent({ eventId: "SPEED" });
  await tabTo(page, "Call the function");
  await keys(page, "Space");
  expect((await answered).dataObject).toBe(42);
  expect(await focused(page)).toBe("Call the function");
});

test("the trace is filtered, held, read and followed again without a pointer", async () => {
  const broker = await testBroker();
  const client = await register(broker, "busy");
  const publish = (text: string) => client.send(eventMessage("busy", { dataObject: text }));
  publish("alpha 1");
  publish("beta 1");
  const page = await openConsole(browser, broker, "#/trace");
  await shows(traceList(page), "beta 1");
  await tabTo(page, "Text");
  await page.keyboard.type("alpha");
  await expect.poll(() => traceRows(page).count()).toBe(1);

  await tabTo(page, "Messages");
  await keys(page, "End");
  await shows(traceDetails(page), "alpha 1");
  expect(await focused(page)).toBe("Messages");
  publish("alpha 2");
  publish("alpha 3");
  const more = page.getByRole("button", { name: "↓ 2 new" });
  await more.waitFor();
  expect(await traceRows(page).count()).toBe(1);
  await tabTo(page, "↓ 2 new");
  await keys(page, "Enter");
  await expect.poll(() => traceRows(page).count()).toBe(3);
  // The button is gone; whoever goes on by keys is still at the trace.
  await more.waitFor({ state: "detached" });
  await expect.poll(() => isInTrace(page)).toBe(true);
  await keys(page, "Escape");
  await expect.poll(() => traceDetails(page).count()).toBe(0);
  await expect.poll(() => focused(page)).toBe("Messages");
});

test("the trace is saved and loaded without a pointer, and the focus is not lost", async () => {
  const broker = await testBroker();
  const client = await register(broker, "busy");
  client.send(eventMessage("busy", { dataObject: "kept" }));
  const page = await openConsole(browser, broker, "#/trace");
  await shows(traceList(page), "kept");
  await tabTo(page, "Export");
  const [download] = await Promise.all([page.waitForEvent("download"), keys(page, "Enter")]);
  const file = await download.path();
  expect(await readFile(file, "utf8")).toContain("kept");
  expect(await focused(page)).toBe("Export");
  await tabTo(page, "Import");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), keys(page, "Space")]);
  await chooser.setFiles(file);
  await shows(page.locator(".imported"), "Not live");
  expect(await focused(page)).toBe("Import");
  await tabTo(page, "Back to live");
  await keys(page, "Enter");
  await expect.poll(() => page.locator(".imported").count()).toBe(0);
  await expect.poll(() => isInTrace(page)).toBe(true);
});

test("the token is entered without a pointer: it has the focus at once", async () => {
  const broker = await testBroker({ token: "secret-token" });
  await registerPress(broker);
  const page = await (await browser.open("about:blank")).context().newPage();
  await page.goto(`${broker.url}/#/service/press`);
  await expect.poll(() => focused(page)).toBe("Token");
  await page.keyboard.type("secret-token");
  await keys(page, "Tab");
  expect(await focused(page)).toBe("Open the console");
  await keys(page, "Enter");
  await shows(page.locator("main h2"), /Press press.*connected/);
});

test("a configuration parameter is changed without a pointer", async () => {
  const broker = await testBroker();
  await registerPress(broker);
  const page = await openConsole(browser, broker, "#/service/press");
  await tabTo(page, /^interval/);
  await keys(page, "Control+a");
  await page.keyboard.type("250");
  await keys(page, "Enter");
  await expect
    .poll(async () => {
      const answer = await fetch(`${broker.url}/broker/services/press`);
      return JSON.stringify(await answer.json());
    })
    .toContain('"value":250');
  expect(await focused(page)).toMatch(/^interval|^Set/);
});

/** Whether the trace, or a part of it, has the focus. */
function isInTrace(page: Page): Promise<boolean> {
  return page.evaluate(() => (document.activeElement?.closest(".trace") ?? null) !== null);
}
