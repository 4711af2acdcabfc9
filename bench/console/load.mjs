// The services of bench/console.ts. They publish as many events a second as they are told, each in its turn.
import { MsbClient } from "msb-client-websocket";
import * as z from "zod";

const [url, count] = process.argv.slice(2);
/** Milliseconds between two bursts, and how many services register at the same time. */
const BEAT = 20;
const TOGETHER = 50;
const READING = z
  .object({ rpm: z.int32(), celsius: z.number(), state: z.enum(["idle", "running"]) })
  .meta({ id: "Reading" });

const services = Array.from({ length: Number(count) }, (_, index) => createService(index));
for (let first = 0; first < services.length; first += TOGETHER) {
  await Promise.all(services.slice(first, first + TOGETHER).map(({ start }) => start()));
}
process.send({ ready: [] });
process.on("disconnect", () => process.exit());

let timer;
let published = 0;
let failed = 0;
process.on("message", ({ rate }) => {
  clearInterval(timer);
  if (rate === undefined) {
    process.send({ result: { published, failed } });
    return;
  }
  const [started, before] = [performance.now(), published];
  timer = setInterval(() => {
    const due = before + ((performance.now() - started) / 1_000) * rate;
    for (; published < due; published += 1) {
      publish(published);
    }
  }, BEAT);
});

function publish(number) {
  const { event } = services[number % services.length];
  const reading = {
    rpm: number % 400,
    celsius: (number % 900) / 10,
    state: number % 7 === 0 ? "idle" : "running",
  };
  event.publish(reading).catch(() => {
    failed += 1;
  });
}

function createService(index) {
  const number = String(index).padStart(4, "0");
  const client = new MsbClient(
    "SmartObject",
    `load-${number}`,
    `Load ${number}`,
    "Made by a benchmark",
    "token",
  );
  const event = client.addEvent({ eventId: "OUT", name: "Reading", dataFormat: READING });
  client.addFunction({ functionId: "IN", name: "Take a reading", dataFormat: READING, handler: () => {} });
  client.addConfigParameter("interval", 1_000, "int32");
  return {
    event,
    async start() {
      await client.connect(url);
      await client.register();
    },
  };
}
