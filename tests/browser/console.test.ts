import { describe, expect, test } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, openItem, registerDisplay, registerPress, shows } from "../support/browser/console.ts";
import { testBroker, testClient } from "../support/setup.ts";

const browser = useBrowser();

describe("the page", () => {
  test("of an empty broker says how to begin", async () => {
    const broker = await testBroker();
    const page = await openConsole(browser, broker);
    await shows(page.locator("main"), /No service has registered yet.*Connect a client to http:\/\/127/s);
    await shows(page.locator("main"), `connect("${broker.url}")`);
    expect(await page.title()).toBe("Overview · MSB broker");
  });

  test("wants the broker's token, and hides it again", async () => {
    const broker = await testBroker({ token: "secret-token" });
    const page = await openConsole(browser, broker, "?token=secret-token");
    expect(page.url()).toBe(`${broker.url}/`);
    await page.reload();
    await page.getByText("live", { exact: true }).waitFor();
    // As after a restart with another token.
    await page.context().clearCookies();
    await page.route("**/broker/faults", (route) => route.fulfill({ status: 401, json: { error: "no" } }));
    await page.getByLabel("Token").waitFor();
    await page.unroute("**/broker/faults");
    await page.getByLabel("Token").fill("secret-token");
    await page.keyboard.press("Enter");
    await page.getByText("live", { exact: true }).waitFor();
    expect(page.url()).toBe(`${broker.url}/`);
  });

  test("says that a token was wrong, and leads on to where one wanted to be", async () => {
    const broker = await testBroker({ token: "secret-token" });
    await registerPress(broker);
    // The browser itself writes an error for each 401: not on the page that fails the test for it.
    const page = await (await browser.open("about:blank")).context().newPage();
    await page.goto(`${broker.url}/?token=wrong#/service/press`);
    await shows(page.getByRole("alert"), "Wrong token.");
    await page.getByLabel("Token").fill("secret-tokem");
    // The page before said the same.
    await Promise.all([page.waitForEvent("framenavigated"), page.keyboard.press("Enter")]);
    await shows(page.getByRole("alert"), "Wrong token.");
    await page.getByLabel("Token").fill("secret-token");
    await page.keyboard.press("Enter");
    await shows(page.locator("main h2"), /Press press.*connected/);
    expect(page.url()).toBe(`${broker.url}/#/service/press`);
  });

  test.each(["light", "dark"] as const)("is %s where the system is", async (colorScheme) => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/service/press", { colorScheme });
    await page.getByRole("heading", { name: "Configuration" }).waitFor();
    const [ground, text] = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.documentElement);
      return [backgroundColor, color].map((each) =>
        (each.match(/\d+/g) ?? []).reduce((sum, part) => sum + Number(part), 0),
      );
    });
    expect((ground ?? 0) > (text ?? 0)).toBe(colorScheme === "light");
  });

  test("fits on a telephone", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/service/press", {
      viewport: { width: 390, height: 800 },
    });
    await page.getByRole("heading", { name: "Configuration" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  test("shows what services say of themselves as text, whatever it is", async () => {
    const evil = "<img src=x onerror=\"document.title='hacked'\">";
    const broker = await testBroker();
    const client = testClient({ uuid: evil, name: evil, description: evil });
    client.addEvent({ eventId: evil, name: evil, dataFormat: "string" });
    client.addFunction({ functionId: evil, name: evil, dataFormat: "string", handler: () => {} });
    client.addConfigParameter(evil, evil, "string");
    await client.connect(broker.url);
    await client.register();
    broker.addFlow({ from: { uuid: evil, eventId: evil }, to: { uuid: evil, functionId: evil } });
    broker.publish(evil, evil, evil, { correlationId: evil });
    const page = await openConsole(browser, broker);
    await page.getByRole("listbox", { name: "Services" }).getByRole("option").click();
    await shows(page.locator("main h2"), evil);
    await page.locator("details.item summary").first().click();
    await page.getByRole("button", { name: "Fire the event" }).first().click();
    await page.getByRole("listbox", { name: "Messages" }).getByRole("option").last().click();
    await page.getByRole("link", { name: /^Flows/ }).click();
    await page.getByRole("listbox", { name: "Flows" }).getByRole("option").click();
    await shows(page.locator(".graph"), evil.slice(0, 10));
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.title()).toBe("Flows · MSB broker");
  });
});

describe("a service", () => {
  test("is listed, found, and shown with its events, functions and formats", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    await registerDisplay(broker);
    const page = await openConsole(browser, broker);
    const list = page.getByRole("listbox", { name: "Services" });
    await expect.poll(() => list.getByRole("option").count()).toBe(2);
    await page.getByLabel("Search for a name or a uuid").fill("PRESS");
    await expect.poll(() => list.getByRole("option").count()).toBe(1);
    await list.getByRole("option").click();

    await shows(page.locator("main h2"), /Press press.*connected/);
    await shows(page.locator("main"), /Events \(2\).*Functions \(1\).*Configuration/s);
    const measured = await openItem(page, "MEASURED");
    await shows(measured, /dataObjectReading.*celsiusnumber \(double\).*one of \["idle","running"\]/s);
    await shows(page.locator("details.item summary"), "→ SPEED");
  });

  test("that comes and goes is shown without a reload", async () => {
    const broker = await testBroker();
    const page = await openConsole(browser, broker);
    const press = await registerPress(broker);
    const row = page.getByRole("listbox", { name: "Services" }).getByRole("option");
    await row.click();
    await shows(page.locator("main h2"), "connected");
    await press.disconnect();
    await shows(page.locator("main h2"), "away");
    await shows(row, "(away)");
    await page.getByRole("button", { name: "Forget it" }).click();
    await page.getByRole("button", { name: "Yes, forget it" }).click();
    await expect.poll(() => row.count()).toBe(0);
  });

  test("is forgotten only after a question; if it is connected, its connection is closed, and it comes back", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/service/press");
    const [connection] = broker.connections;
    const question = page.getByRole("dialog", { name: "Forget this service?" });
    await page.getByRole("button", { name: "Forget it" }).click();
    await shows(question, "It is connected: its connection will be closed.");
    await question.getByRole("button", { name: "Keep it" }).click();
    await expect.poll(() => question.count()).toBe(0);
    expect([broker.connections[0]?.id, broker.services.size]).toEqual([connection?.id, 1]);
    const gone = broker.waitForDisconnect("press");
    await page.getByRole("button", { name: "Forget it" }).click();
    await question.getByRole("button", { name: "Yes, forget it" }).click();
    expect(await gone).toMatchObject({ uuids: ["press"] });
    await broker.waitForRegistration("press", { timeout: 30_000 });
    await shows(page.getByRole("listbox", { name: "Services" }).getByRole("option"), "Press press");
  });

  test("takes a configuration parameter; a wrong value is explained", async () => {
    const broker = await testBroker();
    const press = await registerPress(broker);
    const changes: unknown[] = [];
    press.on("configChange", (change) => changes.push(change));
    const page = await openConsole(browser, broker, "#/service/press");
    const interval = page.getByLabel("interval", { exact: true });
    // What it is stands beside the name, once.
    await expect
      .poll(() => page.locator(".parameter .leaf-head").allTextContents())
      .toEqual(["intervalwhole number · int32", "activeon or off"]);
    await interval.fill("soon");
    await page.keyboard.press("Enter");
    await shows(page.locator(".parameter .outcome"), /interval must be a whole number, not "soon"/);
    await interval.fill("2500");
    await page.keyboard.press("Enter");
    await shows(page.locator(".parameter .outcome"), "Sent: 2500");
    await expect.poll(() => changes).toMatchObject([{ name: "interval", newValue: 2_500, source: "msb" }]);
    await page.getByLabel("active", { exact: true }).uncheck();
    await page.getByRole("button", { name: "Send active" }).click();
    await expect.poll(() => changes).toHaveLength(2);
    // What the service has registered again.
    await page.reload();
    await expect.poll(() => interval.inputValue()).toBe("2500");
    await expect.poll(() => page.getByLabel("active", { exact: true }).isChecked()).toBe(false);
  });

  test("publishes an event by the form, which is filled in with an example", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/service/press");
    const item = await openItem(page, "MEASURED");
    await item.getByRole("tab", { name: "JSON" }).click();
    const value = item.getByLabel("Value (JSON)");
    expect(JSON.parse(await value.inputValue())).toEqual({ celsius: 1.5, state: "idle" });

    const published = broker.waitForEvent({ uuid: "press", eventId: "MEASURED" });
    await item.getByLabel("Correlation id").fill("c1");
    await item.getByLabel("Priority").selectOption("high");
    await item.getByRole("button", { name: "Fire the event" }).click();
    expect(await published).toMatchObject({ dataObject: { celsius: 1.5 }, priority: 2, correlationId: "c1" });
    await shows(item.getByRole("status"), "Published.");

    await value.fill('{ "celsius": "hot", "state": "melting" }');
    await item.getByRole("button", { name: "Fire the event" }).click();
    await shows(item.getByRole("status"), /celsius.*number.*state/s);
    await value.fill("hot");
    await item.getByRole("button", { name: "Fire the event" }).click();
    await shows(item.getByRole("status"), /The value is not JSON.*Strings need quotes/);
    expect(broker.events).toHaveLength(1);
  });

  test("gets each digit that was typed into the form", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/service/press");
    const item = await openItem(page, "SET_SPEED");
    const called = broker.waitForMessage({ direction: "out", startsWith: "C" });
    await item.getByLabel("Value").fill("9223372036854775807");
    await item.getByLabel("Send without checking").check();
    await item.getByRole("button", { name: "Call the function" }).click();
    expect((await called).text).toContain('"functionParameters":{"dataObject":9223372036854775807}');
  });

  test("is called by the form, and its response event is shown", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "#/service/press");
    const item = await openItem(page, "SET_SPEED");
    await item.getByLabel("Value").fill("21");
    await item.getByRole("button", { name: "Call the function" }).click();
    await shows(item.getByRole("status"), /The response event:.*"dataObject": 42/s);
    await item.getByRole("tab", { name: "JSON" }).click();
    await item.getByLabel("Value (JSON)").fill('"fast"');
    await item.getByRole("button", { name: "Call the function" }).click();
    await shows(item.getByRole("status"), /dataObject.*must be a number/);
  });
});
