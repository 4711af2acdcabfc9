// Connects to servers that do not let it in, and writes what it was told. The servers are named by the first argument, as JSON.
import { readFileSync } from "node:fs";
import { MsbClient } from "msb-client-websocket";

const { servers, ca } = JSON.parse(process.argv[2]);
const told = {};
for (const [name, { url, tls = {} }] of Object.entries(servers)) {
  const client = new MsbClient({
    type: "SmartObject",
    uuid: name,
    name: "Press 7",
    description: "A press",
    token: "t0ken",
    logLevel: "silent",
    tls: { ca: readFileSync(ca), ...tls },
  });
  told[name] = await client.connect(url).then(
    () => "connected",
    (error) => `${error.code}: ${error.message}`,
  );
  await client.disconnect();
}
console.log(JSON.stringify(told));
