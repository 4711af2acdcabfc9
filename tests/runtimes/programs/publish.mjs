// As little as a program can do. Without `await` at its top, which bundles in CommonJS do not have.
import { MsbClient } from "msb-client-websocket";

async function main() {
  const client = new MsbClient({
    type: "SmartObject",
    uuid: "publish",
    name: "Press 7",
    description: "A press",
    token: "t0ken",
  });
  const measured = client.addEvent({ eventId: "MEASURED", dataFormat: "double" });
  await client.connect(process.argv[2]);
  await client.register();
  await measured.publish(21.5);
  await client.disconnect();
  console.log("published");
}

void main();
