import type { Json } from "../../../core/data-format/index.ts";
import { asSchema, type Schema, setOwn } from "../../../core/data-format/json.ts";
import { KEYWORDS } from "../../../core/data-format/keywords.ts";
import { checkKey, nameInRef } from "../../../core/data-format/names.ts";
import { memberOf } from "../../../core/validation/path.ts";
import type { MsbIssue } from "../../../support/errors.ts";
import { isRecord } from "../../../support/is-record.ts";

/** Named schemas: definitions, or those of a data format. */
export type Schemas = Readonly<Record<string, Schema>>;

/**
 * A schema without what no data format of this library can have: other keywords than the MSB's, properties that every
 * JavaScript object has, and references that lead nowhere. What is left out is told to `notes`.
 */
export function repair(
  schema: Schema,
  path: string,
  knows: (name: string) => boolean,
  notes: MsbIssue[],
): Schema {
  const name = nameInRef(schema);
  if (name !== undefined && !knows(name)) {
    notes.push({ path, message: `there is no definition "${name}": taken as any value` });
    return {};
  }
  const good: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    const inside = memberOf(path, keyword);
    if (Object.hasOwn(KEYWORDS, keyword)) {
      const repaired = repairKeyword(keyword, value, inside);
      // Nothing that is required says nothing, and is not allowed.
      if (keyword !== "required" || !Array.isArray(repaired) || repaired.length > 0) {
        good[keyword] = repaired;
      }
    } else if (value !== undefined) {
      notes.push({ path: inside, message: "is not a keyword of the MSB: left out" });
    }
  }
  return good;

  function repairKeyword(keyword: string, value: Json, inside: string): Json {
    const part = (each: unknown, at: string): Json =>
      isRecord(each) ? repair(asSchema(each), at, knows, notes) : (each as Json);
    switch (keyword) {
      case "items":
      case "additionalProperties":
        return part(value, inside);
      case "allOf":
        return Array.isArray(value) ? value.map((each, index) => part(each, `${inside}[${index}]`)) : value;
      case "properties":
        return isRecord(value) ? usable(value, inside, part) : value;
      case "required":
        return Array.isArray(value) ? value.filter((each) => checkKey(String(each)) === undefined) : value;
      default:
        return value;
    }
  }

  function usable(
    properties: Readonly<Record<string, unknown>>,
    inside: string,
    part: (each: unknown, at: string) => Json,
  ): Schema {
    const result: Schema = {};
    for (const [key, property] of Object.entries(properties)) {
      const at = memberOf(inside, key);
      const problem = checkKey(key);
      if (problem === undefined) {
        setOwn(result, key, part(property, at));
      } else {
        notes.push({ path: at, message: `${problem}: left out` });
      }
    }
    return result;
  }
}
