import type { Page } from "playwright-core";
import { onTestFinished } from "vitest";
import type { Measurement } from "../../../demo/contracts/press.ts";
import { PRESS, press } from "../../../demo/contracts/press.ts";
import { serveDashboards } from "../../../demo/plant/dashboard-flows.ts";
import { Recorder } from "../../../demo/plant/recorder.ts";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { MsbClient } from "../../../src/index.ts";
import type { TestBrowser } from "../browser/browser.ts";
import { openTab } from "./open-dashboard.ts";

interface StandInPress {
  speed: number;
  /** Milliseconds that it takes to set its speed. */
  answerAfter: number;
}

/** A bus with nobody at it but a press that measures what, and when, a test says. */
export async function startStandIn(): Promise<{
  broker: Broker;
  press: StandInPress;
  measure(at: Date): Promise<unknown>;
}> {
  const own: StandInPress = { speed: 60, answerAfter: 0 };
  const broker = await startBroker();
  const stopServing = serveDashboards(broker);
  const { uuid, name } = PRESS;
  const client = new MsbClient({ type: "SmartObject", uuid, name, description: "A press", token: "press" });
  const { events } = client.implement(press, {
    SET_SPEED: async ({ dataObject }) => {
      await new Promise((resolve) => setTimeout(resolve, own.answerAfter));
      own.speed = dataObject;
      return dataObject;
    },
    ACKNOWLEDGE: ({ dataObject: id }) => ({
      id,
      text: "",
      priority: "LOW" as const,
      active: false,
      acknowledged: true,
      at: new Date().toISOString(),
    }),
  });
  await client.start(broker.url);
  onTestFinished(async () => {
    await client.disconnect();
    stopServing();
    await broker.close();
  });
  let number = 0;
  return {
    broker,
    press: own,
    measure(at) {
      number += 1;
      const measurement: Measurement = {
        number,
        temperature: 40,
        force: 200,
        speed: own.speed,
        strokes: number,
        at: at.toISOString(),
      };
      return events.MEASURED.publish(measurement);
    },
  };
}

interface StandInOptions {
  /** The page is this service. */
  readonly uuid?: string;
  /** What was recorded before the page, and while it was away; nothing without it. */
  readonly recorder?: Recorder;
  /** The page's time can be stopped. */
  readonly hasClock?: boolean;
}

/** Opens the dashboard at the page server of a demo, and sends it to another bus. */
export async function openAt(
  browser: TestBrowser,
  pageUrl: string,
  broker: Broker,
  { uuid, recorder = new Recorder(), hasClock = false }: StandInOptions = {},
): Promise<Page> {
  const first = await browser.open("about:blank");
  const context = first.context();
  if (hasClock) {
    await context.clock.install();
  }
  await context.route("**/session", (route) =>
    route.fulfill({
      json: { msbUrl: broker.url, consoleUrl: broker.url, networkUrls: [], time: Date.now() },
    }),
  );
  await context.route("**/plant/recorded?*", (route) => {
    const from = new URL(route.request().url()).searchParams.get("from");
    return route.fulfill({ json: recorder.from(Number(from)) });
  });
  if (uuid !== undefined) {
    await context.addInitScript((kept) => localStorage.setItem("plant-dashboard-1", kept), uuid);
  }
  return openTab(context, pageUrl);
}
