import { randomUUID } from "node:crypto";
import type { ReceivedEvent } from "../protocol/event.ts";
import { writeCall, writeParameters } from "../protocol/messages.ts";
import { tidyJson } from "../protocol/raw-json.ts";
import { FlowEvent } from "./flow-event.ts";
import type { FlowStore } from "./flow-store.ts";

/** A function call on its way to a service. */
export interface Call {
  readonly uuid: string;
  readonly functionId: string;
  readonly correlationId: string;
  /** The whole message. */
  readonly text: string;
}

/** @param parameters the JSON of its `functionParameters`. */
export function makeCall(uuid: string, functionId: string, correlationId: string, parameters: string): Call {
  return { uuid, functionId, correlationId, text: writeCall(uuid, functionId, correlationId, parameters) };
}

/**
 * The calls that an event becomes. They share its correlation id, or a new one if it has none.
 * @param size what the event takes in the heap.
 */
export function makeCalls(flows: FlowStore, event: ReceivedEvent, size: number): Call[] {
  const routes = flows.from(event.uuid, event.eventId);
  if (routes.length === 0) {
    return [];
  }
  const correlationId = event.correlationId ?? randomUUID();
  const flowEvent = new FlowEvent(event, correlationId);
  const calls: Call[] = [];
  // Flows without a mapping share it.
  let unmapped: string | undefined;
  for (const { compiled, join, index } of routes) {
    const { to } = compiled.flow;
    if (compiled.parameters === undefined) {
      unmapped ??= tidyJson(writeParameters(event.dataText));
      calls.push(makeCall(to.uuid, to.functionId, correlationId, unmapped));
      continue;
    }
    const events = join === undefined ? [flowEvent] : join.add(index, flowEvent, size);
    if (events !== undefined) {
      const parameters = tidyJson(compiled.parameters(events) ?? "{}");
      calls.push(makeCall(to.uuid, to.functionId, correlationId, parameters));
    }
  }
  return calls;
}
