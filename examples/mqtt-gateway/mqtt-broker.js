// For those who have no MQTT broker: one for trying things out, an oven that measures, and a lamp that can be switched.
import { createServer } from "node:net";
import { Aedes } from "aedes";
import mqtt from "mqtt";

const aedes = await Aedes.createBroker();
const server = createServer(aedes.handle);
await new Promise((resolve) => server.listen(Number(process.env.MQTT_PORT ?? 1883), "127.0.0.1", resolve));
const url = `mqtt://127.0.0.1:${server.address().port}`;
console.log(`MQTT broker: ${url}`);

const devices = await mqtt.connectAsync(url);
await devices.subscribeAsync("hall3/lamp/set", { qos: 1 });
devices.on("message", (topic, payload) => {
  console.log(`${topic} ${payload}`);
  devices.publish("hall3/lamp/state", payload, { qos: 1, retain: true });
});
setInterval(() => {
  const celsius = 180 + Math.round(Math.random() * 40) / 10;
  devices.publish("hall3/oven/temperature", JSON.stringify(celsius), { qos: 1 });
}, 1_000);
