import { addFlowQuery } from "../broker-flows.ts";
import { callSchema, configurationSchema, eventSchema } from "../broker-services.ts";
import { listSchema, streamSchema } from "../broker-trace.ts";
import { formatSchema } from "../request.ts";
import { activityOfEvent } from "./activity-schema.ts";
import { arrayOf, integer, type Json, object, operation, ref, requestSchema, string } from "./operation.ts";

const BROKER = "Broker";
const uuidPath = "/{uuid}";
const warnings = arrayOf(object({ path: string, message: string }));

/** Our own operations, by path and method. */
export function brokerPaths(): Record<string, Json> {
  return {
    "/broker/state": {
      get: operation("", { summary: "Everything but self-descriptions", tag: BROKER, answer: ref("State") }),
    },
    "/broker/activity": {
      get: operation("", {
        summary: "Whether it is well: problems of the last minutes, and how much each service sends",
        tag: BROKER,
        answer: ref("BrokerActivity"),
      }),
    },
    "/broker/history": {
      get: operation("", {
        summary: "What was counted in each of the last 300 seconds, oldest first",
        tag: BROKER,
        answer: object({ samples: arrayOf(ref("RateSample")) }),
      }),
    },
    "/broker/services/{uuid}": {
      get: operation(uuidPath, {
        summary: "A service with its self-description",
        tag: BROKER,
        answer: ref("ServiceDetails"),
      }),
      delete: operation(uuidPath, {
        summary: "Forgets a service, and closes its connection",
        tag: BROKER,
        answer: object({ uuid: string }),
      }),
    },
    "/broker/services/{uuid}/activity": {
      get: operation(uuidPath, {
        summary: "What a service does: the last value and the rate of each event, its connection, its queue",
        tag: BROKER,
        answer: ref("ServiceActivity"),
      }),
    },
    "/broker/services/{uuid}/activity/{eventId}": {
      get: operation("/{uuid}/{eventId}", {
        summary: "The last event with this id, whole",
        tag: BROKER,
        answer: object({ time: integer, ...activityOfEvent, last: ref("Event") }),
      }),
    },
    "/broker/services/{uuid}/call": {
      post: operation(uuidPath, {
        summary: "Calls a function; with `wait` (milliseconds) the answer (200) has its response event",
        tag: BROKER,
        status: 202,
        body: requestSchema(callSchema),
        alsoAnswers: [200],
        answer: object({ "response?": ref("Event"), "warnings?": warnings }),
      }),
    },
    "/broker/services/{uuid}/event": {
      post: operation(uuidPath, {
        summary: "Publishes an event as if the service had done it, if its value fits",
        tag: BROKER,
        status: 201,
        body: requestSchema(eventSchema),
        answer: ref("Event"),
      }),
    },
    "/broker/services/{uuid}/configuration": {
      post: operation(uuidPath, {
        summary: "Changes configuration parameters (K), if they exist and their values fit",
        tag: BROKER,
        status: 202,
        answer: object({}),
        body: requestSchema(configurationSchema),
      }),
    },
    "/broker/flows": {
      get: operation("", { summary: "All flows", tag: BROKER, answer: arrayOf(ref("FlowEntry")) }),
      post: operation("", {
        summary: "Adds a flow, which runs at once; it takes the place of the one with the same ends",
        tag: BROKER,
        status: 201,
        query: addFlowQuery,
        answer: ref("AddedFlow"),
        body: { anyOf: [ref("Flow"), ref("FlowDocument")] },
      }),
    },
    "/broker/flow-counts": {
      get: operation("", {
        summary:
          "What each flow has done, in the order of its parts; those that have done nothing are left out",
        tag: BROKER,
        answer: arrayOf(ref("FlowCounts")),
      }),
    },
    "/broker/flows/{id}": {
      get: operation("/{id}", { summary: "A flow", tag: BROKER, answer: ref("FlowEntry") }),
      delete: operation("/{id}", {
        summary: "Removes a flow, which can be brought back for a while",
        tag: BROKER,
        answer: object({ id: integer }),
      }),
    },
    "/broker/flows/{id}/restore": {
      post: operation("/{id}", {
        summary:
          "Brings back a flow that was removed or replaced, as it was; 409 if another has its ends by now",
        tag: BROKER,
        answer: ref("FlowEntry"),
      }),
    },
    "/broker/faults": {
      get: operation("", { summary: "The faults in force", tag: BROKER, answer: ref("Faults") }),
      post: operation("", {
        summary: "Makes a fault",
        tag: BROKER,
        status: 202,
        body: ref("Fault"),
        answer: ref("Faults"),
      }),
      delete: operation("", { summary: "Ends all faults", tag: BROKER, answer: ref("Faults") }),
    },
    "/broker/messages": {
      get: operation("", {
        summary: "The last messages and notes, oldest first",
        tag: BROKER,
        query: listSchema,
        answer: object({ entries: arrayOf(ref("TraceEntry")), lastSeq: integer }),
      }),
    },
    "/broker/messages/{seq}": {
      get: operation("/broker/messages/{seq}", {
        summary: "One of them, its text whole as far as it is still kept",
        tag: BROKER,
        answer: ref("TraceEntry"),
      }),
    },
    "/broker/trace": {
      get: operation("", {
        summary:
          "The live trace: Server-Sent Events named `batch`, each a TraceBatch; its id is the last seq",
        tag: BROKER,
        query: streamSchema,
        answer: ref("TraceBatch"),
        answerType: "text/event-stream",
      }),
    },
    "/v3/api-docs": {
      get: operation("", {
        summary: "This document; a browser that asks for HTML is led to the page that shows it",
        tag: BROKER,
        query: formatSchema,
        answer: { type: "object" },
      }),
    },
  };
}
