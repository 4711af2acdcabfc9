import { flowSchemas } from "../../flows/flow.ts";
import { createCounters } from "../../observing/counters.ts";
import { faultSchema } from "../broker-faults.ts";
import { serviceActivity } from "./activity-schema.ts";
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

const flowState = {
  id: integer,
  name: string,
  origin: oneOf("code", "file", "rest", "console"),
  deployed: { type: "boolean" },
  isRecord: {
    type: "boolean",
    description: "Of the MSB's management: replaces no other, and is not replaced.",
  },
};
const flowCounts = {
  calls: { type: "integer", description: "Calls that it made of events." },
  errors: { type: "integer", description: "Events that could not become a call, calls that cannot arrive." },
};

const flowEntry = {
  ...flowState,
  flows: arrayOf(object({ ...flow, "mapping?": mapping })),
  "document?": { type: "object" },
  counts: arrayOf(object({ ...flowCounts, "lastError?": object({ message: string, at: integer }) })),
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

const refusal = object({ kind: oneOf("R", "E"), reply: string, remaining: integer, "uuid?": string });
const silence = object({ kind: oneOf("R", "E"), "uuid?": string });
const faults = object({
  delay: { type: "number" },
  refusals: arrayOf(refusal),
  silences: arrayOf(silence),
  halfOpen: arrayOf(string),
});

const traceAnswer = {
  "reply?": string,
  "seq?": { type: "integer", description: "Of its own entry." },
  "took?": { type: "number", description: "Milliseconds between the message and its answer." },
} satisfies Readonly<Record<string, Json>>;

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
    ...flowState,
    flows: arrayOf(object({ ...flow, hasMapping: { type: "boolean" } })),
    hasDocument: { type: "boolean" },
    counts: arrayOf(object(flowCounts)),
  }),
  FlowCounts: object({ id: integer, counts: arrayOf(object(flowCounts)) }),
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
  ServiceActivity: serviceActivity,
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
  BrokerActivity: object({
    time: integer,
    problems: arrayOf(ref("Trouble")),
    moreProblems: { type: "integer", description: "Problems that are not listed." },
    services: arrayOf(
      object({
        uuid: string,
        rate: { type: "number", description: "Messages per second, of about the last five." },
        messages: integer,
        refused: integer,
        registrations: integer,
        queued: { type: "integer", description: "Calls that wait for it." },
        lastSeen: { type: "integer", description: "When it registered, left or sent something last." },
      }),
    ),
  }),
  Trouble: object({
    kind: oneOf("refused", "dropped", "waiting", "returned", "halfOpen", "fault"),
    "uuid?": string,
    since: { type: "integer", description: "Milliseconds since 1970." },
    "last?": { type: "integer", description: "When it was seen last." },
    "count?": { type: "integer", description: "How often, or how many calls wait." },
    "reason?": string,
    "connectionId?": string,
    "delay?": { type: "number" },
    "silence?": silence,
    "refusal?": refusal,
  }),
  RateSample: object({
    at: { type: "integer", description: "The end of this second, in milliseconds since 1970." },
    duration: { type: "integer", description: "Its length in milliseconds." },
    messages: integer,
    refused: integer,
    dropped: integer,
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
    "name?": {
      type: "string",
      description: "The event of an E, the function of a C, open or close of a note on a connection.",
    },
    "correlationId?": string,
    text: { type: "string", description: "The first 4,000 characters of the message." },
    size: { type: "integer", description: "The characters of the whole message." },
    "isCut?": { type: "boolean", description: "True if the text is not all of it." },
    level: oneOf("debug", "info", "warn", "error"),
    "note?": { type: "string", description: "Why it was refused, or what a fault did to it." },
    "answer?": {
      ...object(traceAnswer),
      description: "Of an R or E of a client; without members as long as it is not answered.",
    },
    "answers?": { type: "integer", description: "Of an answer: the seq of the message that it answers." },
    "cause?": { type: "integer", description: "Of a call that a flow made: the seq of its event." },
  }),
  TraceBatch: object({
    entries: arrayOf(ref("TraceEntry")),
    omitted: { type: "integer", description: "Entries that fit the filter and were left out: too many." },
    answers: {
      ...arrayOf(object({ to: integer, ...traceAnswer })),
      description: "Answers to entries of earlier batches.",
    },
    lastSeq: integer,
    counters,
    revision: object({ services: integer, flows: integer }),
  }),
  State: object({
    url: string,
    needsToken: { type: "boolean", description: "Whether requests need the token." },
    time: integer,
    uptime: { type: "integer", description: "Milliseconds since the broker started." },
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
