// mqtt.js against aedes, QoS 1: a PUBACK for each message.
import mqtt from "mqtt";
import { Answers, awaited, complexValue, serve } from "./serve.mjs";

const [url] = process.argv.slice(2);
const client = await mqtt.connectAsync(url);
const INT = JSON.stringify(1);
const COMPLEX = JSON.stringify(complexValue(1));
const answers = new Answers();

serve({
  int: (count) => burst(INT, count),
  complex: (count) => burst(COMPLEX, count),
  ...awaited((count) => burst(INT, count)),
});

function burst(payload, count) {
  const done = answers.wait(count);
  for (let sent = 0; sent < count; sent += 1) {
    client.publish("bench/int", payload, { qos: 1 }, () => answers.count());
  }
  return done;
}
