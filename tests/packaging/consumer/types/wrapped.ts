// What somebody exports who wraps the broker and its tests: with `declaration: true` their types are written down as well.
import { type Broker, startBroker } from "msb-client-websocket/broker";
import { levelStore } from "msb-client-websocket/level-store";
import { FakeClock, scriptedClient, startTestBench } from "msb-client-websocket/testing";

export const broker = () => startBroker();
export const options = (...[options]: Parameters<typeof startBroker>) => options;
export const tls = (...[options]: Parameters<typeof startBroker>) => options?.tls;
export const parts = (running: Broker) => ({
  counters: running.counters,
  faults: running.faults,
  flows: running.flows,
  event: running.waitForEvent(),
  services: running.services,
});
export const listen = (running: Broker) => running.on("register", ({ uuid }) => uuid);
export const bench = () => startTestBench();
export const scripted = () => scriptedClient();
export const clock = new FakeClock();
export const store = () => levelStore("./events");
