import { compileFlow, type Flow } from "./flow.ts";
import type { FlowStore } from "./flow-store.ts";

/** Adds a flow of the code: only once, so that adding it again does not lose what it waits for. @throws {MsbDefinitionError} */
export function addCodeFlow(store: FlowStore, flow: Flow): void {
  const wanted = describeFlow(compileFlow(flow).flow);
  const before = store.findByEnds(flow).filter(({ origin }) => origin === "code");
  if (!before.some(({ flows: [first] }) => first !== undefined && describeFlow(first) === wanted)) {
    store.add({ origin: "code", deployed: true, flows: [flow] });
  }
}

/** The mapping speaks of the events by their order. */
function describeFlow({ from, mapping }: Flow): string {
  return JSON.stringify([[from].flat(), mapping]);
}

/** Removes the flows with the same ends, wherever they come from, and tells whether there was one. */
export function removeFlows(store: FlowStore, flow: Flow): boolean {
  const found = store.findByEnds(flow);
  for (const { id } of found) {
    store.remove(id);
  }
  return found.length > 0;
}
