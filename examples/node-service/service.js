// A press that publishes what it measures, and runs until it is told to stop.
import { DataType, MsbClient } from "msb-client-websocket";
import { levelStore } from "msb-client-websocket/level-store";
import * as z from "zod";
import { logger } from "./log.js";

const client = new MsbClient({
  type: "SmartObject",
  uuid: "0b4f7c52-5d5c-4a9e-9d41-1f6f3a3f7d10", // never changes: flows refer to it
  name: "Press 7",
  description: "A press in hall 3",
  token: process.env.MSB_TOKEN ?? "press7",
  url: process.env.MSB_URL ?? "http://127.0.0.1:8085",
  store: levelStore(process.env.EVENTS ?? "./events"), // waiting events survive the end of the process
  cached: true,
  logger,
  logLevel: "info",
});

const Reading = z.object({ celsius: z.number(), at: z.iso.datetime() }).meta({ id: "Reading" });
const temperature = client.addEvent({ eventId: "TEMPERATURE", name: "Temperature", dataFormat: Reading });
const speedChanged = client.addEvent({
  eventId: "SPEED_CHANGED",
  name: "Speed changed",
  dataFormat: z.int32(),
});

let speed = 60;
client.addFunction({
  functionId: "SET_SPEED",
  name: "Set speed",
  dataFormat: z.int32().min(0).max(120),
  responseEvents: [speedChanged],
  handler: ({ dataObject }) => {
    speed = dataObject;
    return speed;
  },
});

const interval = client.addConfigParameter("interval", 1_000, DataType.INT32);

/** Nobody awaits the promise: a failure goes to the log. */
function measure() {
  void temperature.publish({ celsius: 20 + speed / 10, at: new Date().toISOString() });
}
let measuring = setInterval(measure, interval.value);
interval.on((milliseconds) => {
  clearInterval(measuring);
  measuring = setInterval(measure, Math.max(milliseconds, 100));
});

client.stats(); // from now on, bytes and round trips are measured, too
const reporting = setInterval(() => {
  logger.info("stats", { state: client.state, ...client.stats() });
}, 60_000);

async function stop() {
  clearInterval(measuring);
  clearInterval(reporting);
  // Waits up to five seconds for events in flight; the rest stays in the store. Then the process can end.
  await client.disconnect({ drain: true, timeout: 5_000 });
}
process.once("SIGTERM", stop);
process.once("SIGINT", stop);

try {
  await client.start(); // waits for the MSB as long as it takes
} catch (error) {
  // DISCONNECTED: the program was stopped while it waited. Anything else is final, such as a wrong token.
  if (error.code !== "DISCONNECTED") {
    logger.error(error.message);
    process.exitCode = 1;
    await stop();
  }
}
