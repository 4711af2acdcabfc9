// What dashboards need of the broker: their flows, and that nothing stays of those that are gone.
import type { Broker, RegisteredService } from "../../src/broker/index.ts";
import { dashboardOf } from "../dashboard.ts";

interface DashboardTimes {
  /**
   * Milliseconds for which the flows of a page that is away stay: what its machines say meanwhile waits for it at the broker, and
   * fills the gap in its chart when it is back.
   */
  readonly awaited: number;
  /** Milliseconds after that until the broker forgets it. */
  readonly kept: number;
}

const TIMES: DashboardTimes = { awaited: 30_000, kept: 300_000 };

/** @returns a function that ends it */
export function serveDashboards(broker: Broker, { awaited, kept } = TIMES): () => void {
  const dashboards = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  const wait = (uuid: string, ms: number, then: () => void): void => {
    clearTimeout(timers.get(uuid));
    timers.set(uuid, setTimeout(then, ms).unref());
  };

  const stopRegister = broker.on("register", (service) => {
    clearTimeout(timers.get(service.uuid));
    timers.delete(service.uuid);
    for (const flow of flowsOf(service)) {
      dashboards.add(service.uuid);
      broker.addFlow(flow);
    }
  });
  const stopDisconnect = broker.on("disconnect", ({ uuids }) => {
    for (const uuid of uuids.filter((each) => dashboards.has(each))) {
      wait(uuid, awaited, () => {
        for (const flow of allFlows(uuid)) {
          broker.removeFlow(flow);
        }
        wait(uuid, kept, () => {
          timers.delete(uuid);
          dashboards.delete(uuid);
          broker.forget(uuid);
        });
      });
    }
  });
  return () => {
    stopRegister();
    stopDisconnect();
    for (const timer of timers.values()) {
      clearTimeout(timer);
    }
  };
}

/** The flows of the counterparts that it has: a page may have those of some machines only. */
function flowsOf({ uuid, type, selfDescription: { events, functions } }: RegisteredService) {
  if (type !== "Application") {
    return [];
  }
  const own = new Set([
    ...(events ?? []).map(({ eventId }) => eventId),
    ...(functions ?? []).map(({ functionId }) => functionId),
  ]);
  return allFlows(uuid).filter(({ from, to }) => own.has(from.uuid === uuid ? from.eventId : to.functionId));
}

function allFlows(uuid: string) {
  const { press, conveyor, robot } = dashboardOf(uuid);
  return [press, conveyor, robot].flatMap((machine) => machine.flows);
}
