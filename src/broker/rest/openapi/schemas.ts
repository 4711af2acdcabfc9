import { flowSchemas } from "../../flows/flow.ts";
import { createCounters } from "../../observing/counters.ts";
import { faultSchema } from "../broker-faults.ts";
import {
  anyValue,
  arrayOf,
  integer,
  type Json,
  object,
  oneOf,
  ref,
  requestSchema,
  string,
} from "./operation.ts";

const flowSource = object({ uuid: string, eventId: string });
const flow = {
  from: { oneOf: [flowSource, arrayOf(flowSource)] },
  to: object({ uuid: string, functionId: string }),
};
const mapping: Json = {
  type: "object",
  description: "JSON pointers into functionParameters, and where their values come from.",
  additionalProperties: {
    anyOf: [
      { type: "string", description: "A JSON pointer into the event, such as /dataObject/x." },
      object({ source: string }),
      object({ value: anyValue }),
      object({ template: string }),
    ],
  },
};

const flowEntry = {
  id: integer,
  name: string,
  origin: oneOf("code", "file", "rest"),
  deployed: { type: "boolean" },
  flows: arrayOf(object({ ...flow, "mapping?": mapping })),
  "document?": { type: "object" },
};

/** Both forms of a flow, as they are checked; a mapping is checked by compiling it. */
const takenFlows = flowSchemas.map((schema) => {
  const { properties, ...rest } = requestSchema(schema);
  return { ...rest, properties: { name: anyValue, ...(properties as Json), mapping } };
});

const service = {
  uuid: string,
  name: string,
  type: oneOf("SmartObject", "Application", "Gateway"),
  description: string,
  "gateway?": string,
  connectionId: string,
  framing: oneOf("sockjs", "raw"),
  registeredAt: integer,
  connected: { type: "boolean" },
  lastSeen: integer,
  lifecycleState: oneOf("REGISTRATED", "VERIFIED"),
  queued: { type: "integer", description: "Calls that wait for it." },
  counts: object({ events: integer, functions: integer, parameters: integer }),
};

const counterNames = Object.keys(createCounters());
const counters = object(Object.fromEntries(counterNames.map((name) => [name, integer])));

const faults = object({
  delay: { type: "number" },
  refusals: arrayOf(object({ kind: oneOf("R", "E"), reply: string, remaining: integer, "uuid?": string })),
  silences: arrayOf(object({ kind: oneOf("R", "E"), "uuid?": string })),
  halfOpen: arrayOf(string),
});

export const SCHEMAS: Readonly<Record<string, Json>> = {
  Problem: object({ error: string, "issues?": arrayOf(object({ path: string, message: string })) }),
  Flow: { anyOf: takenFlows },
  FlowDocument: {
    type: "object",
    description: "A flow document of the MSB, with @id references.",
    properties: { transitions: arrayOf(anyValue) },
    required: ["transitions"],
  },
  FlowEntry: object(flowEntry),
  AddedFlow: object({
    ...flowEntry,
    "replaced?": { type: "integer", description: "The id of the one whose place it took." },
  }),
  FlowSummary: object({
    id: integer,
    name: string,
    origin: oneOf("code", "file", "rest"),
    deployed: { type: "boolean" },
    flows: arrayOf(object({ ...flow, hasMapping: { type: "boolean" } })),
    hasDocument: { type: "boolean" },
  }),
  MsbFlow: {
    type: "object",
    description: "The flow as it was created, with its id and whether it runs.",
    properties: { id: integer, name: string, deployed: { type: "boolean" } },
    required: ["id", "deployed"],
  },
  MsbService: {
    type: "object",
    description: "The self-description, without its token, and what the management adds.",
    properties: {
      uuid: string,
      name: string,
      lifecycleState: oneOf("REGISTRATED", "VERIFIED"),
      connected: { type: "boolean" },
      lastSeen: integer,
    },
    required: ["uuid", "name", "lifecycleState"],
  },
  Service: object(service),
  ServiceDetails: object({ ...service, selfDescription: ref("MsbService") }),
  Event: object({
    uuid: string,
    eventId: string,
    "priority?": { type: "integer", enum: [0, 1, 2] },
    "postDate?": string,
    "correlationId?": string,
    "dataObject?": anyValue,
    receivedAt: integer,
  }),
  Faults: faults,
  Fault: requestSchema(faultSchema),
  TraceEntry: object({
    seq: { type: "integer", description: "From 1, without gaps." },
    at: { type: "integer", description: "Milliseconds since 1970." },
    direction: oneOf("in", "out", "note"),
    kind: oneOf("R", "E", "C", "K", "reply", "ping", "pong", "other", "note"),
    "connectionId?": string,
    "uuid?": string,
    "name?": { type: "string", description: "The event of an E, the function of a C." },
    "correlationId?": string,
    text: { type: "string", description: "The first 4,000 characters of the message." },
    size: { type: "integer", description: "The characters of the whole message." },
    level: oneOf("debug", "info", "warn", "error"),
    "note?": { type: "string", description: "Why it was refused, or what a fault did to it." },
  }),
  TraceBatch: object({
    entries: arrayOf(ref("TraceEntry")),
    omitted: { type: "integer", description: "Entries that fit the filter and were left out: too many." },
    lastSeq: integer,
    counters,
    revision: object({ services: integer, flows: integer }),
  }),
  State: object({
    url: string,
    time: integer,
    uptime: { type: "integer", description: "Milliseconds since the process started." },
    revision: object({ services: integer, flows: integer }),
    counters,
    memory: object({ rss: integer, heapUsed: integer }),
    limits: object({ maxTrace: integer, maxConnections: integer, maxMessageSize: integer }),
    trace: object({ lastSeq: integer }),
    faults,
    connections: arrayOf(
      object({
        id: string,
        framing: string,
        remoteAddress: string,
        halfOpen: { type: "boolean" },
        uuids: arrayOf(string),
      }),
    ),
    services: arrayOf(ref("Service")),
    queues: { type: "object", additionalProperties: integer },
    flows: arrayOf(ref("FlowSummary")),
  }),
};
