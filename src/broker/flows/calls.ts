import { randomUUID } from "node:crypto";
import { describeError } from "../../support/errors.ts";
import type { ReceivedEvent } from "../protocol/event.ts";
import { writeCall, writeParameters } from "../protocol/messages.ts";
import { tidyJson } from "../protocol/raw-json.ts";
import { heapSize } from "../support/limits.ts";
import type { CompiledFlow } from "./flow.ts";
import { countError, type FlowCounts } from "./flow-counts.ts";
import { FlowEvent } from "./flow-event.ts";
import type { FlowStore } from "./flow-store.ts";

/** A function call on its way to a service. */
export interface Call {
  readonly uuid: string;
  readonly functionId: string;
  readonly correlationId: string;
  /** The whole message. */
  readonly text: string;
  /** The number of its event in the trace. */
  readonly cause?: number | undefined;
  /** Of the flow that made it; `undefined` if none did. */
  readonly counts: FlowCounts | undefined;
}

/** @param parameters the JSON of its `functionParameters`. */
export function makeCall(
  uuid: string,
  functionId: string,
  correlationId: string,
  parameters: string,
  counts?: FlowCounts,
): Call {
  const text = writeCall(uuid, functionId, correlationId, parameters);
  return { uuid, functionId, correlationId, text, counts };
}

/**
 * The calls that an event becomes. They share its correlation id, or a new one if it has none.
 * @param json of its `E` message.
 */
export function makeCalls(flows: FlowStore, event: ReceivedEvent, json: string): Call[] {
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
    const { counts } = compiled;
    const { to } = compiled.flow;
    if (compiled.parameters === undefined) {
      unmapped ??= tidyJson(writeParameters(event.dataText));
      calls.push(makeCall(to.uuid, to.functionId, correlationId, unmapped, counts));
      continue;
    }
    const events = join === undefined ? [flowEvent] : join.add(index, flowEvent, heapSize(json));
    if (events !== undefined) {
      const parameters = tidyJson(map(compiled, events) ?? "{}");
      calls.push(makeCall(to.uuid, to.functionId, correlationId, parameters, counts));
    }
  }
  return calls;
}

function map({ parameters, counts }: CompiledFlow, events: readonly FlowEvent[]): string | undefined {
  try {
    return parameters?.(events);
  } catch (error) {
    countError(counts, describeError(error));
    throw error;
  }
}
