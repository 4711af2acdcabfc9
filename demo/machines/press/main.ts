// The press: a program with a store, so that nothing that it has measured is lost, whatever becomes of its network and of itself.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { MsbClient } from "../../../src/index.ts";
import { levelStore } from "../../../src/level-store/index.ts";
import type { Alarm } from "../../contracts/alarm.ts";
import { type Measurement, PRESS, press } from "../../contracts/press.ts";
import { Alarms } from "../alarms.ts";
import { endWithHost, PATIENCE, unlessUnheard } from "../life.ts";
import { Kept } from "./kept.ts";
import { NumberedMeasurements } from "./numbered-measurements.ts";
import { Press } from "./press.ts";
import type { PressReport } from "./report.ts";

/** Degrees Celsius that it has to be below its limit until an alarm is over. */
const HYSTERESIS = 1;

const [msbUrl = "", folder = ""] = process.argv.slice(2);
const keptMeasurement = new Kept<Measurement>(folder, "measurement");
const keptLimit = new Kept<number>(folder, "temperature-limit");
const machine = new Press(keptMeasurement.read());

const client = new MsbClient({
  type: "SmartObject",
  uuid: PRESS.uuid,
  name: PRESS.name,
  description: "A simulated press",
  token: "press7",
  store: levelStore(join(folder, "events")),
  // After the cable is plugged in again it is back within two seconds.
  ...PATIENCE,
});
// What is told now or never is not cached: only measurements wait, and the store holds nothing else.
const now = { cached: false } as const;
const { events, parameters } = client.implement(press, {
  SET_SPEED: async ({ dataObject, respond }) => {
    await respond("SPEED_CHANGED", machine.setSpeed(dataObject), now);
  },
  ACKNOWLEDGE: async ({ dataObject, respond }) => {
    await respond("ALARM", alarms.acknowledge(dataObject), now);
  },
});
const measurements = new NumberedMeasurements(events.MEASURED, keptMeasurement);
const alarms = new Alarms((alarm: Alarm) =>
  unlessUnheard(events.ALARM.publish(alarm, { ...now, priority: alarm.priority })),
);

const limit = keptLimit.read();
if (limit !== undefined) {
  await parameters.temperatureLimit.change(limit);
}
parameters.temperatureLimit.on((value) => keptLimit.write(value));

function work(): void {
  const time = Date.now();
  for (const part of machine.work(time)) {
    // A part that the belt does not hear of stays in the tray of the press.
    unlessUnheard(events.PART_PRESSED.publish({ part, at: new Date(time).toISOString() }, now));
  }
  const measured = machine.measure(time);
  watch(measured.temperature);
  measurements.add(measured).catch((error) => console.error(String(error)));
  report();
}

function watch(temperature: number): void {
  const { value } = parameters.temperatureLimit;
  if (temperature > value) {
    alarms.raise("temperature", "HIGH", `${temperature.toFixed(1)} °C, above the limit of ${value} °C`);
  } else if (temperature < value - HYSTERESIS) {
    alarms.end("temperature");
  }
}

let told = "";
function report(): void {
  const { stored: published } = measurements;
  if (published === undefined) {
    // Its store is not open yet: what it keeps is not known.
    return;
  }
  const now: PressReport = { published, kept: client.stats().stored };
  const text = JSON.stringify(now);
  if (text !== told && process.connected) {
    told = text;
    // It may be closing; then nobody wants to know.
    process.send?.(now, undefined, undefined, () => {});
  }
}

process.once("exit", () => {
  if (process.connected === false) {
    // The program that started it has ended, or is about to. If it was killed, nobody else removes this.
    rmSync(folder, { recursive: true, force: true });
  }
});
endWithHost(
  client,
  setInterval(work, 250),
  setInterval(report, 100),
  setInterval(() => alarms.repeat(), 3_000),
);
// Not awaited: it measures without a network, too.
client.start(msbUrl).catch((error) => console.error(String(error)));
