// mqtt.js against aedes, QoS 1: a PUBACK for each message.
import mqtt from "mqtt";
import { Answers, complexValue, serve } from "./serve.mjs";

const [url] = process.argv.slice(2);
const client = await mqtt.connectAsync(url);
const INT = JSON.stringify(1);
const COMPLEX = JSON.stringify(complexValue(1));
const answers = new Answers();

serve({
  int: (count) => burst(INT, count),
  complex: (count) => burst(COMPLEX, count),
  async windows(count) {
    for (let sent = 0; sent < count; sent += 100) {
      await burst(INT, 100);
    }
  },
  async single(count) {
    for (let sent = 0; sent < count; sent += 1) {
      await burst(INT, 1);
    }
  },
});

function burst(payload, count) {
  const done = answers.wait(count);
  for (let sent = 0; sent < count; sent += 1) {
    client.publish("bench/int", payload, { qos: 1 }, () => answers.count());
  }
  return done;
}
