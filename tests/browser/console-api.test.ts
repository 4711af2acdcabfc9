import { describe, expect, test } from "vitest";
import { BareClient } from "../support/broker/bare-client.ts";
import { describeService } from "../support/broker/describe.ts";
import { useBrowser } from "../support/browser/browser.ts";
import { openConsole, registerPress, shows } from "../support/browser/console.ts";
import { testBroker } from "../support/setup.ts";

const browser = useBrowser();

describe("the REST interface for people", () => {
  test("is what a browser gets at /v3/api-docs; the JSON is one click away", async () => {
    const broker = await testBroker();
    const page = await openConsole(browser, broker, "v3/api-docs");
    await expect.poll(() => page.title()).toBe("REST interface · MSB broker");
    await shows(page.locator("main"), "the broker's own interface");
    await page.getByRole("link", { name: /OpenAPI 3 \(JSON\)/ }).click();
    await page.waitForURL(/format=json/);
    expect(JSON.parse(await page.innerText("body"))).toMatchObject({ openapi: "3.0.3" });
  });

  test("shows endpoints with parameters, bodies, answers, schemas and an example for a shell", async () => {
    const broker = await testBroker();
    const page = await openConsole(browser, broker, "#/api");
    await page.getByLabel("Search for a path or a word").fill("calls a function");
    const endpoint = page.locator(".endpoint");
    await expect.poll(() => endpoint.count()).toBe(1);
    await endpoint.locator("> summary").click();
    await shows(endpoint, /POST\/broker\/services\/\{uuid\}\/call/);
    await shows(endpoint, /uuid in the path.*functionId.*check optional.*boolean, by default true/s);
    await shows(endpoint, `curl -X POST '${broker.url}/broker/services/UUID/call'`);
    await shows(endpoint, `-d '{"functionId":"…"}'`);
    const answer = endpoint.locator(".answers > div").filter({ hasText: "202" });
    await answer.getByText("Event", { exact: true }).click();
    await shows(answer, /eventId.*receivedAt.*integer/s);
    // Such a link can be sent.
    await page.reload();
    await shows(page.locator(".endpoint-content"), "curl -X POST");
    expect(await page.getByLabel("Search for a path or a word").inputValue()).toBe("calls a function");
    // Only what changes nothing can be tried.
    expect(await page.getByRole("button", { name: "Try it" }).count()).toBe(0);
  });

  test("can be tried where it changes nothing", async () => {
    const broker = await testBroker();
    await registerPress(broker);
    const page = await openConsole(browser, broker, "?endpoint=GET+/broker/services/{uuid}#/api");
    const content = page.locator(".endpoint-content");
    await content.getByRole("button", { name: "Try it" }).click();
    await shows(content.getByRole("status"), "uuid: is missing");
    await content.getByLabel("uuid").fill("nobody");
    await page.keyboard.press("Enter");
    await shows(content.getByRole("status"), 'No service "nobody" was ever registered');
    await content.getByLabel("uuid").fill("press");
    await page.keyboard.press("Enter");
    await shows(content.getByRole("status"), /The answer:.*"uuid": "press".*"functionId": "SET_SPEED"/s);
  });

  test("shows an answer with each of its digits", async () => {
    const broker = await testBroker();
    const counts = { "@id": 1, eventId: "E1", name: "E1", dataFormat: { dataObject: { type: "array" } } };
    const client = await BareClient.connect(broker.url, "raw");
    await client.register(describeService("counter", { events: [counts], functions: [] }));
    const event = 'E {"uuid":"counter","eventId":"E1","dataObject":[9223372036854775807,-0,1.50]}';
    expect(await client.ask(event)).toBe("IO_PUBLISHED");
    const path = "/broker/services/{uuid}/activity/{eventId}";
    const page = await openConsole(browser, broker, `?endpoint=GET+${path}#/api`);
    const content = page.locator(".endpoint-content");
    await content.getByLabel("uuid").fill("counter");
    await content.getByLabel("eventId").fill("E1");
    await page.keyboard.press("Enter");
    await shows(content.getByRole("status"), /The answer:.*9223372036854775807,\s+-0,\s+1\.50/s);
  });
});
