import type { Browser, Page } from "playwright-core";
import * as z from "zod";
import { type Broker, startBroker } from "../../src/broker/index.ts";
import { contract, MsbClient } from "../../src/index.ts";
import { save } from "./image.ts";
import { openConsole } from "./open.ts";

const MAX_BYTES = 150_000;
const SIZE = { width: 1_100, height: 760 };

// As in docs/tutorial.md.
const PRESS_UUID = "b4f4c2ea-6a4e-4b64-9f0a-2d7f3c0d8e11";
const PRESS = {
  type: "SmartObject",
  uuid: PRESS_UUID,
  name: "Press 7",
  description: "A press in hall 3",
  token: "press7",
} as const;
const Measurement = z.object({ stroke: z.int32(), celsius: z.number() }).meta({ id: "Measurement" });
const press = contract({
  events: { MEASURED: Measurement, SPEED_CHANGED: z.int32() },
  functions: { SET_SPEED: { dataFormat: z.int32(), responds: "SPEED_CHANGED" } },
});

/** What a reader of the tutorial sees at its steps. */
export async function picturesOfTutorial(browser: Browser): Promise<void> {
  const broker = await startBroker();
  const page = await openConsole(browser, broker.url, SIZE);
  const keep = async (name: string): Promise<void> =>
    save(browser, `tutorial-${name}`, await page.screenshot(), MAX_BYTES);
  try {
    await stepsThreeAndFour(broker, page, keep);
    await stepSix(broker, page, keep);
  } finally {
    await broker.close();
    await page.close();
  }
}

type Keep = (name: string) => Promise<void>;

/** The press as it is written by hand. */
async function stepsThreeAndFour(broker: Broker, page: Page, keep: Keep): Promise<void> {
  const machine = new MsbClient(PRESS);
  const measured = machine.addEvent({ eventId: "MEASURED", name: "Measured", dataFormat: Measurement });
  const speedChanged = machine.addEvent({
    eventId: "SPEED_CHANGED",
    name: "Speed changed",
    dataFormat: z.int32(),
  });
  machine.addFunction({
    functionId: "SET_SPEED",
    name: "Set speed",
    dataFormat: z.int32(),
    responseEvents: [speedChanged],
    handler: ({ dataObject }) => dataObject,
  });
  await machine.start(broker.url);
  const work = publishStrokes((value) => measured.publish(value, { cached: true }));
  try {
    await page.getByRole("listbox", { name: "Services" }).getByText("Press 7").click();
    await page.waitForTimeout(3_000);
    await keep("console");

    const item = page.locator("details.item", { hasText: "Set speed" });
    await item.locator("summary").click();
    await item.getByLabel("Value").fill("60");
    await item.getByLabel(/^Wait for a response event/).check();
    await item.getByRole("button", { name: "Call the function" }).click();
    await item.getByText("The response event:").waitFor();
    await item.evaluate((each) => {
      const main = document.getElementById("main");
      main?.scrollBy(0, each.getBoundingClientRect().top - main.getBoundingClientRect().top);
    });
    await page.waitForTimeout(500);
    await keep("call");
  } finally {
    clearInterval(work);
    await machine.disconnect();
  }
}

/** Both ends of the contract, and the form of a flow between them. */
async function stepSix(broker: Broker, page: Page, keep: Keep): Promise<void> {
  const machine = new MsbClient(PRESS);
  const device = machine.implement(press, { SET_SPEED: ({ dataObject }) => dataObject });
  const application = new MsbClient({
    type: "Application",
    uuid: "c388e17a-662e-4a2a-abea-f7933e292d20",
    name: "Dashboard",
    description: "Shows press 7",
    token: "dashboard",
  });
  application.counterpart(press, { uuid: PRESS_UUID, id: "press7", name: "Press 7" });
  await Promise.all([machine.start(broker.url), application.start(broker.url)]);
  const work = publishStrokes((value) => device.events.MEASURED.publish(value, { cached: true }));
  try {
    await page.getByRole("link", { name: /^Flows/ }).click();
    await page.getByRole("listbox", { name: "Services", exact: true }).getByText("Dashboard").waitFor();
    await page.getByRole("button", { name: "New flow" }).click();
    await choose(page, "From the service", "Press 7");
    await page.getByLabel("its event").selectOption("MEASURED");
    await choose(page, "To the service", "Dashboard");
    await page.getByLabel("its function").selectOption("press7.MEASURED");
    await page.waitForTimeout(1_000);
    await keep("flow");
  } finally {
    clearInterval(work);
    await Promise.all([machine.disconnect(), application.disconnect()]);
  }
}

function publishStrokes(
  publish: (value: { stroke: number; celsius: number }) => Promise<unknown>,
): NodeJS.Timeout {
  let stroke = 0;
  return setInterval(() => {
    stroke += 1;
    void publish({ stroke, celsius: 20 + 5 * Math.random() });
  }, 500);
}

async function choose(page: Page, label: string, name: string): Promise<void> {
  await page.getByLabel(label).fill(name);
  await page
    .getByRole("listbox", { name: "Services that fit" })
    .getByRole("option")
    .filter({ hasText: name })
    .first()
    .click();
}
