// The broker of bench/broker-load.ts, in a process of its own, so that what it takes can be told apart.
import { startBroker } from "../src/broker/index.ts";

export interface BrokerReport {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Bytes. */
  readonly rss: number;
}

const services = Number(process.argv[2]);
// Each service calls the next one.
const flows = Array.from({ length: services }, (_, index) => ({
  from: { uuid: `load-${index}`, eventId: "OUT" },
  to: { uuid: `load-${(index + 1) % services}`, functionId: "IN" },
}));
const broker = await startBroker({ flows });
let started = performance.now();
let cpu = process.cpuUsage();
process.send?.({ url: broker.url });

process.on("message", async (command) => {
  if (command === "start") {
    started = performance.now();
    cpu = process.cpuUsage();
  }
  if (command === "report") {
    const { user, system } = process.cpuUsage(cpu);
    const seconds = (performance.now() - started) / 1_000;
    process.send?.({
      seconds,
      cpuSeconds: (user + system) / 1e6,
      rss: process.memoryUsage().rss,
    } satisfies BrokerReport);
  }
  if (command === "stop") {
    await broker.close();
    process.exit();
  }
});
