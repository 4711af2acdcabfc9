// The flows between the machines: a part that is pressed is taken by the belt, and picked from its end by the robot.
import type { Broker } from "../../src/broker/index.ts";
import { CONVEYOR } from "../contracts/conveyor.ts";
import { PRESS } from "../contracts/press.ts";
import { ROBOT } from "../contracts/robot.ts";
import type { FlowCount } from "../plant-state.ts";

const FLOWS = [
  {
    from: { uuid: PRESS.uuid, eventId: "PART_PRESSED" },
    to: { uuid: CONVEYOR.uuid, functionId: "TAKE_PART" },
  },
  {
    from: { uuid: CONVEYOR.uuid, eventId: "PART_ARRIVED" },
    to: { uuid: ROBOT.uuid, functionId: "PICK_PART" },
  },
] as const;

/** Adds them to a broker, where they stay over its restarts. @returns how many calls each flow has made so far, those of pages too */
export function addPlantFlows(broker: Broker): () => FlowCount[] {
  for (const flow of FLOWS) {
    broker.addFlow(flow);
  }
  let counts = new Map<string, FlowCount>();
  // Anew from the flows that there are, so that nothing is kept of pages that are gone.
  const recount = (uuid?: string, eventId?: string): void => {
    const next = new Map<string, FlowCount>();
    for (const { from, to } of broker.flows) {
      // Those with several sources are made by hand, in the console: the plant has none.
      if (!Array.isArray(from)) {
        const source = from as FlowCount["from"];
        const key = JSON.stringify([source.uuid, source.eventId, to.uuid, to.functionId]);
        const isCalled = source.uuid === uuid && source.eventId === eventId;
        const calls = (counts.get(key)?.calls ?? 0) + (isCalled ? 1 : 0);
        next.set(key, { from: source, to, calls });
      }
    }
    counts = next;
  };
  broker.on("event", ({ uuid, eventId }) => recount(uuid, eventId));
  return () => {
    recount();
    return [...counts.values()];
  };
}
