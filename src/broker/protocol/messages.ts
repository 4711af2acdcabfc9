import { type RawJson, tidyJson, writeJson } from "./raw-json.ts";
import type { Refusal } from "./refusals.ts";

/** What the MSB answers; `docs/reference/protocol.md#messages`. */
export type Reply = "IO_CONNECTED" | "IO_REGISTERED" | "IO_PUBLISHED" | Refusal;

/** A message of a client, its JSON not yet parsed. */
export type ClientMessage =
  | { readonly kind: "R" | "E"; readonly json: string }
  | { readonly kind: "pong" | "other" };

/** The letter stands alone, before white space, or directly before the JSON: `R {…}`, `R{…}`. */
const LETTER = /^[RE](?=[\s{["]|$)/;

/** Tells the kinds of messages apart. Never throws. */
export function readClientMessage(text: string): ClientMessage {
  if (LETTER.test(text)) {
    return { kind: text.startsWith("R") ? "R" : "E", json: text.slice(1) };
  }
  return { kind: text.trim() === "pong" ? "pong" : "other" };
}

/**
 * The `functionParameters` of a call with this value, which is JSON text: no `dataObject` if there is no payload
 * (`undefined`, and `null`, which is how some clients send an event without one).
 */
export function writeParameters(value: string | undefined): string {
  return value === undefined || value === "null" ? "{}" : `{"dataObject":${value}}`;
}

/** A function call, `C {…}`. `parameters` is JSON text, so that a fan-out writes it only once. */
export function writeCall(
  uuid: string,
  functionId: string,
  correlationId: string,
  parameters: string,
): string {
  const start = JSON.stringify({ uuid, functionId, correlationId });
  return `C ${start.slice(0, -1)},"functionParameters":${parameters}}`;
}

/** A change of configuration parameters, `K {…}`. */
export function writeConfiguration(
  uuid: string,
  params: Readonly<Record<string, unknown>> | RawJson,
): string {
  return `K {"uuid":${JSON.stringify(uuid)},"params":${tidyJson(writeJson(params) ?? "{}")}}`;
}
