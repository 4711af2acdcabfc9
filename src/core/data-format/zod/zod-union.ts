import type { Schema } from "../json.ts";
import type { Json } from "../types.ts";

const ANNOTATIONS: ReadonlySet<string> = new Set(["title", "description", "default", "example", "readOnly"]);

/**
 * A schema that takes null besides what it takes already; `undefined` if that cannot be said.
 * Not for a `$ref`: what it refers to has to take null.
 */
export function orNull(schema: Schema): Schema | undefined {
  if (schema["$ref"] !== undefined || schema["allOf"] !== undefined) {
    return undefined;
  }
  const result = { ...schema };
  const { type, enum: values } = schema;
  if (type !== undefined) {
    result["type"] = [...new Set([...typesOf(schema), "null"])];
  }
  if (Array.isArray(values) && !values.includes(null)) {
    result["enum"] = [...values, null];
  }
  return result;
}

/**
 * One schema that takes exactly what the alternatives take; `undefined` if there is none. That is possible for lists of
 * values, and for alternatives of different types, because each keyword speaks about one type only.
 */
export function unite(alternatives: readonly Schema[], isExclusive: boolean): Schema | undefined {
  const others = alternatives.filter((schema) => !isNull(schema));
  const [only] = others;
  let united: Schema | undefined;
  if (only === undefined) {
    return { type: "null" };
  }
  if (others.length === 1) {
    united = only;
  } else if (others.every((schema) => Array.isArray(schema["enum"]))) {
    united = uniteValues(others, isExclusive);
  } else {
    united = uniteTypes(others);
  }
  if (united === undefined || others.length === alternatives.length) {
    return united;
  }
  return orNull(united);
}

export function isNull(schema: Schema): boolean {
  return schema["type"] === "null";
}

function uniteValues(alternatives: readonly Schema[], isExclusive: boolean): Schema | undefined {
  const bare = alternatives.every((schema) =>
    Object.keys(schema).every(
      (keyword) => keyword === "enum" || keyword === "type" || ANNOTATIONS.has(keyword),
    ),
  );
  if (!bare) {
    return undefined;
  }
  const all = alternatives.flatMap((schema) => schema["enum"] as Json[]);
  const values = [...new Set(all)];
  if (isExclusive && values.length < all.length) {
    return undefined;
  }
  const types = new Set(alternatives.flatMap(typesOf));
  const isTyped = alternatives.every((schema) => schema["type"] !== undefined);
  return isTyped ? { type: collapse([...types]), enum: values } : { enum: values };
}

function uniteTypes(alternatives: readonly Schema[]): Schema | undefined {
  const types = alternatives.flatMap(typesOf);
  if (new Set(types.map((type) => (type === "integer" ? "number" : type))).size < types.length) {
    return undefined;
  }
  const united: Schema = { type: collapse(types) };
  for (const alternative of alternatives) {
    if (typesOf(alternative).length === 0) {
      return undefined;
    }
    for (const [keyword, value] of Object.entries(withoutNumberFormat(alternative))) {
      if (keyword === "type" || ANNOTATIONS.has(keyword)) {
        continue;
      }
      if (keyword === "enum" || keyword === "$ref" || keyword === "allOf") {
        return undefined;
      }
      united[keyword] = value;
    }
  }
  return united;
}

/** There is one `format` only, so that of a number becomes its bounds. */
function withoutNumberFormat(schema: Schema): Schema {
  const { format, ...rest } = schema;
  switch (format) {
    case "int32":
      return { minimum: -2147483648, maximum: 2147483647, ...rest };
    case "float":
      return { minimum: -3.4028234663852886e38, maximum: 3.4028234663852886e38, ...rest };
    case "int64":
    case "double":
      return rest;
    default:
      return schema;
  }
}

function typesOf(schema: Schema): string[] {
  const { type } = schema;
  if (type === undefined) {
    return [];
  }
  return Array.isArray(type) ? type.map(String) : [String(type)];
}

function collapse(types: readonly string[]): Json {
  return types.length === 1 && types[0] !== undefined ? types[0] : types;
}
