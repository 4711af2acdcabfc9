import type { Json } from "../../../core/data-format/index.ts";
import { asSchema, type Schema, setOwn } from "../../../core/data-format/json.ts";
import { nameInRef } from "../../../core/data-format/names.ts";
import { compilePattern } from "../../../core/data-format/pattern.ts";
import { NUMBER_RANGES } from "../../../core/data-format/zod/checks.ts";
import { isRecord } from "../../../support/is-record.ts";

/** Keywords that say nothing if they have this value. */
const SAYS_NOTHING: Readonly<Record<string, Json>> = {
  title: "",
  description: "",
  exclusiveMaximum: false,
  exclusiveMinimum: false,
  uniqueItems: false,
  readOnly: false,
  minLength: 0,
  minItems: 0,
  minProperties: 0,
  additionalProperties: true,
};

/**
 * A schema in one of the many ways to write it: docs/guides/generate.md lists what is taken to be the same. Which values fit does not
 * change.
 */
export function normalSchema(schema: Schema): Schema {
  // Draft 4 ignores whatever stands beside a $ref.
  if (nameInRef(schema) !== undefined) {
    return { $ref: schema["$ref"] as string };
  }
  const normal: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    setOwn(normal, keyword, normalKeyword(keyword, value));
  }
  for (const [keyword, value] of Object.entries(normal)) {
    if (SAYS_NOTHING[keyword] === value || isEmpty(keyword, value)) {
      delete normal[keyword];
    }
  }
  if (normal["type"] === "boolean" && typeof normal["default"] === "string") {
    delete normal["default"];
  }
  return normalNumber(normal);
}

function normalKeyword(keyword: string, value: Json): Json {
  switch (keyword) {
    case "items":
    case "additionalProperties":
      return isRecord(value) ? normalSchema(asSchema(value)) : value;
    case "allOf":
      return Array.isArray(value) ? value.map((part) => normalSchema(asSchema(part))) : value;
    case "properties": {
      const properties: Schema = {};
      for (const [name, property] of Object.entries(asSchema(value))) {
        setOwn(properties, name, normalSchema(asSchema(property)));
      }
      return properties;
    }
    case "required":
      return Array.isArray(value) ? value.toSorted() : value;
    case "type":
      return Array.isArray(value) ? (value.length === 1 ? (value[0] as Json) : value.toSorted()) : value;
    case "pattern":
      return typeof value === "string" ? (compilePattern(value)?.source ?? value) : value;
    default:
      return value;
  }
}

function isEmpty(keyword: string, value: Json): boolean {
  return keyword === "additionalProperties" && isRecord(value) && Object.keys(value).length === 0;
}

/** Its format, and no bound that only repeats it. */
function normalNumber(schema: Schema): Schema {
  const types = [schema["type"]].flat().filter((type) => type !== "null");
  const [type] = types;
  if (types.length !== 1 || (type !== "integer" && type !== "number") || schema["enum"] !== undefined) {
    return schema;
  }
  const format = schema["format"] ?? (type === "integer" ? "int64" : "double");
  const normal: Schema = { ...schema, format };
  if (!Object.hasOwn(NUMBER_RANGES, String(format))) {
    return normal;
  }
  const [minimum, maximum] = NUMBER_RANGES[format as keyof typeof NUMBER_RANGES];
  if (Number(normal["minimum"]) <= minimum && normal["exclusiveMinimum"] === undefined) {
    delete normal["minimum"];
  }
  if (Number(normal["maximum"]) >= maximum && normal["exclusiveMaximum"] === undefined) {
    delete normal["maximum"];
  }
  return normal;
}
