import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import * as z from "zod";
import type { Broker } from "../../../src/broker/index.ts";
import type { MsbClient } from "../../../src/index.ts";
import { testClient } from "../setup.ts";
import type { TestBrowser } from "./browser.ts";

/**
 * Opens the console, and waits until it is connected with its broker. A test in which it throws, or writes an error, fails,
 * but for what the browser itself writes when the broker refuses something, or is away: that is what is tested here.
 */
export async function openConsole(
  browser: TestBrowser,
  broker: Broker,
  path = "",
  options?: BrowserContextOptions,
): Promise<Page> {
  const first = await browser.open("about:blank", { viewport: { width: 1400, height: 900 }, ...options });
  const page = await first.context().newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    const isOfBrowser = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isOfBrowser) {
      problems.push(message.text());
    }
  });
  onTestFinished(() => expect(problems).toEqual([]));
  await page.goto(`${broker.url}/${path}`);
  await page.getByText("live", { exact: true }).waitFor();
  return page;
}

/** A press: an event `MEASURED`, a function `SET_SPEED` with the response event `SPEED`, and parameters. */
export async function registerPress(broker: Broker, uuid = "press"): Promise<MsbClient> {
  const press = testClient({ uuid, name: `Press ${uuid}`, description: "A press", reconnectInterval: 3_000 });
  const reading = z
    .object({ celsius: z.number(), state: z.enum(["idle", "running"]) })
    .meta({ id: "Reading" });
  press.addEvent({ eventId: "MEASURED", name: "Measured", dataFormat: reading });
  const speed = press.addEvent({ eventId: "SPEED", name: "Speed", dataFormat: z.int32() });
  press.addFunction({
    functionId: "SET_SPEED",
    name: "Set speed",
    dataFormat: z.int32(),
    responseEvents: [speed],
    handler: ({ dataObject }) => dataObject * 2,
  });
  press.addConfigParameter("interval", 1_000, "int32");
  press.addConfigParameter("active", true, "boolean");
  return connect(press, broker);
}

/** A display: a function `SHOW`, whose values are in the list. */
export async function registerDisplay(broker: Broker): Promise<unknown[]> {
  const shown: unknown[] = [];
  const display = testClient({ uuid: "display", name: "Display", type: "Application" });
  display.addFunction({
    functionId: "SHOW",
    name: "Show",
    dataFormat: z.object({ celsius: z.number() }).meta({ id: "Row" }),
    handler: ({ dataObject }) => {
      shown.push(dataObject);
    },
  });
  await connect(display, broker);
  return shown;
}

async function connect(client: MsbClient, broker: Broker): Promise<MsbClient> {
  await client.connect(broker.url);
  await client.register();
  return client;
}

/** The form of an event or a function of the service that is shown. */
export async function openItem(page: Page, id: string): Promise<Locator> {
  const item = page.locator("details.item", {
    has: page.locator("summary code", { hasText: new RegExp(`^${id}$`) }),
  });
  await item.locator("summary").click();
  return item;
}

export async function shows(place: Locator, text: string | RegExp): Promise<void> {
  await expect.poll(() => place.allTextContents().then((all) => all.join("\n"))).toMatch(text);
}
