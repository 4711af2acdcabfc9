import { isRecord } from "../../support/is-record.ts";
import { hasPrototypeKey, mayHoldPrototypeKey } from "../data-format/prototype-key.ts";

/** Replies that refuse a connection or an `R`. Source: docs/reference/protocol.md#messages. */
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

/** The content of `C`. */
export interface CallMessage {
  readonly uuid: string;
  readonly functionId: string;
  readonly correlationId: string | undefined;
  readonly functionParameters: Readonly<Record<string, unknown>>;
  /** Whether some part of the parameters has a member called `__proto__`. */
  readonly hasPrototypeKey: boolean;
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

const FIXED: ReadonlyMap<string, IncomingMessage> = new Map<string, IncomingMessage>([
  ["IO_CONNECTED", { type: "connected" }],
  ["IO_REGISTERED", { type: "registered" }],
  ["IO_PUBLISHED", { type: "published" }],
  ["ping", { type: "ping" }],
  ...REGISTRATION_REFUSALS.map((reply) => [reply, { type: "registrationRefused", reply }] as const),
  ...EVENT_REFUSALS.map((reply) => [reply, { type: "eventRefused", reply }] as const),
]);

/** Reads one message. Never throws: what cannot be read comes back as `malformed` or `unknown`. */
export function decodeMessage(message: string): IncomingMessage {
  // Not looked up first: to look up a long string takes longer than to read it.
  switch (message[0]) {
    // The MSB writes one space between a letter and its JSON; more, or none, are accepted too.
    case "C":
      if (/^C\s*\{/.test(message)) {
        return decodeCall(message);
      }
      break;
    case "K":
      if (/^K\s*\{/.test(message)) {
        return decodeConfiguration(message);
      }
      break;
    default: {
      const fixed = FIXED.get(message) ?? FIXED.get(message.trim());
      if (fixed !== undefined) {
        return fixed;
      }
    }
  }
  return { type: "unknown", text: message };
}

function decodeCall(message: string): IncomingMessage {
  return decodeContent(message, (content, problems) => {
    const { uuid, functionId, correlationId, functionParameters } = content;
    requireField("uuid", "a string", isString(uuid), problems);
    requireField("functionId", "a string", isString(functionId), problems);
    requireField("correlationId", "a string", isNothing(correlationId) || isString(correlationId), problems);
    const isUsable = isNothing(functionParameters) || isRecord(functionParameters);
    requireField("functionParameters", "an object", isUsable, problems);
    const parameters = isRecord(functionParameters) ? functionParameters : {};
    const call = {
      uuid,
      functionId,
      correlationId: correlationId ?? undefined,
      // As parsed: a copy could lose keys such as "__proto__".
      functionParameters: parameters,
      hasPrototypeKey: mayHoldPrototypeKey(message) && hasPrototypeKey(parameters),
      size: message.length,
    };
    return { type: "call", call: call as CallMessage };
  });
}

function decodeConfiguration(message: string): IncomingMessage {
  return decodeContent(message, (content, problems) => {
    const { uuid, params } = content;
    requireField("uuid", "a string", isString(uuid), problems);
    requireField("params", "an object", isRecord(params), problems);
    return { type: "configuration", configuration: { uuid, params } as ConfigurationMessage };
  });
}

/** By hand and not by a schema: calls come by the thousand, and there are six fields. */
function decodeContent(
  message: string,
  read: (content: Readonly<Record<string, unknown>>, problems: string[]) => IncomingMessage,
): IncomingMessage {
  try {
    const problems: string[] = [];
    const decoded = read(JSON.parse(message.slice(1)), problems);
    return problems.length === 0
      ? decoded
      : { type: "malformed", text: message, reason: problems.join("; ") };
  } catch (error) {
    return { type: "malformed", text: message, reason: String(error) };
  }
}

function requireField(field: string, what: string, isRight: boolean, problems: string[]): void {
  if (!isRight) {
    problems.push(`${field} must be ${what}`);
  }
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

/** `null` is the same as leaving it out. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}
