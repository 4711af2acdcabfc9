import type { $ZodType, $ZodTypes } from "zod/v4/core";
import type { Schema } from "../json.ts";
import { stringFormatsOf } from "./zod-problems.ts";

/** Brings what zod made of one schema closer to the MSB. Returns what it cannot say, if anything. */
export function adapt(schema: $ZodType, json: Schema): string | undefined {
  const { def } = (schema as $ZodTypes)._zod;
  switch (def.type) {
    case "number":
      adaptNumber(schema, json);
      return undefined;
    case "string":
      adaptString(schema, json);
      return undefined;
    case "record":
      return adaptRecord(def, json);
    case "readonly":
      // of the program, not of the value: readOnly means something else in a data format
      delete json["readOnly"];
      return undefined;
    default:
      return undefined;
  }
}

const INT32 = { format: "int32", minimum: -2147483648, maximum: 2147483647 };
const INT64 = { format: "int64", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
const FLOAT = { format: "float", minimum: -3.4028234663852886e38, maximum: 3.4028234663852886e38 };
const DOUBLE = { format: "double", minimum: -Number.MAX_VALUE, maximum: Number.MAX_VALUE };

function adaptNumber(schema: $ZodType, json: Schema): void {
  const formats = stringFormatsOf(schema).map(({ format }) => format);
  const msb =
    json["type"] === "integer"
      ? formats.includes("int32")
        ? INT32
        : INT64
      : formats.includes("float32")
        ? FLOAT
        : DOUBLE;
  json["format"] = msb.format;
  // a bound that only repeats the format
  for (const [bound, exclusive, limit, none] of [
    ["minimum", "exclusiveMinimum", msb.minimum, Number.NEGATIVE_INFINITY],
    ["maximum", "exclusiveMaximum", msb.maximum, Number.POSITIVE_INFINITY],
  ] as const) {
    if (json[bound] === none || (json[bound] === limit && json[exclusive] !== true)) {
      delete json[bound];
      delete json[exclusive];
    }
  }
}

function adaptString(schema: $ZodType, json: Schema): void {
  const { format } = json;
  delete json["format"];
  delete json["contentEncoding"];
  if (format === "date-time") {
    json["format"] = "date-time";
    // the pattern says more than the format only if it asks for a certain precision
    for (const { format: own, pattern, precision } of stringFormatsOf(schema)) {
      if (own === "datetime" && typeof precision !== "number" && pattern !== undefined) {
        dropPattern(json, pattern.source);
      }
    }
  }
  if (format === "base64") {
    json["format"] = "byte";
    dropPattern(json, BASE64);
  }
  if (typeof json["minLength"] === "number" && json["minLength"] <= 0) {
    delete json["minLength"];
  }
}

/** What `z.base64()` becomes. Says no more than the format `byte`. */
const BASE64 = "^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$";

function dropPattern(json: Schema, source: string): void {
  if (json["pattern"] === source) {
    delete json["pattern"];
  }
  const members = json["allOf"];
  if (!Array.isArray(members)) {
    return;
  }
  const rest = members.filter((member) => (member as Schema)["pattern"] !== source);
  if (rest.length > 0) {
    json["allOf"] = rest;
  } else {
    delete json["allOf"];
  }
}

type RecordDef = Extract<$ZodTypes, { _zod: { def: { type: "record" } } }>["_zod"]["def"];

const FREE_KEYS = new Set(["string", "any", "unknown"]);

function adaptRecord(def: RecordDef, json: Schema): string | undefined {
  const values = def.keyType._zod.values;
  const key = def.keyType._zod.def;
  const isLoose = def.mode === "loose";
  if (values === undefined || values.size === 0) {
    // the loose kind ignores keys that do not fit, the other kind refuses them
    if (FREE_KEYS.has(key.type) && !("format" in key) && (key.checks?.length ?? 0) === 0) {
      return undefined;
    }
    return "the keys of a z.record() cannot be restricted in a data format; use z.string() or z.enum() for the keys, or z.object()";
  }
  if (key.type !== "enum" && key.type !== "literal") {
    return "the keys of a z.record() must be z.string(), z.enum() or z.literal(); or use z.object()";
  }
  const member = json["additionalProperties"] ?? {};
  const properties: Schema = {};
  for (const value of values) {
    properties[String(value)] = member;
  }
  json["properties"] = properties;
  if (isLoose) {
    delete json["additionalProperties"];
  } else {
    json["additionalProperties"] = false;
  }
  if (takesNothing(def.valueType)) {
    delete json["required"];
  }
  return undefined;
}

/** Whether zod takes a missing member of a record: `z.any()` does, however it is wrapped. */
function takesNothing(schema: $ZodType): boolean {
  try {
    const result = schema._zod.run({ value: undefined, issues: [] }, { async: false });
    return !(result instanceof Promise) && result.issues.length === 0;
  } catch {
    // a check that cannot do without a value
    return false;
  }
}
