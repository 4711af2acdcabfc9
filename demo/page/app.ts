// The browser side: this page is a client of the MSB as well.
import { MsbClient } from "../../src/index.ts";
import {
  type DashboardSession,
  Measurement,
  SHOW_MEASUREMENT,
  SHOW_SPEED,
  SPEED_REQUESTED,
  Speed,
} from "../contract.ts";
import { Chart } from "./chart.ts";
import { element, input, log, output } from "./elements.ts";

const session = (await (await fetch("/session")).json()) as DashboardSession;
const client = new MsbClient({
  type: "Application",
  uuid: session.uuid,
  name: "Press dashboard",
  description: "Shows a press, and sets its speed",
  token: "dashboard",
});

const speedRequested = client.addEvent({
  eventId: SPEED_REQUESTED,
  name: "Speed requested",
  description: "Strokes per minute that somebody asks for",
  dataFormat: Speed,
});

const chart = new Chart(element("line"), element("chart-range"), 120);
client.addFunction({
  functionId: SHOW_MEASUREMENT,
  name: "Show measurement",
  dataFormat: Measurement,
  handler: ({ dataObject }) => {
    output("temperature", dataObject.temperature.toFixed(1));
    output("force", dataObject.force.toFixed(1));
    output("speed", String(dataObject.speed));
    output("strokes", String(dataObject.strokes));
    chart.add(dataObject.temperature);
  },
});

client.addFunction({
  functionId: SHOW_SPEED,
  name: "Show speed",
  dataFormat: Speed,
  handler: ({ dataObject }) => log(`The press runs at ${dataObject} strokes per minute now.`),
});

client.on("stateChange", ({ state }) => {
  element("state").dataset["state"] = state;
  element("state").textContent = state;
  input("set-speed").disabled = state !== "registered";
});
client.on("error", (error) => log(error.message));

input("wanted").addEventListener("input", () => output("wanted-value", input("wanted").value));
element("control").addEventListener("submit", async (event) => {
  event.preventDefault();
  const wanted = Number(input("wanted").value);
  try {
    await speedRequested.publish(wanted);
    log(`Asked for ${wanted} strokes per minute.`);
  } catch (error) {
    log(String(error));
  }
});

await client.connect(session.msbUrl, { waitForServer: true });
await client.register();
log("Registered with the broker.");
