import axe from "axe-core";
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import type { Broker } from "../../src/broker/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, openItem, registerDisplay, registerPress, shows } from "../support/browser/console.ts";
import { testBroker, testClient } from "../support/setup.ts";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const browser = useBrowser();

/** The row of an event or a function. */
function rowOf(page: Page, id: string): Locator {
  return page.locator("summary", { has: page.locator("code", { hasText: new RegExp(`^${id}$`) }) });
}

/** A machine with every kind of value; what it is called with is in the list. */
async function registerMachine(broker: Broker): Promise<unknown[]> {
  const taken: unknown[] = [];
  const machine = testClient({ uuid: "machine", name: "Machine" });
  const module = z.object({ weight: z.number().min(2), note: z.string().optional() }).meta({ id: "Module" });
  const order = z
    .object({
      order: z.int().min(1).max(100),
      mode: z.enum(["fast", "slow"]),
      urgent: z.boolean(),
      due: z.iso.datetime(),
      modules: z.array(module).max(3),
      labels: z.record(z.string(), z.string()),
      comment: z.string().max(5).optional(),
    })
    .meta({ id: "Order" });
  machine.addFunction({
    functionId: "START",
    dataFormat: order,
    handler: ({ dataObject }) => {
      taken.push(dataObject);
    },
  });
  machine.addFunction({
    functionId: "MOVE",
    parameters: { axis: z.enum(["x", "y"]), distance: z.number() },
    handler: ({ parameters }) => {
      taken.push(parameters);
    },
  });
  machine.addEvent({
    eventId: "ANY",
    dataFormat: { dataObject: { type: "object", properties: { more: {} } } },
  });
  machine.addEvent({ eventId: "COUNT", dataFormat: z.int() });
  machine.addEvent({ eventId: "LOG", dataFormat: z.array(z.string()) });
  machine.addConfigParameter("limit", 10, "int64");
  await machine.connect(broker.url);
  await machine.register();
  return taken;
}

const call = (item: Locator) => item.getByRole("button", { name: "Call the function" }).click();

describe("the row of an event", () => {
  test("has the last value as people read it, its age, its rate and its last minute", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/service/press");
    await shows(rowOf(page, "MEASURED"), "never yet");
    broker.publish("press", "MEASURED", { celsius: 21.5, state: "running" });
    await shows(rowOf(page, "MEASURED"), /celsius 21\.5 · state running.*(now|\d s ago).*1\/min/);
    // It ages by itself.
    await shows(rowOf(page, "MEASURED"), /[2-9] s ago/);
    for (let index = 0; index < 60; index += 1) {
      broker.publish("press", "SPEED", index);
    }
    await shows(rowOf(page, "SPEED"), /59.*\d\/s/);
    expect(await rowOf(page, "SPEED").locator("svg polyline").count()).toBe(1);
    // Each second another value: read aloud, it would never end.
    expect(await page.locator(".items summary :is([role=status], [aria-live], output)").count()).toBe(0);
  });

  test("cuts a long value; all of it is there on demand, and in the form", async () => {
    const broker = await testBroker();
    await registerMachine(broker);
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`);
    broker.publish("machine", "LOG", lines);
    const page = await openConsole(browser, broker, "#/service/machine");
    await shows(rowOf(page, "LOG"), /\[line 0, line 1, .*…/);
    expect(await rowOf(page, "LOG").textContent()).not.toContain("line 199");
    const item = await openItem(page, "LOG");
    await item.getByRole("button", { name: "Show the whole last value" }).click();
    await shows(item.locator(".last-value pre"), '"line 199"');
    await item.getByRole("button", { name: "Put the last value into the form" }).click();
    await shows(item, "150 more are in the JSON.");
    const again = broker.waitForEvent({ eventId: "LOG" });
    await item.getByRole("button", { name: "Fire the event" }).click();
    expect((await again).dataObject).toEqual(lines);
  });
});

describe("fields of a data format", () => {
  test("are there for each kind of value, and send what was entered", async () => {
    const broker = await testBroker();
    const taken = await registerMachine(broker);
    const page = await openConsole(browser, broker, "#/service/machine");
    const item = await openItem(page, "START");
    await shows(item, /order.*whole number, 1 to 100/);
    await item.getByLabel("order").fill("7");
    await item.getByLabel("order").press("ArrowUp");
    await item.getByLabel("mode").selectOption("slow");
    await item.getByLabel("urgent").uncheck();
    await item.getByLabel("due").fill("2026-03-01T10:00:00.000");
    // Rows of a list, with nested objects and optional members.
    await item.getByRole("button", { name: "Add to the list modules" }).click();
    await item.getByRole("button", { name: "Remove modules 1" }).click();
    await item.getByRole("button", { name: "Add to the list modules" }).click();
    const second = item.getByRole("group", { name: "modules 2" });
    await second.getByLabel("weight").fill("2.50");
    await second.getByRole("button", { name: "Remove note" }).click();
    // Names that are not known before.
    await item.getByRole("button", { name: "Add an entry" }).click();
    await item.getByLabel("Name of entry 1").fill("colour");
    await item.getByLabel("labels of colour").fill("red");
    await item.getByRole("button", { name: "Remove comment" }).click();
    await call(item);
    await expect.poll(() => taken).toHaveLength(1);
    expect(taken[0]).toEqual({
      order: 8,
      mode: "slow",
      urgent: false,
      due: await page.evaluate(() => new Date("2026-03-01T10:00:00.000").toISOString()),
      modules: [{ weight: 2, note: "text" }, { weight: 2.5 }],
      labels: { colour: "red" },
    });
    // What was taken out can be added again.
    await second.getByRole("button", { name: "Add note" }).click();
    await expect.poll(() => second.getByLabel("note").inputValue()).toBe("text");
  });

  test("take parameters by name", async () => {
    const broker = await testBroker();
    const taken = await registerMachine(broker);
    const page = await openConsole(browser, broker, "#/service/machine");
    const item = await openItem(page, "MOVE");
    await item.getByLabel("axis").selectOption("y");
    await item.getByLabel("distance").fill("5.25");
    await call(item);
    await expect.poll(() => taken).toEqual([{ axis: "y", distance: 5.25 }]);
  });

  test("say at once what does not fit; it is not sent, and the focus goes to it", async () => {
    const broker = await testBroker();
    const taken = await registerMachine(broker);
    const page = await openConsole(browser, broker, "#/service/machine");
    const item = await openItem(page, "START");
    await item.getByLabel("order").fill("101");
    await item.getByLabel("comment").fill("too long");
    await shows(item, /must be 100 or less, not 101.*must have 5 characters or less, not 8/);
    await call(item);
    await shows(item.getByRole("status"), /Not sent.*order.*100 or less.*comment.*5 characters/);
    await expect
      .poll(() => item.getByLabel("order").evaluate((it) => it === document.activeElement))
      .toBe(true);
    await item.getByLabel("order").fill("");
    await shows(item, "is empty: must be a whole number");
    await item.getByLabel("order").fill("100");
    await item.getByLabel("comment").fill("short");
    await call(item);
    await shows(item.getByRole("status"), "Called.");
    await expect.poll(() => taken).toHaveLength(1);
  });

  test("are in step with the JSON, digit for digit, in both directions", async () => {
    const broker = await testBroker();
    await registerMachine(broker);
    const page = await openConsole(browser, broker, "#/service/machine");
    const item = await openItem(page, "START");
    const json = item.getByLabel("Value (JSON)");
    await item.getByLabel("order").fill("9223372036854775807");
    await item.getByRole("tab", { name: "Fields" }).press("ArrowRight");
    expect(await json.inputValue()).toContain('"order": 9223372036854775807');
    await json.fill((await json.inputValue()).replace("9223372036854775807", "1.0").replace("fast", "slow"));
    await item.getByRole("tab", { name: "Fields" }).click();
    expect(await item.getByLabel("order").inputValue()).toBe("1.0");
    expect(await item.getByLabel("mode").inputValue()).toBe('"slow"');
    await item.getByRole("tab", { name: "JSON" }).click();
    await json.fill("{ broken");
    await item.getByRole("tab", { name: "Fields" }).click();
    await shows(item, "The fields cannot show this JSON");
    await item.getByRole("button", { name: "Back to the JSON" }).click();
    expect(await json.inputValue()).toBe("{ broken");
    await item.getByRole("tab", { name: "Fields" }).click();
    await item.getByRole("button", { name: "Begin anew with an example" }).click();
    await expect.poll(() => item.getByLabel("order").inputValue()).toBe("1");
  });

  test("say what they cannot show, and leave it as it is", async () => {
    const broker = await testBroker();
    await registerMachine(broker);
    const page = await openConsole(browser, broker, "#/service/machine");
    const item = await openItem(page, "ANY");
    await item.getByRole("tab", { name: "JSON" }).click();
    await item.getByLabel("Value (JSON)").fill('{"more":{"a":[1]},"extra":1.50}');
    await item.getByRole("tab", { name: "Fields" }).click();
    await shows(item, /more.*a \[1\].*Any value fits\. Change it in the JSON/);
    await shows(item, "Also sent, only in the JSON: extra");
    const fired = broker.waitForEvent({ eventId: "ANY" });
    await item.getByRole("button", { name: "Fire the event" }).click();
    expect((await fired).dataText?.replace(/\s/g, "")).toBe('{"more":{"a":[1]},"extra":1.50}');
  });

  test("of parameters send integers of any size, if they are not to be checked", async () => {
    const broker = await testBroker();
    await registerMachine(broker);
    const page = await openConsole(browser, broker, "#/service/machine");
    const limit = page.getByLabel("limit", { exact: true });
    await limit.fill("9223372036854775807");
    await page.keyboard.press("Enter");
    await shows(page.locator(".parameter .outcome"), "must be 9007199254740991 or less");
    const sent = broker.waitForMessage({ direction: "out", startsWith: "K" });
    await page.getByLabel("Send parameters without checking").check();
    await page.getByRole("button", { name: "Send limit" }).click();
    expect((await sent).text).toContain('"params":{"limit":9223372036854775807}');
  });
});

describe("the calls of a function", () => {
  test("are kept with their answers, and made again", { timeout: 60_000 }, async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/service/press");
    const item = await openItem(page, "SET_SPEED");
    await item.getByLabel("Value").fill("21");
    await call(item);
    const rows = item.locator(".past-calls tbody tr");
    await shows(rows, /\d\d:\d\d:\d\d21SPEED 42[\d.]+ m?s/);
    await item.getByRole("button", { name: "Again" }).click();
    await expect.poll(() => rows.count()).toBe(2);
    await item.getByLabel("Wait for a response event (5 s)").uncheck();
    await item.getByLabel("Value").fill("5");
    await call(item);
    await shows(rows.first(), /5not waited for/);
    // It is another page of the console, not another console.
    await page.getByRole("link", { name: "Overview" }).click();
    await expect.poll(() => page.locator("details.item").count()).toBe(0);
    await expect.poll(() => page.url()).toBe(`${broker.url}/#/overview`);
    await page.goBack();
    await expect.poll(() => page.url()).toBe(`${broker.url}/?open=press%7Ef.SET_SPEED#/service/press`);
    await shows(rowOf(page, "SET_SPEED"), "called");
    await expect.poll(() => rows.count()).toBe(3);
    for (let count = 4; count <= 12; count += 1) {
      await item.getByLabel("Value").fill(String(count));
      await call(item);
      await shows(rows.first(), new RegExp(`${count}not waited for|${count}SPEED`));
    }
    expect(await rows.count()).toBe(10);
  });

  test("that fail say why, in the list too", async () => {
    const broker = await testBroker();
    const press = await registerPress(broker);
    const page = await openConsole(browser, broker, "#/service/press");
    const item = await openItem(page, "SET_SPEED");
    await press.disconnect();
    await shows(page.locator("main h2"), "away");
    await call(item);
    await shows(item.locator(".past-calls tbody tr"), "No service");
  });
});

test("what waits for a service, and how often it came back, is told", async () => {
  const broker = await testBroker();
  await registerDisplay(broker);
  const press = await registerPress(broker);
  const page = await openConsole(browser, broker, "#/service/press");
  const facts = page.locator(".facts");
  await shows(
    facts,
    /From127\.0\.0\.1:\d+, connection c2, SockJS framing|From127\.0\.0\.1:\d+, connection c2, raw framing/,
  );
  await shows(facts, /Came backnever.*Calls that waitnone/);
  broker.cut("press");
  await broker.waitForRegistration("press", { next: true, timeout: 20_000 });
  await shows(facts, /Came backonce/);
  await press.disconnect();
  broker.addFlow({
    from: { uuid: "press", eventId: "SPEED" },
    to: { uuid: "press", functionId: "SET_SPEED" },
  });
  broker.publish("press", "SPEED", 1);
  broker.publish("press", "SPEED", 2);
  await shows(page.locator("main .warning"), /2 calls wait for it, the oldest for \d+ s/);
  await shows(facts, /Last seen\d\d:\d\d:\d\d, (now|\d+ s ago).*Calls that wait2, the oldest for \d+ s/);
});

describe("the page of a service", () => {
  test("keeps in its address what is open and how values are entered, over a reload", {
    timeout: 60_000,
  }, async () => {
    const broker = await testBroker();
    await registerPress(broker);
    await registerPress(broker, "other");
    const page = await openConsole(browser, broker, "#/service/press");
    const item = await openItem(page, "SET_SPEED");
    await item.getByRole("tab", { name: "JSON" }).click();
    await expect
      .poll(() => page.url())
      .toBe(`${broker.url}/?open=press%7Ef.SET_SPEED&input=json#/service/press`);
    await page.reload();
    await item.getByLabel("Value (JSON)").waitFor();
    // Another service has other things open; going back brings these back.
    await page.getByRole("listbox", { name: "Services" }).getByText("Press other").click();
    await shows(page.locator("main h2"), "Press other");
    await expect.poll(() => page.locator("details.item[open]").count()).toBe(0);
    await page.goBack();
    await shows(page.locator("main h2"), "Press press");
    await item.getByLabel("Value (JSON)").waitFor();
    await item.locator("summary").click();
    await expect.poll(() => page.url()).toBe(`${broker.url}/?input=json#/service/press`);
  });

  test("shows the form of a function that was opened above the trace, on a small screen too", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/service/press", {
      viewport: { width: 1200, height: 900 },
    });
    const item = await openItem(page, "SET_SPEED");
    const bottomOf = async (place: Locator) => {
      const box = await place.boundingBox();
      return (box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0);
    };
    const trace = await page.getByRole("listbox", { name: "Messages" }).boundingBox();
    await expect
      .poll(() => bottomOf(item.getByRole("button", { name: "Call the function" })))
      .toBeLessThan((trace?.y ?? 0) - 30);
    expect((await item.locator("summary").boundingBox())?.y).toBeGreaterThan(40);
  });

  test.each([
    ["light", 1200],
    ["dark", 1200],
    ["light", 390],
  ] as const)("can be used by everybody: %s, %d wide", { timeout: 60_000 }, async (colorScheme, width) => {
    const broker = await testBroker();
    await registerMachine(broker);
    broker.publish("machine", "COUNT", 5);
    const path = "?open=machine~f.START,f.MOVE,e.COUNT,e.ANY#/service/machine";
    const page = await openConsole(browser, broker, path, { colorScheme, viewport: { width, height: 900 } });
    const item = page.locator("details.item", { has: rowOf(page, "MOVE") });
    await item.getByLabel("distance").fill("far");
    await call(item);
    await shows(item, "Not sent");
    await item.getByLabel("distance").fill("5");
    await call(item);
    await item.locator(".past-calls tbody tr").waitFor();
    await item.getByRole("button", { name: "Copy as curl" }).click();
    await item.getByRole("region", { name: "As curl" }).waitFor();
    // Not as a script in the page, which lets none in.
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => window.axe.run("main"));
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });

  test("fits on a telephone with all its fields", async () => {
    const broker = await testBroker();
    await registerMachine(broker);
    const page = await openConsole(browser, broker, "?open=machine~f.START,e.LOG,f.MOVE#/service/machine", {
      viewport: { width: 390, height: 844 },
    });
    await page.getByLabel("order").waitFor();
    const width = await page.locator("main").evaluate((main) => main.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
  });
});
