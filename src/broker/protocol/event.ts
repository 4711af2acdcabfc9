import * as z from "zod/v4/mini";
import type { MsbIssue } from "../../support/errors.ts";
import { toIssues } from "../support/issues.ts";
import { anyString, expected } from "../support/schemas.ts";
import { JsonSlice } from "./json-slice.ts";

/** An event as the broker received it. */
export interface ReceivedEvent {
  /** The service that published it. */
  readonly uuid: string;
  readonly eventId: string;
  /** 0 is LOW, 1 MEDIUM, 2 HIGH, whichever way it was sent; `undefined` if it was left out. */
  readonly priority: 0 | 1 | 2 | undefined;
  /** As sent: mostly ISO 8601, but any string is accepted. */
  readonly postDate: string | undefined;
  readonly correlationId: string | undefined;
  /**
   * The value; `undefined` (left out) or `null` for an event without payload. Parsed when it is first read. Numbers that
   * JavaScript cannot hold, such as 9007199254740993, are rounded here, and exact in {@link dataText}.
   */
  readonly dataObject: unknown;
  /** The value as the JSON that was sent, a string; `undefined` if it was left out. Flows pass this on. */
  readonly dataText: string | undefined;
  /** When it arrived, in milliseconds since 1970. */
  readonly receivedAt: number;
}

/** An event whose value is JSON text only: parsed, `[{},{},…]` takes twenty times as much. */
export type UnparsedEvent = Omit<ReceivedEvent, "dataObject">;

const PRIORITIES = ["LOW", "MEDIUM", "HIGH"] as const;

const eventSchema = z.object(
  {
    uuid: anyString,
    eventId: anyString,
    priority: z.nullish(
      z.union([z.literal([0, 1, 2]), z.enum(PRIORITIES)], expected("0, 1, 2, LOW, MEDIUM or HIGH")),
    ),
    postDate: z.nullish(z.union([z.string(), z.number()], expected("a string"))),
    correlationId: z.nullish(anyString),
  },
  expected("an object"),
);

export type EventResult =
  | { readonly ok: true; readonly event: ReceivedEvent }
  | { readonly ok: false; readonly issues: readonly MsbIssue[] };

/** Checks the JSON of an `E` message. @param value what `json` says. */
export function readEvent(value: unknown, json: string, receivedAt: number): EventResult {
  const result = eventSchema.safeParse(value);
  if (!result.success) {
    return { ok: false, issues: toIssues(result.error) };
  }
  const { uuid, eventId, priority, postDate, correlationId } = result.data;
  const event = makeEvent({
    uuid,
    eventId,
    priority: readPriority(priority),
    postDate: postDate === null || postDate === undefined ? undefined : String(postDate),
    correlationId: correlationId ?? undefined,
    dataText: new JsonSlice(json).child("dataObject")?.json,
    receivedAt,
  });
  return { ok: true, event };
}

/** An event whose value is parsed when somebody asks for it first. */
export function makeEvent(event: UnparsedEvent): ReceivedEvent {
  let parsed: { readonly value: unknown } | undefined;
  return {
    ...event,
    get dataObject() {
      parsed ??= { value: event.dataText === undefined ? undefined : JSON.parse(event.dataText) };
      return parsed.value;
    },
  };
}

/** The event as it is kept: one that somebody has looked at holds its value parsed, too. */
export function withoutValue(event: UnparsedEvent): UnparsedEvent {
  // Not by leaving `dataObject` out of the rest, which would parse it.
  const { uuid, eventId, priority, postDate, correlationId, dataText, receivedAt } = event;
  return { uuid, eventId, priority, postDate, correlationId, dataText, receivedAt };
}

/** An event as JSON, its value as the JSON text that it came as. */
export function writeEvent(event: UnparsedEvent, correlationId = event.correlationId): string {
  const { uuid, eventId, priority, postDate, receivedAt, dataText } = event;
  const fields = { uuid, eventId, priority, postDate, correlationId, receivedAt };
  return writeWithData(fields, dataText);
}

/** The JSON of these fields and of the value, which is JSON text. */
export function writeWithData(fields: object, dataText: string | undefined): string {
  const json = JSON.stringify(fields);
  return dataText === undefined ? json : `${json.slice(0, -1)},"dataObject":${dataText}}`;
}

/** The Python client sends the name instead of the number. */
function readPriority(priority: 0 | 1 | 2 | (typeof PRIORITIES)[number] | null | undefined) {
  if (typeof priority === "string") {
    return PRIORITIES.indexOf(priority) as 0 | 1 | 2;
  }
  return priority ?? undefined;
}
