import type { About, TraceEntry } from "../observing/trace-entry.ts";
import { readJsonText } from "../protocol/json-text.ts";
import type { ClientMessage } from "../protocol/messages.ts";
import { MAX_REGISTRATION_PARTS } from "../support/limits.ts";
import type { Connection } from "../transport/connection.ts";

/** A message that is being handled. */
export interface Handled {
  readonly connection: Connection;
  readonly kind: "R" | "E";
  readonly json: string;
  /** Its JSON; an error where it cannot be read. */
  readonly value: unknown;
  readonly uuid: string | undefined;
  readonly entry: TraceEntry;
  readonly at: number;
  /** Whether it has got its reply. */
  answered: boolean;
}

/** Reads its JSON; gives the error back instead of throwing it. */
export function parseJson({ kind, json }: { readonly kind: "R" | "E"; readonly json: string }): unknown {
  try {
    // What an R says is looked at bit by bit, the value of an E is not.
    return kind === "R" ? readJsonText(json, { parts: MAX_REGISTRATION_PARTS }) : readJsonText(json);
  } catch (error) {
    return error;
  }
}

/** What the trace says about a message, as far as its JSON tells. */
export function aboutOf({ kind }: ClientMessage, value: unknown): About {
  if (typeof value !== "object" || value === null) {
    return { kind, uuid: undefined, name: undefined, correlationId: undefined };
  }
  const text = (key: string) => {
    const property: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
    return typeof property === "string" ? property : undefined;
  };
  return { kind, uuid: text("uuid"), name: text("eventId"), correlationId: text("correlationId") };
}
