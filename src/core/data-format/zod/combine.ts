import { isRecord } from "../../../support/is-record.ts";
import type { Json } from "../json.ts";
import { asSchema, canonical, type Schema, setOwn } from "../json.ts";
import { ANNOTATIONS } from "../keywords.ts";
import { NUMBER_RANGES } from "./checks.ts";

/** The schemas in `allOf`, or another array of schemas. */
export function asSchemas(value: unknown): Schema[] {
  return Array.isArray(value) ? value.map(asSchema) : [];
}

/**
 * A schema that takes null besides what it takes already; `undefined` if that cannot be said.
 * Not for a `$ref`: what it refers to has to take null.
 */
export function orNull(schema: Schema): Schema | undefined {
  const { $ref, type, enum: values, allOf } = schema;
  const members = asSchemas(allOf).map(orNull);
  if ($ref !== undefined || members.includes(undefined)) {
    return undefined;
  }
  return {
    ...schema,
    ...(type !== undefined && { type: asType([...typesOf(schema), "null"]) }),
    ...(Array.isArray(values) && { enum: [...new Set([...values, null])] }),
    ...(members.length > 0 && { allOf: members as Schema[] }),
  };
}

/** What a reference takes is not known here. */
export function mayTakeNull(schema: Schema): boolean {
  const { type, enum: values } = schema;
  return type === undefined
    ? !Array.isArray(values) || values.includes(null)
    : typesOf(schema).includes("null");
}

/**
 * One schema that takes exactly what the alternatives take; `undefined` if there is none. That is possible for single
 * values, and for alternatives of different types, because each keyword speaks about one type only.
 */
export function unite(all: readonly Schema[], isExclusive: boolean): Schema | undefined {
  const alternatives = isExclusive ? all : distinct(all);
  const [only = { type: "null" }, ...more] = alternatives;
  if (more.length === 0) {
    return only;
  }
  if (!isExclusive && alternatives.some((schema) => Object.keys(schema).length === 0)) {
    return {};
  }
  return alternatives.every((schema) => Array.isArray(schema["enum"]))
    ? uniteValues(alternatives, isExclusive)
    : uniteTypes(alternatives);
}

function distinct(schemas: readonly Schema[]): Schema[] {
  return [...new Map(schemas.map((schema) => [canonical(schema), schema])).values()];
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
  return { ...(isTyped && { type: asType(alternatives.flatMap(typesOf)) }), enum: values };
}

function uniteTypes(alternatives: readonly Schema[]): Schema | undefined {
  const types = alternatives.flatMap(typesOf);
  const different = new Set(types.map((type) => (type === "integer" ? "number" : type)));
  if (different.size < types.length || alternatives.some((schema) => schema["type"] === undefined)) {
    return undefined;
  }
  const keywords = alternatives
    .flatMap((schema) => Object.entries(withoutNumberFormat(schema)))
    .filter(([keyword]) => !ANNOTATIONS.has(keyword));
  const united: Schema = { ...Object.fromEntries(keywords), type: asType(types) };
  return "enum" in united || "allOf" in united ? undefined : united;
}

/** There is one `format` only, so that of a number becomes its bounds. */
function withoutNumberFormat(schema: Schema): Schema {
  const { format, ...rest } = schema;
  if (!Object.hasOwn(NUMBER_RANGES, String(format))) {
    return schema;
  }
  const [minimum, maximum] = NUMBER_RANGES[format as keyof typeof NUMBER_RANGES];
  return format === "int32" || format === "float" ? { minimum, maximum, ...rest } : rest;
}

function typesOf({ type }: Schema): string[] {
  return [type ?? []].flat().map(String);
}

/** One type, or several, each once. */
function asType(types: readonly string[]): Json {
  const [only, ...more] = new Set(types);
  return only !== undefined && more.length === 0 ? only : [...new Set(types)];
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
  const different = distinct(all.filter((part) => isKept || Object.keys(part).length > 0));
  const parts = different.flatMap((part) =>
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
