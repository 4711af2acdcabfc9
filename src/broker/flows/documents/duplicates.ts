import { isRecord } from "../../../support/is-record.ts";
import { type JsonObject, kindsUnder } from "./document-kinds.ts";

/**
 * The key in which two objects with the same `@id` differ; `undefined` if they are the same. What they refer to is compared by
 * its `@id`, because it may stand in full in one of them only.
 */
export function describeDifference(first: JsonObject, second: JsonObject): string | undefined {
  const keys = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...keys].find((key) => textOf(key, first[key]) !== textOf(key, second[key]));
}

function textOf(key: string, value: unknown): string {
  const shown = kindsUnder(key) === undefined ? value : Array.isArray(value) ? value.map(idOf) : idOf(value);
  return JSON.stringify(shown ?? null);
}

function idOf(value: unknown): unknown {
  return isRecord(value) ? (value["@id"] ?? value) : value;
}
