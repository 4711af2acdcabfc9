// Stores numbered events while nobody can be reached, or, with "drain" instead of a number of events, sends what a store holds.
// Says what that did to its heap. Runs with --expose-gc and a small heap. Arguments: folder of the store, URL, task.
import { MsbClient } from "../../../src/index.ts";
import { levelStore } from "../../../src/level-store/index.ts";

export interface BacklogFigures {
  /** Of the heap after a collection, in bytes: before, and at most while it works. */
  readonly before: number;
  readonly most: number;
  readonly seconds: number;
}

/** Publishers that wait at a time. */
const BATCH = 500;

/** Milliseconds between two looks at the heap. */
const LOOK = 250;

const [folder = "", url = "", task = "drain"] = process.argv.slice(2);
const { gc } = globalThis as { gc?: () => void };
if (gc === undefined) {
  throw new Error("It has to run with --expose-gc.");
}
const heap = (): number => {
  gc();
  return process.memoryUsage().heapUsed;
};

const client = new MsbClient({
  type: "SmartObject",
  uuid: "backlog",
  name: "Publisher",
  description: "has a long outage behind it",
  token: "t0ken",
  store: levelStore(folder),
  cached: true,
});
const event = client.addEvent({ eventId: "E", dataFormat: "int32" });
const before = heap();
let most = before;
const timer = setInterval(() => {
  most = Math.max(most, heap());
}, LOOK);
const started = performance.now();

if (task === "drain") {
  await client.connect(url);
  await client.register();
  await client.flush();
} else {
  for (let next = 0; next < Number(task); next += BATCH) {
    const numbers = Array.from({ length: BATCH }, (_, index) => next + index);
    await Promise.all(numbers.map((number) => event.publish(number, { until: "stored" })));
  }
}
clearInterval(timer);
const figures: BacklogFigures = { before, most, seconds: (performance.now() - started) / 1000 };
await client.disconnect();
process.stdout.write(`${JSON.stringify(figures)}\n`);
