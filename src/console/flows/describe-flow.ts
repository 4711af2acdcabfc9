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

/** A function that tells whether what a person typed is a part of a flow's name, or of what it is in words. */
export function flowMatcher(typed: string): (item: FlowItem) => boolean {
  const wanted = typed.trim().toLowerCase();
  const matches = (words: string) => words.toLowerCase().includes(wanted);
  return ({ name, flows }) => matches(name) || flows.some((flow) => matches(describeFlow(flow)));
}
