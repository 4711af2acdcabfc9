import * as z from "zod/v4/mini";
import { isRecord } from "../../support/is-record.ts";
import type { Json } from "../data-format/json.ts";

/** Replies that refuse a connection or an `R`. Source: docs/protocol.md#messages. */
export const REGISTRATION_REFUSALS = [
  "NIO_ALREADY_CONNECTED",
  "NIO_UNAUTHORIZED_CONNECTION",
  "NIO_REGISTRATION_ERROR",
  "NIO_UNEXPECTED_REGISTRATION_ERROR",
] as const;

/** Replies that refuse an `E`. */
export const EVENT_REFUSALS = [
  "NIO_EVENT_FORWARDING_ERROR",
  "NIO_UNEXPECTED_EVENT_FORWARDING_ERROR",
] as const;

export type RegistrationRefusal = (typeof REGISTRATION_REFUSALS)[number];
export type EventRefusal = (typeof EVENT_REFUSALS)[number];

/** 0 LOW, 1 MEDIUM, 2 HIGH. */
export type PriorityNumber = 0 | 1 | 2;

/** The content of `E`. */
export interface EventMessage {
  readonly uuid: string;
  readonly eventId: string;
  readonly priority: PriorityNumber;
  /** ISO 8601 in UTC with milliseconds, such as `2017-07-14T02:40:00.123Z`. */
  readonly postDate: string;
  readonly correlationId?: string | undefined;
  /** Left out of the message if it is `undefined`: an event without payload. */
  readonly dataObject?: Json | undefined;
}

/** The content of `C`. */
export interface CallMessage {
  readonly uuid: string;
  readonly functionId: string;
  readonly correlationId: string | undefined;
  readonly functionParameters: Readonly<Record<string, unknown>>;
  /** Characters of the message. */
  readonly size: number;
}

/** The content of `K`. */
export interface ConfigurationMessage {
  readonly uuid: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Everything that an MSB sends. */
export type IncomingMessage =
  | { readonly type: "connected" }
  | { readonly type: "registered" }
  | { readonly type: "published" }
  | { readonly type: "registrationRefused"; readonly reply: RegistrationRefusal }
  | { readonly type: "eventRefused"; readonly reply: EventRefusal }
  | { readonly type: "call"; readonly call: CallMessage }
  | { readonly type: "configuration"; readonly configuration: ConfigurationMessage }
  | { readonly type: "ping" }
  /** Nothing that is known; to be ignored. */
  | { readonly type: "unknown"; readonly text: string }
  /** A known message whose content cannot be read. */
  | { readonly type: "malformed"; readonly text: string; readonly reason: string };

export const PONG = "pong";

export function encodeRegistration(selfDescription: object): string {
  return `R ${JSON.stringify(selfDescription)}`;
}

export function encodeEvent(event: EventMessage): string {
  return `E ${JSON.stringify(event)}`;
}

const FIXED: ReadonlyMap<string, IncomingMessage> = new Map<string, IncomingMessage>([
  ["IO_CONNECTED", { type: "connected" }],
  ["IO_REGISTERED", { type: "registered" }],
  ["IO_PUBLISHED", { type: "published" }],
  ["ping", { type: "ping" }],
  ...REGISTRATION_REFUSALS.map((reply) => [reply, { type: "registrationRefused", reply }] as const),
  ...EVENT_REFUSALS.map((reply) => [reply, { type: "eventRefused", reply }] as const),
]);

// Passed on as parsed: a copy would lose keys such as "__proto__".
const jsonObject = z.custom<Record<string, unknown>>(isRecord, { error: "must be an object" });
const string = z.string({ error: "must be a string" });

const callSchema = z.object({
  uuid: string,
  functionId: string,
  correlationId: z.optional(z.nullable(string)),
  functionParameters: z.optional(z.nullable(jsonObject)),
});

const configurationSchema = z.object({ uuid: string, params: jsonObject });

/** Reads one message. Never throws: what cannot be read comes back as `malformed` or `unknown`. */
export function decodeMessage(message: string): IncomingMessage {
  const fixed = FIXED.get(message) ?? FIXED.get(message.trim());
  if (fixed !== undefined) {
    return fixed;
  }
  // The MSB writes one space between a letter and its JSON; more, or none, are accepted too.
  if (/^C\s*\{/.test(message)) {
    return decodeCall(message);
  }
  if (/^K\s*\{/.test(message)) {
    return decodeConfiguration(message);
  }
  return { type: "unknown", text: message };
}

function decodeCall(message: string): IncomingMessage {
  return decodeContent(message, callSchema, (call) => ({
    type: "call",
    call: {
      uuid: call.uuid,
      functionId: call.functionId,
      correlationId: call.correlationId ?? undefined,
      functionParameters: call.functionParameters ?? {},
      size: message.length,
    },
  }));
}

function decodeConfiguration(message: string): IncomingMessage {
  return decodeContent(message, configurationSchema, (configuration) => ({
    type: "configuration",
    configuration,
  }));
}

function decodeContent<Schema extends z.ZodMiniType>(
  message: string,
  schema: Schema,
  read: (content: z.output<Schema>) => IncomingMessage,
): IncomingMessage {
  let content: unknown;
  try {
    content = JSON.parse(message.slice(1));
  } catch (error) {
    return { type: "malformed", text: message, reason: String(error) };
  }
  const checked = z.safeParse(schema, content);
  if (checked.success) {
    return read(checked.data);
  }
  const reason = checked.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; ");
  return { type: "malformed", text: message, reason };
}
