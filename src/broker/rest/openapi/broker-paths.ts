import { anyValue, type Json, list, object, operation, queryParameter, ref, text, whole } from "./build.ts";

const BROKER = "Broker";
const uuidPath = "/{uuid}";
const filters = [
  queryParameter("uuid", text, "Only entries about this service"),
  queryParameter("kind", text, "Only these kinds, separated by commas: R,E,C,K,reply,ping,pong,other,note"),
  queryParameter("contains", text, "Only entries whose text contains this, whatever the case"),
];
const check = { type: "boolean", default: true, description: "False sends it unchecked." };

/** Our own operations, by path and method. */
export function brokerPaths(): Record<string, Json> {
  return {
    "/broker/state": {
      get: operation("", { summary: "Everything but self-descriptions", tag: BROKER, answer: ref("State") }),
    },
    "/broker/services/{uuid}": {
      get: operation(uuidPath, {
        summary: "A service with its self-description",
        ...{ tag: BROKER, answer: ref("ServiceDetails") },
      }),
      delete: operation(uuidPath, {
        summary: "Forgets a service",
        ...{ tag: BROKER, answer: object({ uuid: text }) },
      }),
    },
    "/broker/services/{uuid}/call": {
      post: operation(uuidPath, {
        summary: "Calls a function; with `wait` (milliseconds) the answer (200) has its response event",
        tag: BROKER,
        status: 202,
        body: object({
          functionId: text,
          "value?": anyValue,
          "parameters?": { type: "object", description: "All functionParameters, instead of a value." },
          "correlationId?": text,
          "check?": check,
          "wait?": { type: "number", minimum: 1, maximum: 60_000 },
        }),
        answer: object({ "response?": ref("Event") }),
      }),
    },
    "/broker/services/{uuid}/event": {
      post: operation(uuidPath, {
        summary: "Publishes an event as if the service had done it, if its value fits",
        tag: BROKER,
        status: 201,
        body: object({
          eventId: text,
          "value?": anyValue,
          "priority?": { type: "integer", enum: [0, 1, 2] },
          "correlationId?": text,
          "postDate?": text,
        }),
        answer: ref("Event"),
      }),
    },
    "/broker/services/{uuid}/configuration": {
      post: operation(uuidPath, {
        summary: "Changes configuration parameters (K), if they exist and their values fit",
        ...{ tag: BROKER, status: 202, answer: object({}) },
        body: object({ params: { type: "object" }, "check?": check }),
      }),
    },
    "/broker/flows": {
      get: operation("", { summary: "All flows", tag: BROKER, answer: list(ref("FlowEntry")) }),
      post: operation("", {
        summary: "Adds a flow, which runs at once",
        ...{ tag: BROKER, status: 201, answer: ref("FlowEntry") },
        body: { oneOf: [ref("Flow"), ref("FlowDocument")] },
      }),
    },
    "/broker/flows/{id}": {
      delete: operation("/{id}", {
        summary: "Removes a flow",
        ...{ tag: BROKER, answer: object({ id: whole }) },
      }),
    },
    "/broker/faults": {
      get: operation("", { summary: "The faults in force", tag: BROKER, answer: ref("Faults") }),
      post: operation("", {
        summary: "Makes a fault",
        ...{ tag: BROKER, status: 202, body: ref("Fault"), answer: ref("Faults") },
      }),
      delete: operation("", { summary: "Ends all faults", tag: BROKER, answer: ref("Faults") }),
    },
    "/broker/messages": {
      get: operation("", {
        summary: "The last messages and notes, oldest first",
        tag: BROKER,
        query: [
          ...filters,
          queryParameter("after", whole, "Only entries with a greater seq"),
          queryParameter("limit", { ...whole, default: 1_000 }, "The last so many"),
        ],
        answer: object({ entries: list(ref("TraceEntry")), lastSeq: whole }),
      }),
    },
    "/broker/trace": {
      get: operation("", {
        summary:
          "The live trace: Server-Sent Events named `batch`, each a TraceBatch; its id is the last seq",
        tag: BROKER,
        query: [
          ...filters,
          queryParameter("limit", { ...whole, default: 200 }, "Entries per second; more are sampled"),
          queryParameter("backlog", { ...whole, default: 100 }, "So many that are kept come first"),
        ],
        answer: ref("TraceBatch"),
        answerType: "text/event-stream",
      }),
    },
    "/v3/api-docs": {
      get: operation("", { summary: "This document", tag: BROKER, answer: { type: "object" } }),
    },
  };
}
