// `npm run demo`: broker, device and page in one process.
import { type Broker, startBroker } from "../src/broker/index.ts";
import { startDevice } from "./device.ts";
import { startPageServer } from "./page-server.ts";

// Under tests the ports are given: 0 takes any that is free.
const wanted = {
  broker: Number(process.env["MSB_PORT"] ?? 8085),
  page: Number(process.env["PAGE_PORT"] ?? 8080),
};
const broker = await startBrokerOn(wanted.broker);
const device = await startDevice(broker.url);
const page = await startPageServer(broker, wanted.page);
tellOther("broker", wanted.broker, broker.port);
tellOther("page", wanted.page, page.port);

console.log(`
The development broker listens on ${broker.url} (SockJS and raw framing).
A simulated press is registered there and publishes a measurement twice a second.

  Open the dashboard:          ${page.url}
  See what the broker does at: ${broker.url}/

Ctrl+C ends everything.`);

/** The URL is printed: another free port is as good as the usual one. */
async function startBrokerOn(port: number): Promise<Broker> {
  try {
    return await startBroker({ port });
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } };
    if (cause?.code !== "EADDRINUSE") {
      throw error;
    }
    return startBroker();
  }
}

function tellOther(what: string, wantedPort: number, port: number): void {
  if (wantedPort !== 0 && wantedPort !== port) {
    console.log(`Port ${wantedPort} is taken by another program: the ${what} is on port ${port}.`);
  }
}

async function stop(): Promise<void> {
  await page.close();
  await device.stop();
  await broker.close();
}

process.once("SIGINT", () => void stop());
process.once("SIGTERM", () => void stop());
