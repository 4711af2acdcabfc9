"use strict";
const { once } = require("node:events");
const MsbClient = require("@vfk_research/msb-client-websocket-nodejs");

const [url, count] = process.argv.slice(2);
const EVENTS = Number(count);

// Its log lines go to stdout, which the benchmark reads; and it logs an error without an error for each event sent.
console.info = console.debug = console.warn = console.error = () => {};

const client = new MsbClient("SmartObject", "bench-official", "Bench", "Official", "token");
client.enableDebug(false);
client.enableDataFormatValidation(true);
client.createComplexDataFormat("Part");
client.addProperty("Part", "id", "int32", false);
client.addProperty("Part", "name", "string", false);
client.createComplexDataFormat("Reading");
client.addProperty("Reading", "device", "string", false);
client.addProperty("Reading", "weight", "float", false);
client.addProperty("Reading", "parts", "Part", true);
client.addEvent("SIMPLE", "Simple", "A number", "double", 0, false);
client.addEvent("COMPLEX", "Complex", "A reading", "Reading", 0, false);

const started = performance.now();
client.getConnectionStateListener().on("connectionState", (state) => {
  if (state === "IO_CONNECTED") {
    client.register();
  }
  // It tells its listeners before it knows itself that it is registered.
  if (state === "IO_REGISTERED") {
    const registered = performance.now() - started;
    setImmediate(() => run(registered));
  }
});
client.connect(url);

let running = false;
async function run(registered) {
  if (running) {
    return;
  }
  running = true;
  process.stdout.write(`registered ${registered}\n`);
  await publish("simple", "SIMPLE", (index) => index + 0.5);
  await publish("complex", "COMPLEX", (index) => ({
    device: "Press 7",
    weight: 1.5,
    parts: [
      { id: index, name: "left" },
      { id: index, name: "right" },
    ],
  }));
  process.stdout.write("done\n");
}

async function publish(name, eventId, value) {
  const next = once(process.stdin, "data");
  process.stdout.write(`publishing ${name}\n`);
  for (let index = 0; index < EVENTS; index += 1) {
    client.publish(eventId, value(index), 0, false);
  }
  await next;
}
