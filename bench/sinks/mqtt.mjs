import { createServer } from "node:net";
import { Aedes } from "aedes";

const broker = await Aedes.createBroker();
const server = createServer(broker.handle);
server.listen(0, "127.0.0.1", () => process.send({ url: `mqtt://127.0.0.1:${server.address().port}` }));
process.on("message", () => {});
process.on("disconnect", () => process.exit());
