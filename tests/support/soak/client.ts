// The client of a soak, in a process of its own: it connects and registers once, and publishes until it is told to end.
// Arguments: URL, uuid, folder of the store.

import { MsbClient } from "../../../src/index.ts";
import { levelStore } from "../../../src/level-store/index.ts";
import { identity } from "../client/identity.ts";
import { kindOf, type Report, type Request } from "./messages.ts";

const [url = "", uuid = "", folder = ""] = process.argv.slice(2);

/** So many events, so many milliseconds apart. */
const BATCH = 4;
const BATCH_INTERVAL = 20;
const REPORT_INTERVAL = 250;
const CHANGE_INTERVAL = 700;

const client = new MsbClient({
  ...identity({ uuid }),
  logLevel: "silent",
  store: levelStore(folder),
  eventCacheSize: 1_000_000,
  maxInFlight: 200,
  ackTimeout: 1_500,
  connectTimeout: 1_500,
  keepAlive: true,
  keepAliveInterval: 1_000,
  retryPolicy: (attempt) => Math.min(1_000, 100 * attempt),
});
const findings: string[] = [];
let published = 0;
let told: [number, string][] = [];
let answered: number[] = [];

const event = client.addEvent({ eventId: "LOAD", dataFormat: "int32" });
const echoed = client.addEvent({ eventId: "ECHOED", dataFormat: "int32" });
client.addFunction({
  functionId: "ECHO",
  dataFormat: "int32",
  responseEvents: [echoed],
  async handler({ dataObject, respond }) {
    await respond(echoed, dataObject).then(
      () => answered.push(dataObject),
      // Its publisher was told.
      () => {},
    );
  },
});
const limit = client.addConfigParameter("limit", 0, "int32");
client.on("error", ({ code, message }) => {
  if (code === "HANDLER_FAILED" || code === "BAD_MESSAGE") {
    findings.push(message);
  }
});

function publish(): void {
  const number = published;
  published += 1;
  const kind = kindOf(number);
  const options = {
    cached: kind !== "uncached",
    until: kind === "stored" ? "stored" : "acknowledged",
  } as const;
  event.publish(number, options).then(
    () => told.push([number, "accepted"]),
    (error) => told.push([number, String(error.code)]),
  );
}

function report(more: Partial<Report> = {}): void {
  const message: Report = {
    state: client.state,
    published,
    told,
    answered,
    findings: findings.splice(0),
    ...more,
  };
  told = [];
  answered = [];
  process.send?.(message);
}

process.on("message", (request: Request) => {
  if (request === "end") {
    return void end();
  }
  globalThis.gc?.();
  report({ heap: process.memoryUsage().heapUsed });
});

// With the channel to the parent, before anything of the client's.
const baseline = process.getActiveResourcesInfo();
const timers = [
  setInterval(() => {
    for (let count = 0; count < BATCH; count += 1) {
      publish();
    }
  }, BATCH_INTERVAL),
  setInterval(report, REPORT_INTERVAL),
  setInterval(() => void limit.change(limit.value + 1), CHANGE_INTERVAL),
];

async function end(): Promise<void> {
  for (const timer of timers) {
    clearInterval(timer);
  }
  await client.flush();
  await client.disconnect();
  // What was settled by that has its reactions.
  await new Promise((resolve) => setImmediate(resolve));
  report({ end: { left: without(process.getActiveResourcesInfo(), baseline) } });
  // Nothing is left that keeps the process.
  process.disconnect();
}

/** Those of the first that are not among the second, each counted. */
function without(resources: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return resources.filter((resource) => {
    const index = rest.indexOf(resource);
    if (index >= 0) {
      rest.splice(index, 1);
    }
    return index < 0;
  });
}

client.connect(url, { waitForServer: true });
client.register();
