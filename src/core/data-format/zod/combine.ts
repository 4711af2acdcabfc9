import { isRecord } from "../../../support/is-record.ts";
import type { Json } from "../json.ts";
import { asSchema, canonical, type Schema, setOwn } from "../json.ts";
import { ANNOTATIONS } from "../msb-schema.ts";
import { NUMBER_RANGES } from "./checks.ts";

/**
 * A schema that takes null besides what it takes already; `undefined` if that cannot be said.
 * Not for a `$ref`: what it refers to has to take null.
 */
export function orNull(schema: Schema): Schema | undefined {
  if (schema["$ref"] !== undefined) {
    return undefined;
  }
  const result = { ...schema };
  const { type, enum: values, allOf } = schema;
  if (type !== undefined) {
    result["type"] = [...new Set([...typesOf(schema), "null"])];
  }
  if (Array.isArray(values) && !values.includes(null)) {
    result["enum"] = [...values, null];
  }
  if (Array.isArray(allOf)) {
    const members = allOf.map((member) => orNull(asSchema(member)));
    if (members.includes(undefined)) {
      return undefined;
    }
    result["allOf"] = members as Schema[];
  }
  return result;
}

export function isNull(schema: Schema): boolean {
  return schema["type"] === "null";
}

/** What a reference takes is not known here. */
export function mayTakeNull(schema: Schema): boolean {
  const { type, enum: values } = schema;
  return type === undefined
    ? !Array.isArray(values) || values.includes(null)
    : typesOf(schema).includes("null");
}

/**
 * One schema that takes exactly what two or more alternatives take; `undefined` if there is none. That is possible for single
 * values, and for alternatives of different types, because each keyword speaks about one type only.
 */
export function unite(alternatives: readonly Schema[], isExclusive: boolean): Schema | undefined {
  return alternatives.every((schema) => Array.isArray(schema["enum"]))
    ? uniteValues(alternatives, isExclusive)
    : uniteTypes(alternatives);
}

function uniteValues(alternatives: readonly Schema[], isExclusive: boolean): Schema | undefined {
  const isBare = (schema: Schema) =>
    Object.keys(schema).every((each) => each === "enum" || each === "type" || ANNOTATIONS.has(each));
  const all = alternatives.flatMap((schema) => schema["enum"] as Json[]);
  const values = [...new Set(all)];
  if (!alternatives.every(isBare) || (isExclusive && values.length < all.length)) {
    return undefined;
  }
  const isTyped = alternatives.every((schema) => schema["type"] !== undefined);
  const types = new Set(alternatives.flatMap(typesOf));
  return isTyped ? { type: collapse([...types]), enum: values } : { enum: values };
}

function uniteTypes(alternatives: readonly Schema[]): Schema | undefined {
  const types = alternatives.flatMap(typesOf);
  const distinct = new Set(types.map((type) => (type === "integer" ? "number" : type)));
  if (distinct.size < types.length || alternatives.some((schema) => typesOf(schema).length === 0)) {
    return undefined;
  }
  const united: Schema = { type: collapse(types) };
  for (const alternative of alternatives) {
    for (const [keyword, value] of Object.entries(withoutNumberFormat(alternative))) {
      if (keyword === "enum" || keyword === "allOf") {
        return undefined;
      }
      if (keyword !== "type" && !ANNOTATIONS.has(keyword)) {
        united[keyword] = value;
      }
    }
  }
  return united;
}

/** There is one `format` only, so that of a number becomes its bounds. */
function withoutNumberFormat(schema: Schema): Schema {
  const { format, ...rest } = schema;
  switch (format) {
    case "int32":
    case "float": {
      const [minimum, maximum] = NUMBER_RANGES[format];
      return { minimum, maximum, ...rest };
    }
    case "int64":
    case "double":
      return rest;
    default:
      return schema;
  }
}

function typesOf({ type }: Schema): string[] {
  if (type === undefined) {
    return [];
  }
  return Array.isArray(type) ? type.map(String) : [String(type)];
}

function collapse(types: readonly string[]): Json {
  return types.length === 1 && types[0] !== undefined ? types[0] : types;
}

const MAYBE_CLOSED = ["additionalProperties", "$ref", "allOf"];

const FOLDABLE: ReadonlySet<string> = new Set(["type", "properties", "required", "additionalProperties"]);

/**
 * One schema that takes what all parts take. Objects become one object, as zod sees them: a property is unknown if no part
 * knows it, while JSON schema refuses it as soon as one does not; not so of objects inside (`isNested`). `allOf` says the rest.
 */
export function intersect(all: readonly Schema[], isNested = false): Schema {
  // Beside anything at all, a closed object is open for zod. That cannot be said, so both must be seen.
  const isKept = !isNested && all.some((part) => MAYBE_CLOSED.some((keyword) => part[keyword] !== undefined));
  const different = new Map(
    all.filter((part) => isKept || Object.keys(part).length > 0).map((part) => [canonical(part), part]),
  );
  const parts = [...different.values()].flatMap((part) =>
    Object.keys(part).length === 1 && Array.isArray(part["allOf"]) ? (part["allOf"] as Schema[]) : [part],
  );
  const [first = {}, ...more] = parts;
  if (more.length === 0) {
    return first;
  }
  const isFoldable = (part: Schema) =>
    part["type"] === "object" &&
    !(isNested && part["additionalProperties"] === false) &&
    Object.keys(part).every((keyword) => FOLDABLE.has(keyword));
  return parts.every(isFoldable) ? foldObjects(parts) : { allOf: parts };
}

function foldObjects(objects: readonly Schema[]): Schema {
  const properties: Schema = {};
  for (const name of new Set(objects.flatMap((object) => Object.keys(asSchema(object["properties"]))))) {
    const parts = objects.map(({ properties: own, additionalProperties }) =>
      Object.hasOwn(asSchema(own), name) ? asSchema(own)[name] : additionalProperties,
    );
    setOwn(properties, name, intersect(parts.filter(isRecord) as Schema[], true));
  }
  const result: Schema = { type: "object", properties };
  const required = new Set(objects.flatMap((object) => (object["required"] ?? []) as string[]));
  if (required.size > 0) {
    result["required"] = [...required];
  }
  const additional = objects.map((object) => object["additionalProperties"]);
  if (additional.every((each) => each === false)) {
    result["additionalProperties"] = false;
  } else if (additional.some(isRecord)) {
    result["additionalProperties"] = intersect(additional.filter(isRecord) as Schema[], true);
  }
  return result;
}
