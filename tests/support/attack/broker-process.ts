// A broker in a process of its own, which says on demand what it has used.
import { performance } from "node:perf_hooks";
import { startBroker } from "../../../src/broker/index.ts";

/** What the broker's process has used so far. */
export interface Usage {
  /** Bytes, after a collection. */
  readonly heap: number;
  /** Milliseconds of all its threads. */
  readonly cpu: number;
  /** Milliseconds in which its event loop was not idle. */
  readonly busy: number;
}

const flow = { from: { uuid: "attacker", eventId: "E1" }, to: { uuid: "offline", functionId: "F1" } };
const broker = await startBroker({ flows: [flow] });
process.on("message", (question: "usage" | "collect" | "close") => {
  if (question === "close") {
    void broker.close().then(() => process.disconnect());
    return;
  }
  if (question === "collect") {
    globalThis.gc?.();
  }
  const { user, system } = process.cpuUsage();
  const busy = performance.eventLoopUtilization().active;
  process.send?.({
    heap: process.memoryUsage().heapUsed,
    cpu: (user + system) / 1_000,
    busy,
  } satisfies Usage);
});
// A test that ran out of time has not closed it.
process.once("disconnect", () => process.exit());
process.send?.(broker.url);
