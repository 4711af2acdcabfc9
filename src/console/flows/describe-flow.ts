import { nameOf } from "../data/broker-state.ts";
import type { FlowEnds, FlowItem, FlowSource } from "../data/types.ts";

export function sourcesOf({ from }: FlowEnds): readonly FlowSource[] {
  return Array.isArray(from) ? from : [from as FlowSource];
}

/** A flow in words, with the names of its services. */
export function describeFlow(flow: FlowEnds): string {
  const from = sourcesOf(flow).map(({ uuid, eventId }) => `${nameOf(uuid)} · ${eventId}`);
  return `${from.join(" and ")} → ${nameOf(flow.to.uuid)} · ${flow.to.functionId}`;
}

export function concerns({ flows }: FlowItem, uuid: string): boolean {
  return flows.some(
    (flow) => flow.to.uuid === uuid || sourcesOf(flow).some((source) => source.uuid === uuid),
  );
}

/** Whether what a person searches for stands anywhere in it. */
export function contains(item: FlowItem, wanted: string): boolean {
  return (
    item.name.toLowerCase().includes(wanted) ||
    item.flows.some((flow) => describeFlow(flow).toLowerCase().includes(wanted))
  );
}
