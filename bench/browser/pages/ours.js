// As a user would, with the script in a <script> tag.
import { publishSteadily } from "./watch.js";

const { DataType, MsbClient } = globalThis.msb;
const client = new MsbClient("Application", "bench-page", "Bench", "A page", "token", {
  eventCacheSize: 1_000_000,
});
const event = client.addEvent({ eventId: "E", dataFormat: DataType.INT32 });
let calls = 0;
client.addFunction({
  functionId: "F",
  dataFormat: DataType.INT32,
  handler: () => {
    calls += 1;
  },
});

globalThis.bench = {
  async start(url) {
    await client.connect(url);
    await client.register();
  },
  async burst(count) {
    const started = performance.now();
    for (let index = 0; index < count; index += 1) {
      event.publish(index);
    }
    await client.flush();
    return performance.now() - started;
  },
  steady: (rate, seconds) =>
    publishSteadily(
      rate,
      seconds,
      (index) => event.publish(index),
      () => client.flush(),
    ),
  calls: () => calls,
};
