import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import * as z from "zod";
import type { Broker } from "../../src/broker/index.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, registerDisplay, registerPress, shows } from "../support/browser/console.ts";
import { focused, keys, tabTo } from "../support/browser/keyboard.ts";
import { seriousFindings } from "../support/browser/serious-findings.ts";
import { testBroker, testClient } from "../support/setup.ts";

const browser = useBrowser();
const from = { uuid: "press", eventId: "MEASURED" };
const to = { uuid: "display", functionId: "SHOW" };
const OWN_SPEED = {
  from: { uuid: "press", eventId: "SPEED" },
  to: { uuid: "press", functionId: "SET_SPEED" },
};
const MAPPING = { "/dataObject/celsius": "/dataObject/celsius" };

test("a flow is made with the form by keyboard alone, carries an event to the function, and is removed", async () => {
  const { broker, shown } = await pressAndDisplay();
  const page = await openConsole(browser, broker);
  await expect
    .poll(() => page.getByRole("listbox", { name: "Services" }).getByRole("option").count())
    .toBe(2);

  await tabTo(page, /^Flows/);
  await keys(page, "Enter");
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
  // Its only function is chosen already. The value fits as it is: more than the function needs.
  await expect.poll(() => page.getByLabel("its function").inputValue()).toBe("SHOW");
  const form = page.getByRole("form", { name: "New flow" });
  await shows(form, "The event's value as it is");
  await tabTo(page, "Source of /dataObject/celsius");
  await page.keyboard.type("/dataObject/celsius");
  await expect
    .poll(async () => JSON.parse(await page.getByLabel(/^The same as JSON/).inputValue()))
    .toEqual(MAPPING);
  await tabTo(page, "Add the flow");
  await keys(page, "Enter");
  await shows(page.getByRole("listbox", { name: "Flows" }), "Press press · MEASURED → Display · SHOW");
  await shows(page.getByRole("listbox", { name: "Flows" }), "by hand");
  // The focus is where it was before the form.
  await expect.poll(() => focused(page)).toBe("New flow");
  expect(broker.flows).toEqual([{ from, to, mapping: MAPPING }]);

  broker.publish("press", "MEASURED", { celsius: 21.5, state: "idle" });
  await expect.poll(() => shown).toEqual([{ celsius: 21.5 }]);
  await shows(page.getByRole("region", { name: "Flow 1" }), "1 call, 0 errors");

  await tabTo(page, "Remove");
  await keys(page, "Enter");
  await shows(page.locator("main"), "There are no flows.");
  expect(broker.flows).toEqual([]);
});

test("a flow is drawn with the mouse from an event to a function; the form opens beside the picture, filled", async () => {
  const { broker, shown } = await pressAndDisplay();
  const page = await openConsole(browser, broker, "#/flows");
  await drag(page, port(page, "event", "MEASURED"), port(page, "function", "SHOW"));
  const form = page.getByRole("form", { name: "New flow" });
  await expect.poll(() => page.getByLabel("From the service").inputValue()).toBe("Press press");
  await expect.poll(() => page.getByLabel("its event").inputValue()).toBe("MEASURED");
  await expect.poll(() => page.getByLabel("To the service").inputValue()).toBe("Display");
  const picture = await page.locator(".graph").boundingBox();
  expect(picture?.x ?? 0).toBeLessThan((await form.boundingBox())?.x ?? 0);
  await form.getByRole("button", { name: "Add the flow" }).click();
  await expect.poll(() => page.locator(".graph .arrow").count()).toBe(1);
  await expect.poll(() => form.count()).toBe(0);
  expect(broker.flows).toEqual([{ from, to }]);
  broker.publish("press", "MEASURED", { celsius: 20, state: "running" });
  await expect.poll(() => shown).toHaveLength(1);

  // Let go beside everything, nothing is made, and the page says what would be right.
  await drag(page, port(page, "event", "SPEED"), page.locator(".graph-scale"));
  await shows(page.locator(".graph-keys"), "No flow was made: let go over a function");
  expect(await form.count()).toBe(0);
});

test("a finger draws a flow, too", async () => {
  const { broker } = await pressAndDisplay();
  const page = await openConsole(browser, broker, "#/flows", { hasTouch: true });
  const [start, end] = [
    await middleOf(port(page, "event", "MEASURED")),
    await middleOf(port(page, "function", "SHOW")),
  ];
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x: number, y: number) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  await touch("touchStart", start.x, start.y);
  await touch("touchMove", (start.x + end.x) / 2, (start.y + end.y) / 2);
  await touch("touchMove", end.x, end.y);
  await touch("touchEnd", end.x, end.y);
  await expect.poll(() => page.getByLabel("its function").inputValue()).toBe("SHOW");
  await expect.poll(() => page.getByLabel("its event").inputValue()).toBe("MEASURED");
});

test("a flow is drawn by keyboard alone: an event, Enter, a function, Enter", async () => {
  const { broker, shown } = await pressAndDisplay();
  const page = await openConsole(browser, broker, "#/flows");
  await expect.poll(() => page.locator(".graph .port.event").count()).toBe(2);
  await tabTo(page, /^Picture of 0 arrows between 2 services/);
  await keys(page, "Enter");
  await expect.poll(() => focused(page)).toMatch(/^Event Press press · MEASURED/);
  await keys(page, "ArrowDown");
  await expect.poll(() => focused(page)).toMatch(/^Event Press press · SPEED/);
  await keys(page, "ArrowUp");
  await expect.poll(() => focused(page)).toMatch(/^Event Press press · MEASURED/);
  await keys(page, "Enter");
  await expect.poll(() => focused(page)).toMatch(/^Function Display · SHOW/);
  // One step back, and on again.
  await keys(page, "Escape");
  await expect.poll(() => focused(page)).toMatch(/^Event Press press · MEASURED/);
  await keys(page, "Enter");
  await expect.poll(() => focused(page)).toMatch(/^Function Display · SHOW/);
  await keys(page, "Enter");
  await expect.poll(() => page.getByLabel("its function").inputValue()).toBe("SHOW");
  await expect.poll(() => focused(page)).toBe("Add the flow");
  await keys(page, "Enter");
  await expect.poll(() => broker.flows).toEqual([{ from, to }]);
  broker.publish("press", "MEASURED", { celsius: 3, state: "idle" });
  await expect.poll(() => shown).toHaveLength(1);
});

test("a mapping with a type error is seen before it runs, and is added only if that is asked for", async () => {
  const broker = await testBroker();
  await registerPress(broker);
  const strict = testClient({ uuid: "strict", name: "Strict" });
  const format = z.object({ speed: z.string(), celsius: z.number() }).meta({ id: "Order" });
  strict.addFunction({ functionId: "SET", name: "Set", dataFormat: format, handler: () => {} });
  await strict.connect(broker.url);
  await strict.register();
  broker.publish("press", "MEASURED", { celsius: 21.5, state: "idle" });
  const page = await openConsole(browser, broker, "#/flows");
  await drag(page, port(page, "event", "MEASURED"), port(page, "function", "SET"));
  const form = page.getByRole("form", { name: "New flow" });
  const json = form.getByLabel(/^The same as JSON/);

  // Only what fits is suggested; what has no source is said.
  await expect
    .poll(async () => JSON.parse((await json.inputValue()) || "null"))
    .toEqual({ "/dataObject/celsius": "/dataObject/celsius", "/dataObject/speed": "/dataObject/state" });
  await form.getByLabel("Source of /dataObject/speed").selectOption("/dataObject/celsius");
  await shows(form.locator("tr.fit-no"), "number (double), but string is needed");
  await shows(form.getByRole("status"), "/dataObject/speed: number (double), but string is needed");
  await shows(form.locator("tr.fit-no .preview"), "21.5");
  const add = form.getByRole("button", { name: "Add the flow" });
  expect(await add.isDisabled()).toBe(true);
  await add.click({ force: true });
  await add.press("Enter");
  expect(broker.flows).toEqual([]);

  // Either side changes the other.
  await json.fill(
    '{ "/dataObject/celsius": "/dataObject/celsius", "/dataObject/speed": { "value": "fast" } }',
  );
  await expect.poll(() => form.locator("tr.fit-no").count()).toBe(0);
  expect(await form.getByLabel("Source of /dataObject/speed: the value").inputValue()).toBe("fast");
  await form.getByLabel("Source of /dataObject/speed: the value").fill("slow");
  await form.getByLabel("Source of /dataObject/speed: the value").press("Tab");
  await expect
    .poll(async () => JSON.parse(await json.inputValue()))
    .toMatchObject({ "/dataObject/speed": { value: "slow" } });
  await shows(form.locator(".json"), '"speed": "slow"');

  await json.fill('{ "/dataObject": { "value": 5 } }');
  await form.getByRole("button", { name: "Add anyway" }).click();
  await expect.poll(() => broker.flows).toHaveLength(1);
  await shows(page.getByRole("region", { name: "Flow 1" }), "5 is not Order");
});

test("a constant or a text that is being typed stays when an event comes", async () => {
  const { broker } = await pressAndDisplay();
  broker.publish("press", "MEASURED", { celsius: 1, state: "idle" });
  const page = await openConsole(browser, broker, "#/flows");
  await drag(page, port(page, "event", "MEASURED"), port(page, "function", "SHOW"));
  const form = page.getByRole("form", { name: "New flow" });
  const label = "Source of /dataObject/celsius";
  let celsius = 1;
  for (const [kind, name, typed] of [
    ["constant", `${label}: the value`, "12"],
    ["template", `${label}: the text`, "hot"],
  ] as const) {
    await form.getByLabel(label, { exact: true }).selectOption(kind);
    const field = form.getByLabel(name);
    await field.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type(typed);
    celsius += 1;
    broker.publish("press", "MEASURED", { celsius, state: "idle" });
    const at = (await form.locator(".hint", { hasText: "With the last event" }).textContent()) ?? "";
    await expect
      .poll(() => form.locator(".hint", { hasText: "With the last event" }).textContent())
      .not.toBe(at);
    expect(await field.inputValue()).toBe(typed);
    await field.press("Tab");
    await expect.poll(() => form.getByLabel(/^The same as JSON/).inputValue()).toContain(typed);
    expect(await field.inputValue()).toBe(typed);
    // Typed, and as it was: what is changed beside it is shown again.
    await field.focus();
    await page.keyboard.type("1");
    await field.fill(typed);
    await field.press("Tab");
    const json = form.getByLabel(/^The same as JSON/);
    await json.fill((await json.inputValue()).replace(typed, "7"));
    await expect.poll(() => field.inputValue()).toBe("7");
  }
});

test("a flow that takes the place of another one says so before, and the other comes back", async () => {
  const { broker } = await pressAndDisplay();
  broker.addFlow({ from, to, mapping: MAPPING });
  const page = await openConsole(browser, broker, "#/flows");
  await drag(page, port(page, "event", "MEASURED"), port(page, "function", "SHOW"));
  const form = page.getByRole("form", { name: "New flow" });
  await shows(form, "Replaces flow #1 (in code), which has the same ends.");
  await form.getByRole("button", { name: "Add the flow" }).click();
  await shows(page.locator("main"), "Flow #2 has taken the place of #1.");
  expect(broker.flows).toEqual([{ from, to }]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => broker.flows).toEqual([{ from, to, mapping: MAPPING }]);
  await shows(
    page.getByRole("region", { name: "Flow 1" }),
    "Made in the code that started the broker; runs.",
  );

  await page.getByRole("button", { name: "Change…" }).click();
  const change = page.getByRole("form", { name: "Change flow 1" });
  expect(JSON.parse(await change.getByLabel(/^The same as JSON/).inputValue())).toEqual(MAPPING);
  await change.getByRole("button", { name: "The whole value" }).click();
  await change.getByRole("button", { name: "Save the flow" }).click();
  await expect.poll(() => broker.flows).toEqual([{ from, to }]);
});

test("a flow that does not come back at the first try does at the second", async () => {
  const { broker } = await pressAndDisplay();
  broker.addFlow({ from, to, mapping: MAPPING });
  const page = await openConsole(browser, broker, "#/flows");
  await drag(page, port(page, "event", "MEASURED"), port(page, "function", "SHOW"));
  await page.getByRole("form", { name: "New flow" }).getByRole("button", { name: "Add the flow" }).click();
  await page.route("**/restore", (route) => route.fulfill({ status: 409, json: { error: "Not now." } }), {
    times: 1,
  });
  await page.getByRole("button", { name: "Undo" }).click();
  await shows(page.locator(".toast"), "Not now.");
  expect(broker.flows).toEqual([]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => broker.flows).toEqual([{ from, to, mapping: MAPPING }]);
  await expect.poll(() => page.locator(".toast").count()).toBe(0);
});

test("a flow that was removed comes back by keyboard, with its mapping, and stopped as it was", async () => {
  const { broker } = await pressAndDisplay();
  broker.addFlow({ from, to, mapping: MAPPING });
  const page = await openConsole(browser, broker, "?flow=1#/flows");
  const details = page.getByRole("region", { name: "Flow 1" });
  await details.getByRole("button", { name: "Stop" }).click();
  await shows(details, "is stopped");
  await details.getByRole("button", { name: "Remove" }).press("Enter");
  await shows(page.locator(".toast"), "Flow #1 removed.");
  await expect.poll(() => focused(page)).toBe("Undo");
  expect(await flowsOf(broker.url)).toEqual([]);
  await keys(page, "Enter");
  await shows(details, "is stopped");
  await expect.poll(() => page.locator(".toast").count()).toBe(0);
  expect(await flowsOf(broker.url)).toMatchObject([
    { id: 1, origin: "code", deployed: false, flows: [{ from, to, mapping: MAPPING }] },
  ]);
});

test("calls and errors are counted on each arrow and in the list while they happen", async () => {
  const { broker } = await pressAndDisplay();
  broker.addFlow({ from, to });
  broker.addFlow({ from: { uuid: "press", eventId: "SPEED" }, to: { ...to, functionId: "NONE" } });
  const page = await openConsole(browser, broker, "?flow=2#/flows");
  const arrows = page.locator(".graph .arrow");
  await expect.poll(() => arrows.count()).toBe(2);
  expect(await arrows.locator(".figures-of-flow").count()).toBe(0);
  for (let index = 0; index < 3; index++) {
    broker.publish("press", "MEASURED", { celsius: index, state: "idle" });
    broker.publish("press", "SPEED", index);
  }
  await shows(page.locator('[data-flow="1"] .figures-of-flow'), /^3$/);
  await shows(page.locator('[data-flow="2"] .figures-of-flow'), "3 ⚠ 3");
  await shows(page.getByRole("listbox", { name: "Flows" }), /MEASURED → Display · SHOW3 calls/);
  await shows(page.getByRole("listbox", { name: "Flows" }), "3 errors3 calls");
  const details = page.getByRole("region", { name: "Flow 2" });
  await shows(details, "3 calls, 3 errors");
  await shows(details, '"display" has no function "NONE", called by a flow');
});

test("flows are a picture, in which they can be chosen; they can be stopped and started", async () => {
  const { broker } = await pressAndDisplay();
  broker.addFlow({ from, to });
  broker.addFlow(OWN_SPEED);
  broker.addFlow({
    from: [from, { uuid: "press", eventId: "SPEED" }],
    to,
    mapping: { "/dataObject/celsius": "/0/dataObject/celsius" },
  });
  const page = await openConsole(browser, broker, "#/flows");
  await expect.poll(() => page.locator(".graph .arrow").count()).toBe(4);
  expect(await page.locator(".graph .arrow.joined").count()).toBe(2);
  expect(await page.locator(".graph .box-name text").allTextContents()).toEqual(["Press press", "Display"]);
  expect(await page.locator(".graph .port.event text").allTextContents()).toEqual(["MEASURED", "SPEED"]);
  expect(await page.locator(".graph .port.function text").allTextContents()).toEqual(["SET_SPEED", "SHOW"]);

  await page.locator(".graph .arrow .hit").first().dispatchEvent("click");
  const details = page.getByRole("region", { name: "Flow 1" });
  await shows(details, "Made in the code that started the broker; runs.");
  const picture = await page.locator(".graph").boundingBox();
  const place = await details.boundingBox();
  expect(place?.x ?? 0).toBeGreaterThan((picture?.x ?? 0) + (picture?.width ?? 0));
  await page.getByRole("button", { name: "Stop" }).click();
  await shows(details, "is stopped");
  await expect.poll(() => page.locator(".arrow.stopped").count()).toBe(1);
  expect(broker.flows).toHaveLength(2);
  await page.getByRole("button", { name: "Start" }).click();
  await expect.poll(() => broker.flows.length).toBe(3);
});

test("flows with the same ends stand beside each other, and a flow document with all of its arrows", async () => {
  const { broker } = await pressAndDisplay();
  for (let index = 0; index < 2; index++) {
    await post(`${broker.url}/integrationFlow/create/deploy`, { from, to });
  }
  const page = await openConsole(browser, broker, "#/flows");
  await expect.poll(() => page.locator(".graph .arrow").count()).toBe(2);
  const paths = await page
    .locator(".graph .arrow .line")
    .evaluateAll((all) => all.map((each) => each.getAttribute("d")));
  expect(new Set(paths).size).toBe(2);
  await page.locator(".graph .arrow .hit").first().dispatchEvent("click");
  await shows(
    page.getByRole("region", { name: "Flow 1" }),
    "Made by a program, over REST; runs. It stands beside others",
  );
});

test("the picture is moved and enlarged by wheel, pointer, keyboard and buttons", async () => {
  const { broker } = await pressAndDisplay();
  const page = await openConsole(browser, broker, "#/flows");
  const box = page.locator(".graph .box").first();
  await box.waitFor();
  const placeOf = async () => (await box.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const fitted = await placeOf();
  const graph = (await page.locator(".graph").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };

  await page.mouse.move(graph.x + 20, graph.y + graph.height - 20);
  await page.mouse.wheel(0, -300);
  await expect.poll(async () => (await placeOf()).width).toBeGreaterThan(fitted.width);
  await page.getByRole("button", { name: "Fit" }).click();
  await expect.poll(placeOf).toEqual(fitted);
  await expect.poll(() => new URL(page.url()).searchParams.has("flow-place")).toBe(false);

  await page.mouse.move(graph.x + 20, graph.y + graph.height - 20);
  await page.mouse.down();
  await page.mouse.move(graph.x + 60, graph.y + graph.height - 50, { steps: 3 });
  await page.mouse.up();
  await expect.poll(placeOf).toEqual({ ...fitted, x: fitted.x + 40, y: fitted.y - 30 });

  await page.locator(".graph").focus();
  await keys(page, "0");
  await expect.poll(placeOf).toEqual(fitted);
  await keys(page, "ArrowRight", "ArrowUp");
  await expect.poll(placeOf).toEqual({ ...fitted, x: fitted.x - 60, y: fitted.y + 60 });
  await keys(page, "+");
  await expect.poll(async () => (await placeOf()).width).toBeGreaterThan(fitted.width);
  await keys(page, "-", "-");
  await expect.poll(async () => (await placeOf()).width).toBeLessThan(fitted.width);
  await page.getByRole("button", { name: "Larger" }).click();
  await expect.poll(async () => Math.round((await placeOf()).width)).toBe(Math.round(fitted.width));
});

test("what is selected, searched for and seen survives a reload", async () => {
  const { broker } = await pressAndDisplay();
  broker.addFlow({ from, to });
  broker.addFlow(OWN_SPEED);
  const page = await openConsole(browser, broker, "#/flows");
  await page.getByRole("listbox", { name: "Flows" }).getByText("MEASURED → Display").click();
  await page.getByLabel("Search for a service, an event or a function").fill("SHOW");
  await expect.poll(() => page.locator(".graph .arrow").count()).toBe(1);
  await page.getByRole("button", { name: "Larger" }).click();
  const place = () => page.locator(".graph .box").first().boundingBox();
  await expect.poll(() => page.url()).toContain("flow-place=");
  const before = await place();
  await page.reload();
  await shows(page.getByRole("region", { name: "Flow 1" }), "SHOW");
  expect(await page.getByLabel("Search for a service, an event or a function").inputValue()).toBe("SHOW");
  await expect.poll(() => page.locator(".graph .arrow").count()).toBe(1);
  const near = (value: number | undefined) => Math.round((value ?? 0) / 3);
  await expect.poll(async () => near((await place())?.x)).toBe(near(before?.x));
  await expect.poll(async () => near((await place())?.width)).toBe(near(before?.width));
});

test("a thousand services and three thousand flows are all drawn, and the picture follows at once", {
  timeout: 60_000,
}, async () => {
  const broker = await testBroker();
  for (let index = 0; index < 3_000; index++) {
    broker.addFlow({
      from: { uuid: `s${index % 1_000}`, eventId: `E${index}` },
      to: { uuid: `s${(index * 7 + 13) % 1_000}`, functionId: `F${index % 3}` },
    });
  }
  const page = await openConsole(browser, broker, "#/flows");
  await page.getByLabel("Picture of 3000 arrows between 1000 services").waitFor();
  const drawn = () =>
    page.evaluate(() =>
      [...document.querySelectorAll(".graph .arrows")].reduce(
        (sum, path) => sum + (path.getAttribute("d")?.split("M").length ?? 1) - 1,
        0,
      ),
    );
  await expect.poll(drawn).toBe(3_000);
  const elements = await page.evaluate(() => document.querySelectorAll(".graph *").length);
  expect(elements).toBeLessThan(1_000);

  // Near, only what is seen is there.
  await page.locator(".graph").focus();
  await keys(page, ...Array<string>(14).fill("+"));
  const boxes = () => page.locator(".graph .box").count();
  await expect.poll(boxes).toBeGreaterThan(0);
  await expect.poll(boxes).toBeLessThan(100);
  expect(await page.evaluate(() => document.querySelectorAll(".graph *").length)).toBeLessThan(6_000);
});

test.each([
  ["a phone", { viewport: { width: 390, height: 844 }, hasTouch: true }],
  ["a small window", { viewport: { width: 1200, height: 900 } }],
] as const)("the names of thirty services can be read in the whole picture (%s)", async (_, options) => {
  const broker = await testBroker();
  for (let index = 0; index < 30; index++) {
    const uuid = `Conveyor ${index + 10}`;
    broker.addFlow({
      from: { uuid, eventId: "E" },
      to: { uuid: `Conveyor ${((index * 7 + 3) % 30) + 10}`, functionId: "F" },
    });
  }
  const long = "Camera at the end of the second hall 7";
  broker.addFlow({ from: { uuid: long, eventId: "E" }, to: { uuid: "Conveyor 10", functionId: "F" } });
  const page = await openConsole(browser, broker, "#/flows", options);
  const names = page.locator(".graph .far-name");
  await expect.poll(() => names.count()).toBe(31);
  const lines = await names.evaluateAll((all) =>
    all.map((each) => [...each.querySelectorAll("tspan")].map((line) => line.textContent)),
  );
  // Where a name does not fit, its end says which one of many it is; the whole of it is told to who points at it.
  const [cut, ...others] = lines.map((each) => each.join(" ")).toSorted();
  expect(cut).toMatch(/^Camera.*7$/);
  expect(others).toEqual(Array.from({ length: 30 }, (_each, index) => `Conveyor ${index + 10}`));
  expect(await names.filter({ hasText: long }).count()).toBe(1);
  const heights = await names
    .locator("tspan")
    .evaluateAll((all) => all.map((each) => Number.parseFloat(getComputedStyle(each).fontSize)));
  const scale = await page
    .locator(".graph svg > g")
    .evaluate((moved) => (moved as SVGGElement).getCTM()?.a ?? 0);
  expect(Math.min(...heights) * scale).toBeGreaterThan(11.9);
});

test("a long name stays inside of its box, however wide its letters are, and ends with an ellipsis", async () => {
  const broker = await testBroker();
  const wide = "MWMWMWMWMWMW WMWMWMWMWMWM MWMWMWMWMWMW 7";
  const rightToLeft = "آلة الكبس رقم سبعة في قاعة الإنتاج الكبيرة الشمالية";
  broker.addFlow({ from: { uuid: wide, eventId: "E" }, to: { uuid: rightToLeft, functionId: "F" } });
  const page = await openConsole(browser, broker, "#/flows");
  const isInside = (selector: string) =>
    page.locator(selector).evaluateAll((all) =>
      all.map((each) => {
        const [{ left, right }, frame] = [each.getBoundingClientRect(), each.getAttribute("x")];
        const moved = (each as SVGGraphicsElement).getScreenCTM() as DOMMatrix;
        // The words begin a little inside of their box, which is 210 wide.
        const start = Number(frame ?? each.querySelector("tspan")?.getAttribute("x")) * moved.a + moved.e;
        return left >= start - 3 && right <= start + 205 * moved.a;
      }),
    );
  const near = ".graph .box-name > text";
  await expect.poll(() => page.locator(near).count()).toBe(2);
  expect(await isInside(near)).toEqual([true, true]);

  await page.locator(".graph").focus();
  const names = page.locator(".graph .far-name");
  await expect
    .poll(async () => {
      await keys(page, "-");
      return names.count();
    })
    .toBe(2);
  expect(await isInside(".graph .far-name")).toEqual([true, true]);
  expect(await names.locator("tspan").allTextContents()).toContainEqual(expect.stringMatching(/…/));
});

test("Escape asks before it discards what was typed, and not for nothing", async () => {
  const { broker } = await pressAndDisplay();
  const page = await openConsole(browser, broker, "#/flows");
  await drag(page, port(page, "event", "MEASURED"), port(page, "function", "SHOW"));
  const form = page.getByRole("form", { name: "New flow" });
  await form.getByRole("button", { name: "Add the flow" }).press("Escape");
  await expect.poll(() => form.count()).toBe(0);

  await drag(page, port(page, "event", "MEASURED"), port(page, "function", "SHOW"));
  await form.getByLabel(/^The same as JSON/).fill('{ "/dataObject/celsius": { "value": 5 } }');
  await keys(page, "Escape");
  const question = page.getByRole("dialog", { name: "Discard what you typed?" });
  await question.waitFor();
  await keys(page, "Enter");
  await expect.poll(() => question.count()).toBe(0);
  expect(await form.getByLabel(/^The same as JSON/).inputValue()).toContain("5");
  await form.getByRole("button", { name: "Add the flow" }).press("Escape");
  await question.getByRole("button", { name: "Discard it" }).click();
  await expect.poll(() => form.count()).toBe(0);
});

test("a wrong mapping is explained while it is typed, and an incomplete flow is not made", async () => {
  const { broker } = await pressAndDisplay();
  const page = await openConsole(browser, broker, "#/flows");
  await page.getByRole("button", { name: "New flow" }).click();
  const form = page.getByRole("form", { name: "New flow" });
  await form.getByRole("button", { name: "Add the flow" }).click();
  await shows(form.locator(".outcome"), "Choose a service and its event");
  await form.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => form.count()).toBe(0);
  await drag(page, port(page, "event", "MEASURED"), port(page, "function", "SHOW"));
  const mapping = form.getByLabel(/^The same as JSON/);
  await mapping.fill("{");
  await shows(form.locator(".problem"), "The mapping is not JSON");
  await mapping.fill('{ "/dataObject": "/dataobject" }');
  await shows(form.locator(".problem"), /leads nowhere; an event has dataObject/);
  expect(await form.getByRole("button", { name: "Add the flow" }).isDisabled()).toBe(true);
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

test.each([
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", { viewport: { width: 390, height: 844 }, hasTouch: true }],
] as const)("nothing on the page of the flows is hard to use for somebody (%s)", async (_, options) => {
  const { broker } = await pressAndDisplay();
  broker.addFlow({ from, to });
  broker.addFlow({ from: { uuid: "press", eventId: "SPEED" }, to: { ...to, functionId: "NONE" } });
  broker.publish("press", "MEASURED", { celsius: 20, state: "running" });
  broker.publish("press", "SPEED", 5);
  const page = await openConsole(browser, broker, "?flow=2#/flows", options);
  await shows(page.getByRole("region", { name: "Flow 2" }), "1 call, 1 error");
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Remove" }).click();
  await shows(page.locator(".toast"), "Undo");
  await page.getByRole("listbox", { name: "Flows" }).getByText("SHOW").click();
  await page.getByRole("button", { name: "Change…" }).click();
  const json = page.getByLabel(/^The same as JSON/);
  await json.fill('{ "/dataObject/celsius": { "value": "warm" } }');
  await shows(page.locator("tr.fit-no"), '"warm" is not number');
  expect(await seriousFindings(page)).toEqual([]);
});

test("services whose uuids are names that JavaScript knows are drawn as any others", async () => {
  const broker = await testBroker();
  const uuids = ["__proto__", "constructor", "toString"];
  for (const uuid of uuids) {
    await registerPress(broker, uuid);
  }
  for (const [index, uuid] of uuids.entries()) {
    const next = uuids[(index + 1) % uuids.length] ?? "";
    broker.addFlow({ from: { uuid, eventId: "SPEED" }, to: { uuid: next, functionId: "SET_SPEED" } });
  }
  const page = await openConsole(browser, broker, "#/flows");
  await expect.poll(() => page.locator(".graph .arrow").count()).toBe(3);
  const places = await page.locator(".graph .box").evaluateAll((boxes) =>
    boxes.map((box) => {
      const { x, y } = box.getBoundingClientRect();
      return `${Math.round(x)} ${Math.round(y)}`;
    }),
  );
  expect(new Set(places).size).toBe(3);
});

/** A broker with a press and a display, and what the display has shown. */
async function pressAndDisplay(): Promise<{ readonly broker: Broker; readonly shown: unknown[] }> {
  const broker = await testBroker();
  await registerPress(broker);
  return { broker, shown: await registerDisplay(broker) };
}

function port(page: Page, kind: "event" | "function", id: string) {
  return page.locator(`.graph .port.${kind}[data-port="${id}"] circle`);
}

async function drag(page: Page, start: ReturnType<typeof port>, end: ReturnType<typeof port>): Promise<void> {
  const [first, last] = [await middleOf(start), await middleOf(end)];
  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  await page.mouse.move((first.x + last.x) / 2, (first.y + last.y) / 2);
  await page.mouse.move(last.x, last.y);
  await page.mouse.up();
}

async function middleOf(place: ReturnType<typeof port>): Promise<{ x: number; y: number }> {
  await place.waitFor();
  // A form beside the picture may just have opened or closed: then everything is about to move.
  let before = "";
  const rests = async () => {
    const now = JSON.stringify(await place.boundingBox());
    const isSame = now === before;
    before = now;
    return isSame;
  };
  await expect.poll(rests, { interval: 100 }).toBe(true);
  const { x, y, width, height } = (await place.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: x + width / 2, y: y + height / 2 };
}

async function flowsOf(url: string): Promise<unknown> {
  const answer = await fetch(`${url}/broker/flows`);
  return answer.json();
}

async function post(url: string, body: object): Promise<void> {
  const { status } = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(status).toBe(201);
}
