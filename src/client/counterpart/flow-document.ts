import type { DataFormatJson } from "../../core/data-format/index.ts";
import type { Identity, ServiceType } from "../../core/self-description/index.ts";
import { anyBoolean, nonEmptyString } from "../../core/validation/checks.ts";
import { optionsReader } from "../../core/validation/options.ts";
import { isRecord } from "../../support/is-record.ts";
import { type PlannedFlow, pointerOf } from "./flows.ts";

/** How the documents of flows are written. */
export interface FlowDocumentOptions {
  /** The uuid of the user whose flows they are. @default the uuid of this service, which the development broker takes */
  readonly owner?: string;
  /**
   * Let the flows pass on `postDate`. The development broker does so. Whether a genuine MSB does is not known: try it. @default false
   */
  readonly withPostDate?: boolean;
}

export const FLOW_DOCUMENT_CHECKS = { owner: nonEmptyString, withPostDate: anyBoolean };

export const readFlowDocumentOptions = optionsReader<FlowDocumentOptions>(FLOW_DOCUMENT_CHECKS);

/** An integration flow as the MSB's management takes it. Source: docs/reference/protocol.md#flow-documents. */
export interface FlowDocument {
  readonly name: string;
  readonly ownerUuid: string;
  readonly [key: string]: unknown;
}

/** A service as a document names it. */
interface DocumentService {
  readonly uuid: string;
  readonly name: string;
  readonly type: ServiceType;
}

export interface DocumentEnds {
  readonly self: Identity;
  readonly machine: DocumentService;
  readonly owner: string;
  readonly withPostDate: boolean;
}

const TYPES: Readonly<Record<ServiceType, string>> = {
  SmartObject: "SMART_OBJECT",
  Application: "APPLICATION",
  Gateway: "GATEWAY",
};

/** A place in an event or a call, as a mapping names it. */
interface Place {
  readonly path: string;
  readonly type: string;
  readonly format?: string;
  readonly items?: object;
}

/** What the tests of the other clients send, wherever their MSB is. */
const ENDPOINT_URI = "vfk.msb.interface.websocket[127.0.0.1:8084]";

const POST_DATE: Place = { path: "/postDate", type: "STRING", format: "DATE-TIME" };

/**
 * One event that becomes one call. Numbers in the place of objects are their `@id`s, which are unique within a kind: here each
 * kind but the services is there once.
 */
export function writeFlowDocument(planned: PlannedFlow, ends: DocumentEnds): FlowDocument {
  const { flow, event, isFromMachine } = planned;
  const { from, to } = flow;
  const [source, target] = isFromMachine ? [ends.machine, ends.self] : [ends.self, ends.machine];
  const call = {
    "@id": 1,
    connectionFormat: "JSON",
    outputParameters: [2],
    functionId: to.functionId,
    serviceEndpoint: {
      "@id": 1,
      endpointUri: ENDPOINT_URI,
      connectionType: "WEBSOCKET",
      functionCalls: [1],
      service: { ...describe(2, target), events: [], endpoints: [1] },
    },
    type: "FunctionCall",
  };
  const processor = {
    "@id": 1,
    className: "processor.mapping.datamappingprocessor",
    inputs: [1],
    output: { "@id": 2, transitionOutput: call, processor: 1, direction: "Output" },
    pattern: {
      mapping: writeMapping(planned, ends.withPostDate),
      template: JSON.stringify(planned.function.dataFormat.json ?? {}),
    },
  };
  const input = {
    "@id": 1,
    transitionInput: {
      "@id": 1,
      connectionFormat: "JSON",
      inputParameters: [1],
      eventId: from.eventId,
      service: { ...describe(1, source), events: [1], endpoints: [] },
      type: "InputEvent",
    },
    processors: [processor],
    direction: "Input",
  };
  return {
    "@id": 1,
    name: `${from.uuid}.${from.eventId} to ${to.uuid}.${to.functionId}`,
    description: event.description,
    ownerUuid: ends.owner,
    transitions: [{ "@id": 1, sources: [], targets: [], inputs: [input], outputs: [2], processors: [1] }],
    services: [1, 2],
  };
}

function describe(id: number, { uuid, name, type }: DocumentService) {
  return { "@id": id, uUID: uuid, name, type: TYPES[type] };
}

function writeMapping(planned: PlannedFlow, withPostDate: boolean): object[] {
  const { carried, event, function: target, isFromMachine } = planned;
  const rules = carried.map(({ from, to }) =>
    rule(placeOf(event.dataFormat.json, from), placeOf(target.dataFormat.json, to)),
  );
  return withPostDate && isFromMachine ? [...rules, rule(POST_DATE, POST_DATE)] : rules;
}

function rule(from: Place, to: Place): object {
  return { source: [from], target: { ...to, template: `\${${from.path}}` } };
}

/** What stands at the end of the steps. Types are in upper case, as the MSB writes them here. */
function placeOf(json: DataFormatJson | undefined, steps: readonly string[]): Place {
  const [root = "", property] = steps;
  const whole = resolve(json, json?.[root]);
  const schema = property === undefined ? whole : resolve(json, membersOf(whole["properties"])[property]);
  const items = isRecord(schema["items"]) ? { items: upperCase(resolve(json, schema["items"])) } : {};
  return { path: pointerOf(steps), ...upperCase(schema), ...items };
}

function upperCase({ type, format }: Readonly<Record<string, unknown>>): Omit<Place, "path"> {
  const upper = (word: unknown): string => String(word).toUpperCase();
  return {
    type: typeof type === "string" ? upper(type) : "OBJECT",
    ...(typeof format === "string" ? { format: upper(format) } : {}),
  };
}

function resolve(json: DataFormatJson | undefined, schema: unknown): Readonly<Record<string, unknown>> {
  const ref = membersOf(schema)["$ref"];
  return typeof ref === "string" ? membersOf(json?.[ref.replace("#/definitions/", "")]) : membersOf(schema);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
