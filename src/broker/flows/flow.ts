import * as z from "zod/v4/mini";
import { describeError, MsbDefinitionError, type MsbIssue } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import { findExcess } from "../protocol/bounded-json.ts";
import { toIssues } from "../support/issues.ts";
import { anyString, expected, notEmpty } from "../support/schemas.ts";
import { createFlowCounts, type FlowCounts } from "./flow-counts.ts";
import { compileMapping, type Mapping } from "./mapping.ts";
import type { EventReader } from "./pointer.ts";

/** An event of a service. */
export interface FlowSource {
  readonly uuid: string;
  readonly eventId: string;
}

/** A function of a service. */
export interface FlowTarget {
  readonly uuid: string;
  readonly functionId: string;
}

/** Every event `from` becomes a call of the function `to`. */
export interface Flow {
  /**
   * The event it starts with. Several: the flow waits until each of them has arrived, keeping the latest of each, makes one
   * call of them with the correlation id of the one that came last, and starts anew (the MSB's "and" processor).
   */
  readonly from: FlowSource | readonly FlowSource[];
  readonly to: FlowTarget;
  /**
   * How `functionParameters` are made of the event. Needed if there are several.
   * @default the event's value is the parameter `dataObject`
   */
  readonly mapping?: Mapping | undefined;
}

/** A flow, ready for use. */
export interface CompiledFlow {
  readonly flow: Flow;
  readonly sources: readonly FlowSource[];
  /** Makes `functionParameters` of the event (of an array of them, for several sources); `undefined` for the default. */
  readonly parameters: EventReader | undefined;
  /** The characters of its JSON. */
  readonly size: number;
  readonly counts: FlowCounts;
}

const MAX_SOURCES = 16;

const id = anyString.check(notEmpty);
const source = z.object({ uuid: id, eventId: id }, expected("an object { uuid, eventId }"));
const sources = z.array(source, expected("an array of { uuid, eventId }")).check(
  notEmpty,
  z.maxLength(MAX_SOURCES, {
    error: ({ input }) => `must have at most ${MAX_SOURCES} items, not ${(input as unknown[]).length}`,
  }),
);
const rest = {
  to: z.object({ uuid: id, functionId: id }, expected("an object { uuid, functionId }")),
  mapping: z.optional(
    z.custom<Mapping>(isRecord, expected("an object: JSON pointers, and where their values come from")),
  ),
};
const OBJECT = expected("an object { from, to }");
const oneSource = z.object({ from: source, ...rest }, OBJECT);
const manySources = z.object({ from: sources, ...rest }, OBJECT);

/** The two forms of a flow, for the OpenAPI document. */
export const flowSchemas = [oneSource, manySources] as const;

/** Checks a flow, copies it and makes it ready for use. @throws {MsbDefinitionError} naming everything that is wrong. */
export function compileFlow(value: unknown): CompiledFlow {
  // Not a union: its messages would say which branches failed instead of what is wrong.
  const isMany = isRecord(value) && Array.isArray(value["from"]);
  const result = isMany ? manySources.safeParse(value) : oneSource.safeParse(value);
  if (!result.success) {
    throw wrong(toIssues(result.error));
  }
  const { from, to, mapping } = result.data;
  const events: readonly FlowSource[] = Array.isArray(from) ? from : [from];
  const issues: MsbIssue[] = [];
  for (const [index, { uuid, eventId }] of events.entries()) {
    if (events.findIndex((other) => other.uuid === uuid && other.eventId === eventId) < index) {
      issues.push({ path: `from[${index}]`, message: "is listed twice" });
    }
  }
  if (mapping === undefined && events.length > 1) {
    issues.push({
      path: "mapping",
      message: 'is missing: several events need one, such as { "/a": "/0/dataObject" }',
    });
  }
  const json = writeFlow({ from, to, mapping });
  const copy = mapping === undefined ? undefined : structuredClone(mapping);
  const parameters = copy === undefined ? undefined : compileMapping(copy, events.length, issues);
  if (issues.length > 0) {
    throw wrong(issues);
  }
  const flow: Flow = { from, to, ...(copy === undefined ? {} : { mapping: copy }) };
  return { flow, sources: events, parameters, size: json.length, counts: createFlowCounts() };
}

/** Its JSON, which is what bounds it; constants can be anything. */
function writeFlow(flow: Flow): string {
  let json: string;
  try {
    json = JSON.stringify(flow);
  } catch (error) {
    throw wrong([{ path: "mapping", message: `cannot be written as JSON: ${describeError(error)}` }]);
  }
  const excess = findExcess(json);
  if (excess !== undefined) {
    throw wrong([{ path: "mapping", message: excess }]);
  }
  return json;
}

function wrong(issues: readonly MsbIssue[]): MsbDefinitionError {
  return new MsbDefinitionError("The flow cannot be used", issues);
}
