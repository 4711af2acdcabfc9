// `npm run bench:broker`: services of this package publish through flows of the broker, at a given rate.
// Prints what arrived, how late, and what the broker's process took. Options: --services 500 --rate 5000 --seconds 20
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { MsbClient } from "../src/index.ts";
import type { BrokerReport } from "./broker-process.ts";

const { values } = parseArgs({
  options: {
    services: { type: "string", default: "500" },
    rate: { type: "string", default: "5000" },
    seconds: { type: "string", default: "20" },
  },
});
const SERVICES = Number(values.services);
const RATE = Number(values.rate);
const EVENTS = RATE * Number(values.seconds);
/** Milliseconds between two bursts. */
const BEAT = 20;

const broker = fork(fileURLToPath(new URL("broker-process.ts", import.meta.url)), [String(SERVICES)], {
  execArgv: ["--import", "tsx"],
});
const { url } = await message<{ url: string }>();

const delays: number[] = [];
let arrived: () => void = () => {};
const allArrived = new Promise<void>((resolve) => {
  arrived = resolve;
});
const clients = Array.from({ length: SERVICES }, (_, index) => createService(index));
for (const { client } of clients) {
  await client.connect(url);
  await client.register();
}

broker.send("start");
const failures = await publishAll();
await Promise.race([allArrived, new Promise((resolve) => setTimeout(resolve, 30_000))]);
broker.send("report");
const report = await message<BrokerReport>();
await Promise.all(clients.map(({ client }) => client.disconnect()));
broker.send("stop");

delays.sort((a, b) => a - b);
const percentile = (share: number): string => `${delays[Math.floor(delays.length * share)]?.toFixed(1)} ms`;
console.log(
  `${SERVICES} services, ${RATE} events a second for ${values.seconds} s, each through one flow to another service`,
);
console.table({
  published: EVENTS,
  "refused or failed": failures,
  "arrived at their function": delays.length,
  lost: EVENTS - failures - delays.length,
  "delay, half": percentile(0.5),
  "delay, 95 of 100": percentile(0.95),
  "delay, longest": percentile(0.999999),
  "broker: memory": `${Math.round(report.rss / 1e6)} MB`,
  "broker: share of one core": (report.cpuSeconds / report.seconds).toFixed(2),
});
process.exitCode = EVENTS === delays.length ? 0 : 1;

function createService(index: number) {
  const client = new MsbClient(
    "SmartObject",
    `load-${index}`,
    `Load ${index}`,
    "Made by a benchmark",
    "token",
  );
  const event = client.addEvent({ eventId: "OUT", dataFormat: "double" });
  client.addFunction({
    functionId: "IN",
    dataFormat: "double",
    handler: ({ dataObject }) => {
      delays.push(performance.now() - dataObject);
      if (delays.length === EVENTS) {
        arrived();
      }
    },
  });
  client.on("error", () => {});
  return { client, event };
}

/** @returns how many were not accepted */
async function publishAll(): Promise<number> {
  const published: Promise<unknown>[] = [];
  const started = performance.now();
  for (let sent = 0; sent < EVENTS; ) {
    const due = Math.min(EVENTS, Math.floor(((performance.now() - started) / 1_000) * RATE));
    for (; sent < due; sent += 1) {
      const service = clients[sent % SERVICES];
      if (service !== undefined) {
        published.push(service.event.publish(performance.now(), { cached: true }));
      }
    }
    await new Promise((resolve) => setTimeout(resolve, BEAT));
  }
  const results = await Promise.allSettled(published);
  return results.filter(({ status }) => status === "rejected").length;
}

function message<T>(): Promise<T> {
  return new Promise((resolve) => broker.once("message", (content) => resolve(content as T)));
}
