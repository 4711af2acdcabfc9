import { flowSchemas } from "../../flows/flow.ts";
import { faultSchema } from "../broker-faults.ts";
import { anyValue, type Json, list, object, oneOf, ref, taken, text, whole } from "./operation.ts";

const flowSource = object({ uuid: text, eventId: text });
const flow = {
  from: { oneOf: [flowSource, list(flowSource)] },
  to: object({ uuid: text, functionId: text }),
};
const mapping: Json = {
  type: "object",
  description: "JSON pointers into functionParameters, and where their values come from.",
  additionalProperties: {
    anyOf: [
      { type: "string", description: "A JSON pointer into the event, such as /dataObject/x." },
      object({ source: text }),
      object({ value: anyValue }),
      object({ template: text }),
    ],
  },
};

const flowEntry = {
  id: whole,
  name: text,
  origin: oneOf("code", "file", "rest"),
  deployed: { type: "boolean" },
  flows: list(object({ ...flow, "mapping?": mapping })),
  "document?": { type: "object" },
};

/** Both forms of a flow, as they are checked; a mapping is checked by compiling it. */
const takenFlows = flowSchemas.map((schema) => {
  const { properties, ...rest } = taken(schema);
  return { ...rest, properties: { name: anyValue, ...(properties as Json), mapping } };
});

const service = {
  uuid: text,
  name: text,
  type: oneOf("SmartObject", "Application", "Gateway"),
  description: text,
  "gateway?": text,
  connectionId: text,
  framing: oneOf("sockjs", "raw"),
  registeredAt: whole,
  connected: { type: "boolean" },
  lastSeen: whole,
  lifecycleState: oneOf("REGISTRATED", "VERIFIED"),
  queued: { type: "integer", description: "Calls that wait for it." },
  counts: object({ events: whole, functions: whole, parameters: whole }),
};

const counters = object(
  Object.fromEntries(
    [
      ...["messagesIn", "messagesOut", "connections", "registrations", "registrationsRefused"],
      ...["eventsAccepted", "eventsRefused", "callsSent", "callsQueued", "callsDropped"],
    ].map((name) => [name, whole]),
  ),
);

const faults = object({
  delay: { type: "number" },
  refusals: list(object({ kind: oneOf("R", "E"), reply: text, remaining: whole, "uuid?": text })),
  silences: list(object({ kind: oneOf("R", "E"), "uuid?": text })),
  halfOpen: list(text),
});

export const SCHEMAS: Readonly<Record<string, Json>> = {
  Problem: object({ error: text, "issues?": list(object({ path: text, message: text })) }),
  Flow: { anyOf: takenFlows },
  FlowDocument: {
    type: "object",
    description: "A flow document of the MSB, with @id references.",
    properties: { transitions: list(anyValue) },
    required: ["transitions"],
  },
  FlowEntry: object(flowEntry),
  AddedFlow: object({
    ...flowEntry,
    "replaced?": { type: "integer", description: "The id of the one whose place it took." },
  }),
  FlowSummary: object({
    id: whole,
    name: text,
    origin: oneOf("code", "file", "rest"),
    deployed: { type: "boolean" },
    flows: list(object({ ...flow, hasMapping: { type: "boolean" } })),
    hasDocument: { type: "boolean" },
  }),
  MsbFlow: {
    type: "object",
    description: "The flow as it was created, with its id and whether it runs.",
    properties: { id: whole, name: text, deployed: { type: "boolean" } },
    required: ["id", "deployed"],
  },
  MsbService: {
    type: "object",
    description: "The self-description, without its token, and what the management adds.",
    properties: {
      uuid: text,
      name: text,
      lifecycleState: oneOf("REGISTRATED", "VERIFIED"),
      connected: { type: "boolean" },
      lastSeen: whole,
    },
    required: ["uuid", "name", "lifecycleState"],
  },
  Service: object(service),
  ServiceDetails: object({ ...service, selfDescription: ref("MsbService") }),
  Event: object({
    uuid: text,
    eventId: text,
    "priority?": { type: "integer", enum: [0, 1, 2] },
    "postDate?": text,
    "correlationId?": text,
    "dataObject?": anyValue,
    receivedAt: whole,
  }),
  Faults: faults,
  Fault: taken(faultSchema),
  TraceEntry: object({
    seq: { type: "integer", description: "From 1, without gaps." },
    at: { type: "integer", description: "Milliseconds since 1970." },
    direction: oneOf("in", "out", "note"),
    kind: oneOf("R", "E", "C", "K", "reply", "ping", "pong", "other", "note"),
    "connectionId?": text,
    "uuid?": text,
    "name?": { type: "string", description: "The event of an E, the function of a C." },
    "correlationId?": text,
    text: { type: "string", description: "The first 4,000 characters of the message." },
    size: { type: "integer", description: "The characters of the whole message." },
    level: oneOf("debug", "info", "warn", "error"),
    "note?": { type: "string", description: "Why it was refused, or what a fault did to it." },
  }),
  TraceBatch: object({
    entries: list(ref("TraceEntry")),
    omitted: { type: "integer", description: "Entries that fit the filter and were left out: too many." },
    lastSeq: whole,
    counters,
    revision: object({ services: whole, flows: whole }),
  }),
  State: object({
    url: text,
    time: whole,
    uptime: { type: "integer", description: "Milliseconds since the process started." },
    revision: object({ services: whole, flows: whole }),
    counters,
    memory: object({ rss: whole, heapUsed: whole }),
    limits: object({ maxTrace: whole, maxConnections: whole, maxMessageSize: whole }),
    trace: object({ lastSeq: whole }),
    faults,
    connections: list(
      object({
        id: text,
        framing: text,
        remoteAddress: text,
        halfOpen: { type: "boolean" },
        uuids: list(text),
      }),
    ),
    services: list(ref("Service")),
    queues: { type: "object", additionalProperties: whole },
    flows: list(ref("FlowSummary")),
  }),
};
