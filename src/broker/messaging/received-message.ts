import { PendingAnswer } from "../observing/trace-answer.ts";
import type { MessageInfo, TraceEntry } from "../observing/trace-entry.ts";
import { parseBoundedJson } from "../protocol/bounded-json.ts";
import type { ClientMessage } from "../protocol/messages.ts";
import { MAX_REGISTRATION_CONTAINERS } from "../support/limits.ts";
import type { Connection } from "../transport/connection.ts";

/** An `R` or `E` that is being handled. */
export interface ReceivedMessage {
  readonly connection: Connection;
  readonly kind: "R" | "E";
  readonly json: string;
  /** What its JSON says; an error if it cannot be read. */
  readonly value: unknown;
  readonly uuid: string | undefined;
  readonly entry: TraceEntry;
  readonly answer: PendingAnswer | undefined;
  readonly at: number;
  /** Whether it has got its reply. */
  answered: boolean;
}

/** Reads its JSON; returns the error instead of throwing it. */
export function parseJson({ kind, json }: { readonly kind: "R" | "E"; readonly json: string }): unknown {
  try {
    // What an R says is looked at bit by bit, the value of an E is not.
    return kind === "R"
      ? parseBoundedJson(json, { containers: MAX_REGISTRATION_CONTAINERS })
      : parseBoundedJson(json);
  } catch (error) {
    return error;
  }
}

/** What the trace says about a message, as far as its JSON tells. */
export function describeMessage({ kind }: ClientMessage, value: unknown) {
  return {
    kind,
    answer: kind === "R" || kind === "E" ? new PendingAnswer() : undefined,
    uuid: readString(value, "uuid"),
    name: readString(value, "eventId"),
    correlationId: readString(value, "correlationId"),
  } satisfies MessageInfo;
}

function readString(value: unknown, key: string): string | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) {
    return undefined;
  }
  const property: unknown = Reflect.get(value, key);
  return typeof property === "string" ? property : undefined;
}
