import { nameOf } from "../data/broker-state.ts";
import type { FlowEnds, FlowEntry, FlowItem, FlowSource } from "../data/types.ts";
import { isolate } from "../format/isolate.ts";

/** Who made a flow: in a word for a badge, and in a sentence. */
export const ORIGINS: Readonly<Record<FlowEntry["origin"], readonly [badge: string, words: string]>> = {
  console: ["by hand", "Made by hand, in this console"],
  rest: ["by a program", "Made by a program, over REST"],
  code: ["in code", "Made in the code that started the broker"],
  file: ["in the flows file", "Made in the flows file"],
};

export function sourcesOf({ from }: FlowEnds): readonly FlowSource[] {
  return Array.isArray(from) ? from : [from as FlowSource];
}

/** The two ends of a flow in words, with the names of their services. */
export function wordsOf(flow: FlowEnds): { readonly from: string; readonly to: string } {
  const from = sourcesOf(flow).map(({ uuid, eventId }) => `${nameOf(uuid)} · ${eventId}`);
  return { from: from.join(" and "), to: `${nameOf(flow.to.uuid)} · ${flow.to.functionId}` };
}

/** A flow in one sentence. */
export function describeFlow(flow: FlowEnds): string {
  const { from, to } = wordsOf(flow);
  return `${isolate(from)} → ${isolate(to)}`;
}

/** A function that tells whether what a person typed is a part of a flow's name, or of what it is in words. */
export function flowMatcher(typed: string): (item: FlowItem) => boolean {
  const wanted = typed.trim().toLowerCase();
  const matches = (words: string) => words.toLowerCase().includes(wanted);
  const matchesEnds = ({ from, to }: ReturnType<typeof wordsOf>) => matches(`${from} → ${to}`);
  return ({ id, name, flows }) =>
    `#${id}` === wanted || matches(name) || flows.some((flow) => matchesEnds(wordsOf(flow)));
}

/** The flow that a new one from one event would replace: with the same ends, and no record of the MSB's management. */
export function findSameEnds(
  items: readonly FlowItem[],
  from: FlowSource,
  to: FlowEnds["to"],
): FlowItem | undefined {
  return items.find(({ flows: [flow, ...others], isRecord }) => {
    if (flow === undefined || others.length > 0 || isRecord) {
      return false;
    }
    const [source, ...more] = sourcesOf(flow);
    return (
      more.length === 0 &&
      source?.uuid === from.uuid &&
      source.eventId === from.eventId &&
      flow.to.uuid === to.uuid &&
      flow.to.functionId === to.functionId
    );
  });
}
