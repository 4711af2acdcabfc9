// The demo with a press that loses measurements.
import { Plant } from "../../../../demo/plant/plant.ts";
import { PageServer } from "../../../../demo/server/page-server.ts";
import { startBroker } from "../../../../src/broker/index.ts";

const page = await PageServer.listen("127.0.0.1", 0);
const broker = await startBroker();
const plant = await Plant.start(broker, { pressProgram: new URL("press.ts", import.meta.url) });
page.show(plant, { brokerPort: broker.port, token: undefined, networkUrls: [] });
console.log(`Open the dashboard: http://127.0.0.1:${page.port}/`);
