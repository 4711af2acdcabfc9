import { once } from "node:events";
// The package by its own name: what users get, as built.
import { ComplexDataFormat, MsbClient } from "msb-client-websocket";

const [url, count] = process.argv.slice(2);
const EVENTS = Number(count);

const client = new MsbClient("SmartObject", "bench-ours", "Bench", "Ours", "token", {
  eventCacheSize: EVENTS,
});
const part = new ComplexDataFormat("Part").addProperty("id", "int32").addProperty("name", "string");
const reading = new ComplexDataFormat("Reading")
  .addProperty("device", "string")
  .addProperty("weight", "float")
  .addProperty("parts", part, true);
client.addEvent("SIMPLE", "Simple", "A number", "double", 0, false);
client.addEvent("COMPLEX", "Complex", "A reading", reading, 0, false);

const started = performance.now();
await client.connect(url);
await client.register();
console.log(`registered ${performance.now() - started}`);

await publish("simple", "SIMPLE", (index) => index + 0.5);
await publish("complex", "COMPLEX", (index) => ({
  device: "Press 7",
  weight: 1.5,
  parts: [
    { id: index, name: "left" },
    { id: index, name: "right" },
  ],
}));
console.log("done");

async function publish(name, eventId, value) {
  const next = once(process.stdin, "data");
  console.log(`publishing ${name}`);
  for (let index = 0; index < EVENTS; index += 1) {
    client.publish(eventId, value(index), 0, false);
  }
  await next;
}
