// Publishes as fast as it can while nobody answers, and says what that did to its heap. Runs with --expose-gc.
// Arguments: URL, events, "cached" or "uncached", "sync" or "yield". On "registered" its parent stalls the server, and
// answers with a line.
import { once } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { MsbClient } from "../../../src/index.ts";

export interface MemoryFigures {
  /** Of the heap, in bytes: before, at most while publishing, and afterwards with everything settled that can be. */
  readonly before: number;
  readonly peak: number;
  readonly after: number;
  /** After disconnect(), when every promise is settled. */
  readonly end: number;
  /** The whole process at most, in bytes. */
  readonly peakRss: number;
  readonly seconds: number;
  /** How many promises ended how: by code, or "accepted". */
  readonly outcomes: Readonly<Record<string, number>>;
  /** How many were settled before disconnect(). */
  readonly settledBeforeDisconnect: number;
  readonly eventDropped: number;
  /** The bytes of one E message. */
  readonly messageSize: number;
}

/** How many publish() calls make a round: with "yield" a turn of the event loop follows each. */
const ROUND = 1_000;

const [url = "", count = "", caching = "", pace = ""] = process.argv.slice(2);
const { gc } = globalThis as { gc?: () => void };
if (gc === undefined) {
  throw new Error("It has to run with --expose-gc.");
}

const outcomes: Record<string, number> = {};
let settled = 0;
let eventDropped = 0;
const client = new MsbClient({
  type: "SmartObject",
  uuid: `memory-${process.pid}`,
  name: "Publisher",
  description: "never stops",
  token: "t0ken",
  logLevel: "silent",
  cached: caching === "cached",
  // The connection stays as it is, and nothing is ever answered.
  ackTimeout: 3_600_000,
});
client.on("eventDropped", () => {
  eventDropped += 1;
});
const event = client.addEvent({ eventId: "E", dataFormat: "int32" });
await client.connect(url);
await client.register();
process.stdout.write("registered\n");
await once(process.stdin, "data");

const tell = (outcome: string): void => {
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  settled += 1;
};
const onAccepted = (): void => tell("accepted");
const onFailed = (error: { code: string }): void => tell(error.code);
const heap = (): number => process.memoryUsage().heapUsed;

gc();
const before = heap();
const started = performance.now();
let peak = before;
for (let next = 0; next < Number(count); next += ROUND) {
  for (let value = next; value < next + ROUND; value += 1) {
    event.publish(value).then(onAccepted, onFailed);
  }
  peak = Math.max(peak, heap());
  if (pace === "yield") {
    await turn();
  }
}
const seconds = (performance.now() - started) / 1000;
const messageSize = JSON.stringify({
  uuid: client.uuid,
  eventId: "E",
  priority: 0,
  postDate: new Date(),
  dataObject: 999_999,
}).length;
await turn();
gc();
const after = heap();
const settledBeforeDisconnect = settled;
await client.disconnect();
await turn();
gc();
const figures: MemoryFigures = {
  before,
  peak,
  after,
  end: heap(),
  peakRss: process.resourceUsage().maxRSS * 1024,
  seconds,
  outcomes,
  settledBeforeDisconnect,
  eventDropped,
  messageSize,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.stdin.destroy();
