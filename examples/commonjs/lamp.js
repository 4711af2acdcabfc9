// A lamp that can be switched. Without "type": "module" in package.json this file is CommonJS.
const { MsbClient } = require("msb-client-websocket");
const z = require("zod");

const client = new MsbClient({
  type: "SmartObject",
  uuid: "5f1f2d0c-6f4b-4b35-8f0e-2a9b0a7f6c21",
  name: "Lamp",
  description: "A lamp over the door",
  token: "lamp",
});

const switched = client.addEvent({ eventId: "SWITCHED", name: "Switched", dataFormat: z.boolean() });

client.addFunction({
  functionId: "SWITCH",
  name: "Switch",
  dataFormat: z.boolean(),
  responseEvents: [switched],
  handler: ({ dataObject }) => {
    console.log(dataObject ? "The lamp is on." : "The lamp is off.");
    return dataObject; // published as SWITCHED
  },
});

// CommonJS has no await outside of functions.
async function main() {
  await client.start(process.env.MSB_URL ?? "http://127.0.0.1:8085");
  console.log("The lamp is registered.");
  await switched.publish(false);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

process.once("SIGINT", () => client.disconnect({ drain: true }));
