"use strict";
// Fraunhofer's client for Node.js, with its log off and its validation on. It does not say which event an answer is for.
const { once } = require("node:events");
const MsbClient = require("@vfk_research/msb-client-websocket-nodejs");

const [url] = process.argv.slice(2);
console.info = console.debug = console.warn = console.error = () => {};

(async () => {
  const { Answers, askForCalls, complexValue, serve } = await import("./serve.mjs");
  const answers = new Answers();
  const calls = new Answers();
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
  client.addEvent("INT", "Int", "A number", "int32", 0, false);
  client.addEvent("COMPLEX", "Complex", "A reading", "Reading", 0, false);
  client.addFunction("F", "F", "A function", "int32", () => calls.count(), false, []);

  const states = client.getConnectionStateListener();
  states.on("connectionState", (state) => {
    if (state === "IO_PUBLISHED") {
      answers.count();
    } else if (state === "IO_CONNECTED") {
      client.register();
    }
  });
  client.connect(url);
  for (let state; state !== "IO_REGISTERED"; ) {
    [state] = await once(states, "connectionState");
  }
  // It tells its listeners before it knows itself that it is registered.
  await new Promise(setImmediate);

  serve({
    start: (count) => burst("INT", count, (index) => index),
    int: (count) => burst("INT", count, (index) => index),
    complex: (count) => burst("COMPLEX", count, complexValue),
    async calls(count) {
      const done = calls.wait(count);
      askForCalls(count);
      await done;
    },
  });

  function burst(eventId, count, value) {
    const done = answers.wait(count);
    for (let index = 0; index < count; index += 1) {
      client.publish(eventId, value(index), 0, false);
    }
    return done;
  }
})();
