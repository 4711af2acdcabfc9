import { isRecord } from "../../../support/is-record.ts";
import { type JsonObject, kindsUnder } from "./document-kinds.ts";

/**
 * The key in which two objects with the same `@id` differ; `undefined` if they are the same. What they refer to is compared by
 * its `@id`, because it may stand in full in one of them only.
 */
export function describeDifference(first: JsonObject, second: JsonObject): string | undefined {
  const keys = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...keys].find((key) => writeShort(key, first[key]) !== writeShort(key, second[key]));
}

function writeShort(key: string, value: unknown): string {
  if (kindsUnder(key) === undefined) {
    return JSON.stringify(value ?? null);
  }
  const ids = Array.isArray(value) ? value.map(idOf) : idOf(value);
  return JSON.stringify(ids ?? null);
}

function idOf(value: unknown): unknown {
  return isRecord(value) ? (value["@id"] ?? value) : value;
}
