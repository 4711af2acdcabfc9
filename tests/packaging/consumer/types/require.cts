import sdk = require("msb-client-websocket");
import broker = require("msb-client-websocket/broker");
import z = require("zod");

const client = new sdk.MsbClient("Application", "uuid", "Dashboard", "", "token", { sockJsFraming: false });
const reading = client.addEvent({ eventId: "READING", dataFormat: z.object({ celsius: z.number() }) });

async function main(): Promise<void> {
  const running: broker.Broker = await broker.startBroker();
  await client.connect(running.url);
  await reading.publish({ celsius: 21.5 });
  // @ts-expect-error: a wrong value is a compile error.
  await reading.publish({ celsius: "warm" });
}
export = main;
