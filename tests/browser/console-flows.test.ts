import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, registerDisplay, registerPress, shows } from "../support/browser/console.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();
const keys = async (page: Page, ...names: string[]): Promise<void> => {
  for (const name of names) {
    await page.keyboard.press(name);
  }
};

test("a flow is made by keyboard alone, carries an event to the function, and is removed", async () => {
  const broker = await testBroker();
  await registerPress(broker);
  const shown = await registerDisplay(broker);
  const page = await openConsole(browser, broker);
  await expect
    .poll(() => page.getByRole("listbox", { name: "Services" }).getByRole("option").count())
    .toBe(2);
  const start = performance.now();

  // Past the link that skips, and "Overview".
  await keys(page, "Tab", "Tab", "Tab", "Enter");
  await tabTo(page, "New flow");
  await keys(page, "Enter");
  await expect.poll(() => focused(page)).toBe("From the service");
  await page.keyboard.type("press");
  await keys(page, "Enter");
  await expect.poll(() => page.getByLabel("its event").isEnabled()).toBe(true);
  await keys(page, "Tab");
  await page.keyboard.type("MEAS");
  await keys(page, "Tab");
  await page.keyboard.type("disp");
  await keys(page, "ArrowDown", "Enter");
  // Its only function is chosen already.
  await expect.poll(() => page.getByLabel("its function").inputValue()).toBe("SHOW");
  await shows(page.locator(".flow-form"), "The formats differ");
  await tabTo(page, "Suggest one");
  await keys(page, "Enter", "Tab");
  expect(await focused(page)).toMatch(/^Mapping/);
  expect(JSON.parse(await page.getByLabel(/^Mapping/).inputValue())).toEqual({
    "/dataObject/celsius": "/dataObject/celsius",
  });
  await keys(page, "Tab");
  expect(await focused(page)).toBe("Add the flow");
  await keys(page, "Enter");
  await shows(page.getByRole("listbox", { name: "Flows" }), "Press press · MEASURED → Display · SHOW");
  expect(performance.now() - start).toBeLessThan(60_000);
  expect(broker.flows).toEqual([
    {
      from: { uuid: "press", eventId: "MEASURED" },
      to: { uuid: "display", functionId: "SHOW" },
      mapping: { "/dataObject/celsius": "/dataObject/celsius" },
    },
  ]);

  broker.publish("press", "MEASURED", { celsius: 21.5, state: "idle" });
  await expect.poll(() => shown).toEqual([{ celsius: 21.5 }]);

  await expect.poll(() => page.getByRole("button", { name: "Remove" }).isVisible()).toBe(true);
  await tabTo(page, "Remove");
  await keys(page, "Enter");
  await shows(page.locator("main"), "There are no flows.");
  expect(broker.flows).toEqual([]);
});

test("a flow that takes the place of another one says so", async () => {
  const broker = await testBroker();
  await registerPress(broker);
  await registerDisplay(broker);
  broker.addFlow({
    from: { uuid: "press", eventId: "MEASURED" },
    to: { uuid: "display", functionId: "SHOW" },
  });
  const page = await openConsole(browser, broker, "#/flows");
  await page.getByRole("button", { name: "New flow" }).click();
  for (const [label, name] of [
    ["From the service", "press"],
    ["To the service", "disp"],
  ] as const) {
    await page.getByLabel(label).fill(name);
    await keys(page, "ArrowDown", "Enter");
  }
  await page.getByLabel("its event").selectOption("MEASURED");
  await page.getByRole("button", { name: "Add the flow" }).click();
  await shows(page.locator("main"), "Flow #2 has taken the place of #1.");
  expect(broker.flows).toHaveLength(1);
});

test("flows are a picture, in which they can be chosen; they can be stopped and started", async () => {
  const broker = await testBroker();
  await registerPress(broker);
  await registerDisplay(broker);
  const to = { uuid: "display", functionId: "SHOW" };
  broker.addFlow({ from: { uuid: "press", eventId: "MEASURED" }, to });
  broker.addFlow({
    from: { uuid: "press", eventId: "SPEED" },
    to: { uuid: "press", functionId: "SET_SPEED" },
  });
  broker.addFlow({
    from: [
      { uuid: "press", eventId: "MEASURED" },
      { uuid: "press", eventId: "SPEED" },
    ],
    to,
    mapping: { "/dataObject/celsius": "/0/dataObject/celsius" },
  });
  const page = await openConsole(browser, broker, "#/flows");
  await expect.poll(() => page.locator(".graph .arrow").count()).toBe(4);
  expect(await page.locator(".graph .box-name text").allTextContents()).toEqual(["Press press", "Display"]);
  expect(await page.locator(".graph .port.event text").allTextContents()).toEqual(["MEASURED", "SPEED"]);
  expect(await page.locator(".graph .port.function text").allTextContents()).toEqual(["SET_SPEED", "SHOW"]);

  await page.locator(".graph .arrow .hit").first().dispatchEvent("click");
  await shows(page.getByRole("region", { name: "Flow 1" }), "Made by code; runs.");
  await page.getByRole("button", { name: "Stop" }).click();
  await shows(page.getByRole("region", { name: "Flow 1" }), "is stopped");
  await expect.poll(() => page.locator(".arrow.stopped").count()).toBe(1);
  expect(broker.flows).toHaveLength(2);
  await page.getByRole("button", { name: "Start" }).click();
  await expect.poll(() => broker.flows.length).toBe(3);
});

test("a wrong mapping is explained while it is typed, and an incomplete flow is not made", async () => {
  const broker = await testBroker();
  await registerPress(broker);
  const page = await openConsole(browser, broker, "#/flows");
  await page.getByRole("button", { name: "New flow" }).click();
  const form = page.getByRole("form", { name: "New flow" });
  await form.getByRole("button", { name: "Add the flow" }).click();
  await shows(form.getByRole("status"), "Choose a service and its event");
  const mapping = form.getByLabel(/^Mapping/);
  await mapping.fill("{");
  await shows(form.locator(".problem"), "The mapping is no JSON");
  await mapping.fill('{ "/dataObject": "/dataobject" }');
  await shows(form.locator(".problem"), /leads nowhere; an event has dataObject/);
  expect(await form.getByRole("button", { name: "Add the flow" }).isDisabled()).toBe(true);
  await mapping.fill("");
  await page.keyboard.press("Escape");
  await expect.poll(() => form.count()).toBe(0);
});

test("an event's own form begins a flow", async () => {
  const broker = await testBroker();
  await registerPress(broker);
  const page = await openConsole(browser, broker, "#/service/press");
  await page.locator("details.item summary").first().click();
  await page.getByRole("button", { name: "New flow from this event…" }).first().click();
  await expect.poll(() => page.getByLabel("From the service").inputValue()).toBe("Press press");
  await expect.poll(() => page.getByLabel("its event").inputValue()).toBe("MEASURED");
});

/** Goes on by Tab until this has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    if ((await focused(page)) === name) {
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not come to ${name}.`);
}

/** The label or the text of what has the focus; it must be seen that it has. */
async function focused(page: Page): Promise<string> {
  const { name, isSeen } = await page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const name = element.labels?.[0]?.textContent ?? element.textContent;
    return {
      name,
      isSeen:
        element.tagName === "BODY" ||
        element.tagName === "MAIN" ||
        (outlineStyle !== "none" && outlineWidth !== "0px"),
    };
  });
  expect(isSeen, `${name} has a visible focus`).toBe(true);
  return name;
}
