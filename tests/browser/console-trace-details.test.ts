import { describe, expect, test } from "vitest";
import { BareClient } from "../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../support/broker/describe.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, registerDisplay, registerPress, shows } from "../support/browser/console.ts";
import { register, traceDetails, traceList, traceRows } from "../support/browser/trace.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();

describe("a row", () => {
  test("says what a message says, in words and values", async () => {
    const broker = await testBroker();
    const page = await openConsole(browser, broker);
    const client = await register(broker, "u1");
    client.send(
      eventMessage("u1", {
        dataObject: { rpm: 68, at: { x: 1, y: 2 }, tags: ["a", "b"], all: [1, 2, 3, 4, 5, 6] },
      }),
      `E {"uuid":"u1","eventId":"E1","dataObject":{"count":9007199254740993,"part":1.0,"text":"12","empty":""}}`,
      eventMessage("u1", { eventId: "E2", dataObject: undefined }),
      "E {broken",
    );
    broker.call("u1", "F1", undefined, { parameters: { first: true, second: "two" } });
    // The usual single parameter reads as the value of an event.
    broker.call("u1", "F2", { rpm: 90, at: { x: 3 } });
    broker.call("u1", "F2", undefined, { parameters: { dataObject: { rpm: 91 } } });
    broker.call("u1", "F2", undefined, { parameters: { dataObject: { rpm: 92 }, other: 1 } });
    broker.call("u1", "F2", undefined, { parameters: { dataObject: { rpm: 93 }, rpm: 1 } });
    broker.configure("u1", { p1: 250 });
    await shows(traceRows(page), /R✓[<\d.]+msService u1SmartObject · 2 events · 2 functions · 1 parameter$/m);
    await shows(traceRows(page), /E1rpm 68 · at\.x 1 · at\.y 2 · tags \[a, b\] · all \[6 items\]$/m);
    // Digit for digit; what could be taken for a number has quotes.
    await shows(traceRows(page), /E1count 9007199254740993 · part 1\.0 · text "12" · empty ""$/m);
    await shows(traceRows(page), /E✓[<\d.]+msService u1E2$/m);
    await shows(traceRows(page), /E✗[<\d.]+msc\d+NIO_UNEXPECTED_EVENT_FORWARDING_ERROR: .*E \{broken$/m);
    await shows(traceRows(page), /CService u1F1first true · second two$/m);
    await shows(traceRows(page), /CService u1F2rpm 90 · at\.x 3$/m);
    await shows(traceRows(page), /CService u1F2rpm 91$/m);
    await shows(traceRows(page), /CService u1F2rpm 92 · other 1$/m);
    await shows(traceRows(page), /CService u1F2dataObject\.rpm 93 · rpm 1$/m);
    await shows(traceRows(page), /KService u1p1 250$/m);
    await shows(traceRows(page), /notec\d+Connected from .* \(raw\)$/m);
  });

  test("that was refused is red, and has a sign besides", async () => {
    const broker = await testBroker();
    const page = await openConsole(browser, broker);
    const client = await register(broker, "u1");
    client.send(eventMessage("u1"), eventMessage("u1", { eventId: "no" }));
    const refused = traceRows(page).filter({ hasText: "has not declared" });
    await shows(
      refused,
      /E✗[<\d.]+msService u1noNIO_EVENT_FORWARDING_ERROR: "u1" has not declared an event "no"/,
    );
    const colours = (row: typeof refused) =>
      row
        .locator(".answer")
        .evaluate((sign) => getComputedStyle(sign).color.match(/\d+/g)?.map(Number) ?? []);
    const [red = 0, green = 0] = await colours(refused);
    expect(red).toBeGreaterThan(green);
    const [otherRed = 0, otherGreen = 0] = await colours(traceRows(page).filter({ hasText: "E1x" }));
    expect(otherRed).toBeLessThan(otherGreen);
    // The answers can be seen on lines of their own.
    await page.getByRole("button", { name: "answers" }).click();
    await shows(traceRows(page), /reply✗Service u1NIO_EVENT_FORWARDING_ERROR/);
    await shows(traceRows(page), /replyService u1IO_PUBLISHED/);
  });

  test("says if an answer has not come, and shows it when it does", async () => {
    const broker = await testBroker();
    const page = await openConsole(browser, broker);
    const client = await register(broker, "u1");
    broker.faults.stopAcknowledging("E");
    client.send(eventMessage("u1", { dataObject: "silent" }));
    await shows(
      traceRows(page),
      /E–noneService u1E1IO_PUBLISHED, not answered: a fault was asked for silent/,
    );
    broker.faults.resumeAcknowledging("E");
    // So late that the page has the time to show it before, however busy the machine is.
    broker.faults.delay(4_000);
    client.send(eventMessage("u1", { dataObject: "late" }));
    await shows(traceRows(page), /E…Service u1E1late/);
    await shows(traceRows(page), /E✓(?:[4-9]|\d\d)\.\dsService u1E1late/);
    await shows(traceRows(page), /E–noneService u1E1/);
  });

  test("of a call stands under its event, and that of its response event under the call, with the time between them", async () => {
    const broker = await testBroker();
    const press = await registerPress(broker);
    await registerDisplay(broker);
    broker.addFlow({
      from: { uuid: "press", eventId: "MEASURED" },
      to: { uuid: "display", functionId: "SHOW" },
      mapping: { "/dataObject/celsius": "/dataObject/celsius" },
    });
    const page = await openConsole(browser, broker);
    // None of the events has a correlation id, and all calls come at once.
    const events = [1, 2, 3].map((celsius) => press.publish("MEASURED", { celsius, state: "idle" }));
    await Promise.all(events);
    await broker.callAndWait("press", "SET_SPEED", 21);
    await shows(traceRows(page), /└E✓.*SPEED42/);
    const texts = await traceRows(page).allTextContents();
    const tail = texts.slice(-8).map((text) => text.replace(/^[\d:.]+|✓[<\d.]+m?s/g, ""));
    expect(tail).toEqual([
      "EPress pressMEASUREDcelsius 1 · state idle",
      "└CDisplaySHOWcelsius 1",
      "EPress pressMEASUREDcelsius 2 · state idle",
      "└CDisplaySHOWcelsius 2",
      "EPress pressMEASUREDcelsius 3 · state idle",
      "└CDisplaySHOWcelsius 3",
      "CPress pressSET_SPEED21",
      "└EPress pressSPEED42",
    ]);
    // The function answers with an event, that of the display does not.
    expect(texts.at(-2)).toMatch(/C✓[<\d.]+msPress/);
    expect(texts.at(-3)).toMatch(/CDisplay/);
    const indent = (row: number) =>
      traceRows(page)
        .nth(row)
        .locator(".kind")
        .evaluate((kind) => kind.getBoundingClientRect().left);
    expect(await indent(-1)).toBeGreaterThan(await indent(-2));
  });
});

describe("the details", () => {
  test("step to the next and the previous, close by Escape, and give the focus back to the row", async () => {
    const broker = await testBroker();
    const client = await register(broker, "u1");
    client.send(...["one", "two", "three"].map((dataObject) => eventMessage("u1", { dataObject })));
    const page = await openConsole(browser, broker);
    await traceRows(page).filter({ hasText: "two" }).click();
    await shows(traceDetails(page), '"two"');
    await page.getByRole("button", { name: "Previous message" }).click();
    await shows(traceDetails(page), '"one"');
    // The keys of the list, also with the focus in the details.
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await shows(traceDetails(page), '"three"');
    expect(await page.getByRole("button", { name: "Next message" }).isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => traceDetails(page).count()).toBe(0);
    const active = () =>
      page.evaluate(() => {
        const id = document.activeElement?.getAttribute("aria-activedescendant");
        return id ? document.getElementById(id)?.textContent : undefined;
      });
    await expect.poll(active).toMatch(/three$/);
    await page.keyboard.press("ArrowUp");
    await shows(traceDetails(page), '"two"');
    await page.getByRole("button", { name: "Close" }).click();
    await expect.poll(active).toMatch(/two$/);
  });

  test("copy the message", async () => {
    const broker = await testBroker();
    const client = await register(broker, "u1");
    const message = eventMessage("u1", { dataObject: 'a "quoted" text' });
    client.send(message);
    const page = await openConsole(browser, broker);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await traceRows(page).filter({ hasText: "quoted" }).click();
    await page.getByRole("button", { name: "Copy" }).click();
    await shows(traceDetails(page), "Copied.");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(message);
    // A page from another computer without TLS has no clipboard, but the old way.
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.keyboard.press("Escape");
    await traceRows(page).first().click();
    await page.getByRole("button", { name: "Copy" }).click();
    await shows(traceDetails(page), "Copied.");
    expect(await page.evaluate(() => document.querySelector("body > textarea"))).toBeNull();
  });

  test("publish an event again, and call a function again, digit for digit", async () => {
    const broker = await testBroker();
    const client = await BareClient.connect(broker.url, "raw");
    const any = { dataObject: { type: "number", format: "double" } };
    await client.register(
      describeService("u1", {
        events: [{ "@id": 1, eventId: "E1", name: "E1", description: "", dataFormat: any }],
        functions: [{ functionId: "F1", name: "F1", description: "", dataFormat: any }],
      }),
    );
    const page = await openConsole(browser, broker);
    await client.ask('E {"uuid":"u1","eventId":"E1","priority":2,"correlationId":"c1","dataObject":21.500}');
    await traceRows(page).filter({ hasText: "21.500" }).click();
    const again = broker.waitForEvent({ correlationId: "c1" });
    await page.getByRole("button", { name: "Send again" }).click();
    await shows(traceDetails(page), "Published E1 again as Service u1.");
    expect(await again).toMatchObject({ uuid: "u1", eventId: "E1", priority: 2, dataText: "21.500" });

    await page.keyboard.press("Escape");
    // Off the rows, which would not move otherwise.
    await page.mouse.move(700, 100);
    broker.call("u1", "F1", 7, { correlationId: "call-1" });
    await client.nextJson("C");
    await traceRows(page).filter({ hasText: "F17" }).click();
    await page.getByRole("button", { name: "Call again" }).click();
    await shows(traceDetails(page), "Called F1 of Service u1 again.");
    // With a correlation id of its own: its answer is not that of the first.
    expect(await client.nextJson("C")).toMatchObject({
      functionId: "F1",
      functionParameters: { dataObject: 7 },
      correlationId: expect.not.stringMatching("call-1"),
    });
    await client.close();
    await page.getByRole("button", { name: "Call again" }).click();
    await shows(traceDetails(page), 'No service "u1" is registered at this broker.');
  });

  test("have the whole of a long message; if the broker does not keep it, they say so", async () => {
    const broker = await testBroker({ maxTrace: 4 });
    const client = await register(broker, "u1");
    const page = await openConsole(browser, broker);
    const value = `${"x".repeat(9_000)}the end`;
    await client.ask(eventMessage("u1", { dataObject: value, correlationId: "long" }));
    await traceRows(page).filter({ hasText: "xxx" }).click();
    await shows(traceDetails(page), "xxthe end");
    const again = broker.waitForEvent({ correlationId: "long" });
    await page.getByRole("button", { name: "Send again" }).click();
    expect((await again).dataObject).toBe(value);

    await page.keyboard.press("Escape");
    // Others push it out of the broker, but not out of the page.
    for (let count = 0; count < 5; count += 1) {
      await client.ask(eventMessage("u1", { dataObject: "y".repeat(5_000) }));
    }
    await page.mouse.move(700, 100);
    // While others come the rows move, also under a click.
    await expect.poll(() => traceRows(page).filter({ hasText: "yyy" }).count()).toBe(5);
    await traceRows(page).filter({ hasText: "xxx" }).first().click();
    await shows(
      traceDetails(page),
      /The first 4,000 of 9,\d{3} characters; the broker keeps no more of it\./,
    );
    expect(await page.getByRole("button", { name: "Send again" }).isDisabled()).toBe(true);
  });

  test("name the messages that belong to it, also those that the filter hides", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker);
    await broker.callAndWait("press", "SET_SPEED", 21, { correlationId: "mine" });
    await page.getByRole("button", { name: "E", exact: true }).click();
    await expect.poll(() => traceRows(page).count()).toBe(1);
    await traceRows(page).click();
    const related = traceDetails(page).locator(".related");
    await shows(related, /Messages that belong to it \(1\).*CPress pressSET_SPEED21/s);
    await related.getByRole("button").click();
    await shows(traceDetails(page), /call of a function.*"functionId": "SET_SPEED"/s);
    await shows(related, /SPEED42/);
  });
});

describe("what is shown stands in the address", () => {
  test("a row that no message can have is not waited for", async () => {
    const page = await openConsole(browser, await testBroker(), "?trace-row=nonsense");
    await shows(traceDetails(page), "The broker does not keep this message any more.");
  });

  test("filter, pause, selection, and whether the panel is open survive a reload", async () => {
    const broker = await testBroker();
    const client = await register(broker, "u1");
    client.send(eventMessage("u1", { dataObject: "red" }), eventMessage("u1", { dataObject: "blue" }));
    const page = await openConsole(browser, broker);
    await page.getByRole("button", { name: "E", exact: true }).click();
    await page.getByLabel("Text", { exact: true }).fill("re");
    await expect.poll(() => traceRows(page).count()).toBe(1);
    await page.getByRole("button", { name: "Pause" }).click();
    await traceRows(page).click();
    await shows(traceDetails(page), '"red"');
    await expect.poll(() => page.url()).toMatch(/trace-row=/);
    await page.reload();
    await shows(traceDetails(page), '"red"');
    await expect.poll(() => traceRows(page).count()).toBe(1);
    expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("re");
    expect(await page.getByRole("button", { name: "E", exact: true }).getAttribute("aria-pressed")).toBe(
      "true",
    );
    client.send(eventMessage("u1", { dataObject: "dark red" }));
    await shows(page.locator(".sampling"), "paused, 1 new");
    // Of one that is not shown, the broker still knows.
    await page.getByLabel("Text", { exact: true }).fill("blue");
    await expect.poll(() => traceRows(page).allTextContents()).toEqual([expect.stringContaining("blue")]);
    await page.reload();
    await shows(traceDetails(page), '"red"');
    await page.getByRole("button", { name: "▾ Trace" }).click();
    await expect.poll(() => traceList(page).count()).toBe(0);
    await page.reload();
    await page.getByText("live", { exact: true }).waitFor();
    expect(await page.getByRole("button", { name: "▸ Trace" }).getAttribute("aria-expanded")).toBe("false");
  });
});
