// The broker of bench/console.ts, of any checkout that has been built. Every other service calls the next one.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, count] = process.argv.slice(2);
const { startBroker } = await import(pathToFileURL(join(folder, "dist/broker.js")).href);
const uuid = (index) => `load-${String(index % Number(count)).padStart(4, "0")}`;
const flows = Array.from({ length: Number(count) / 2 }, (_, half) => ({
  from: { uuid: uuid(2 * half), eventId: "OUT" },
  to: { uuid: uuid(2 * half + 1), functionId: "IN" },
}));
const { url } = await startBroker({ flows });
process.send({ url });
process.on("disconnect", () => process.exit());
