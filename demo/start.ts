// `npm run demo`: broker, device and page in one process.
import { startBroker } from "../src/broker/index.ts";
import { startDevice } from "./device.ts";
import { startPageServer } from "./page-server.ts";

// Under tests the ports are given: 0 takes any that is free.
const broker = await startBroker({ port: Number(process.env["MSB_PORT"] ?? 8085) });
const device = await startDevice(broker.url);
const page = await startPageServer(broker, Number(process.env["PAGE_PORT"] ?? 8080));

console.log(`
The development broker listens on ${broker.url} (SockJS and raw framing).
A simulated press is registered there and publishes a measurement twice a second.

  Open the dashboard:          ${page.url}
  See what the broker does at: ${broker.url}/

Ctrl+C ends everything.`);

async function stop(): Promise<void> {
  await page.close();
  await device.stop();
  await broker.close();
}

process.once("SIGINT", () => void stop());
process.once("SIGTERM", () => void stop());
