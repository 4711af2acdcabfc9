// A process that is going to be killed: publishes numbered events into a store, and writes each number when its acceptance
// was reported. Arguments: folder of the store, file for the numbers, URL, uuid, first number; with "drain" instead of a
// number it only sends what the store holds, and ends by itself.
import { openSync, writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { MsbClient } from "../../../src/index.ts";
import { levelStore } from "../../../src/level-store/index.ts";

/** Events that are published at once, and milliseconds until the next: some 2,000 events each second. */
const BURST = 10;
const PAUSE = 5;

const [location = "", reports = "", url = "", uuid = "", task = "drain"] = process.argv.slice(2);
const client = new MsbClient({
  type: "SmartObject",
  uuid,
  name: "Publisher",
  description: "is going to be killed",
  token: "t0ken",
  logLevel: "silent",
  store: levelStore(location, { sync: process.env["SYNC"] === "1" }),
  cached: true,
  eventCacheSize: 10_000_000,
  maxInFlight: 100,
  connectTimeout: 1_000,
  retryPolicy: () => 100,
});
client.on("error", ({ code, message }) => process.stderr.write(`${code}: ${message}\n`));
const event = client.addEvent({ eventId: "E", dataFormat: "int32" });

if (task === "drain") {
  await client.connect(url, { waitForServer: true });
  await client.register();
  await client.flush();
  await client.disconnect();
} else {
  // Its parent times by this the kills that hit the opening of the store.
  process.stdout.write("ready\n");
  const file = openSync(reports, "a");
  let isFirst = true;
  const report = (number: number): void => {
    // At once, and not by a stream: a number that is written was reported. A pipe could be full.
    writeSync(file, `${number}\n`);
    if (isFirst) {
      process.stdout.write("reported\n");
    }
    isFirst = false;
  };
  // Its store opens with the first event where nobody can be reached.
  void client.connect(url, { waitForServer: true }).then(() => client.register());
  for (let next = Number(task); ; ) {
    for (const end = next + BURST; next < end; next += 1) {
      const number = next;
      event.publish(number, { until: "stored" }).then(
        () => report(number),
        () => {},
      );
    }
    await pause(PAUSE);
  }
}
