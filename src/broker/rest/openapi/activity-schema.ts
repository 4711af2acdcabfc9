import { COUNTED_SECONDS } from "../../observing/event-activity.ts";
import { MAX_ACTIVITY_TEXT } from "../../support/limits.ts";
import { arrayOf, integer, type Json, object, oneOf, string } from "./operation.ts";

/** What is counted of one event. */
export const activityOfEvent = {
  eventId: string,
  count: { type: "integer", description: "How often it was accepted." },
  perSecond: {
    ...arrayOf(integer),
    description: `How often in each of the last ${COUNTED_SECONDS} seconds, oldest first; the last one is not over yet. Empty if never.`,
  },
};

export const serviceActivity: Json = object({
  time: { type: "integer", description: "The clock of the broker, in milliseconds since 1970." },
  connected: { type: "boolean" },
  registeredAt: integer,
  lastSeen: { type: "integer", description: "When it registered, left or sent something last." },
  reconnects: { type: "integer", description: "How often it came back on another connection." },
  "connection?": object({
    id: string,
    framing: oneOf("sockjs", "raw"),
    remoteAddress: string,
    openedAt: integer,
    halfOpen: { type: "boolean" },
  }),
  queue: object({
    calls: { type: "integer", description: "Calls that wait for it." },
    "since?": { type: "integer", description: "Since when the oldest of them waits." },
  }),
  events: arrayOf(
    object({
      ...activityOfEvent,
      lastAt: integer,
      "priority?": { type: "integer", enum: [0, 1, 2] },
      "correlationId?": string,
      "value?": {
        type: "string",
        description: `The JSON of its last value, of a long one the first ${MAX_ACTIVITY_TEXT} characters.`,
      },
      size: { type: "integer", description: "The characters of the whole value." },
    }),
  ),
});
