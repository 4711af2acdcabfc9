import * as z from "zod/mini";
import type { MsbIssue } from "../errors.ts";
import { toIssues } from "./issues.ts";

/** An event as the broker received it. */
export interface ReceivedEvent {
  /** The service that published it. */
  readonly uuid: string;
  readonly eventId: string;
  /** 0 is LOW, 1 MEDIUM, 2 HIGH, whichever way it was sent; `undefined` where it was left out. */
  readonly priority: 0 | 1 | 2 | undefined;
  /** As sent: mostly ISO 8601, but any text is accepted. */
  readonly postDate: string | undefined;
  readonly correlationId: string | undefined;
  /** The value; `undefined` (left out) or `null` for an event without payload. */
  readonly dataObject: unknown;
  /** When it arrived, in milliseconds since 1970. */
  readonly receivedAt: number;
}

const PRIORITIES = ["LOW", "MEDIUM", "HIGH"] as const;

const eventSchema = z.object(
  {
    uuid: z.string("must be a text"),
    eventId: z.string("must be a text"),
    priority: z.nullish(
      z.union([z.literal([0, 1, 2]), z.enum(PRIORITIES)], "must be 0, 1, 2, LOW, MEDIUM or HIGH"),
    ),
    postDate: z.nullish(z.union([z.string(), z.number()], "must be a text")),
    correlationId: z.nullish(z.string("must be a text")),
    dataObject: z.optional(z.unknown()),
  },
  "must be an object",
);

export type EventResult =
  | { readonly ok: true; readonly event: ReceivedEvent }
  | { readonly ok: false; readonly issues: readonly MsbIssue[] };

/** Checks the JSON of an `E` message. */
export function readEvent(value: unknown, receivedAt: number): EventResult {
  const result = eventSchema.safeParse(value);
  if (!result.success) {
    return { ok: false, issues: toIssues(result.error) };
  }
  const { uuid, eventId, priority, postDate, correlationId, dataObject } = result.data;
  return {
    ok: true,
    event: {
      uuid,
      eventId,
      priority: readPriority(priority),
      postDate: postDate === null || postDate === undefined ? undefined : String(postDate),
      correlationId: correlationId ?? undefined,
      dataObject,
      receivedAt,
    },
  };
}

/** The Python client sends the name instead of the number. */
function readPriority(priority: 0 | 1 | 2 | (typeof PRIORITIES)[number] | null | undefined) {
  if (typeof priority === "string") {
    return PRIORITIES.indexOf(priority) as 0 | 1 | 2;
  }
  return priority ?? undefined;
}
