import { type $ZodType, type $ZodTypes, globalRegistry } from "zod/v4/core";
import type { Json, Schema } from "../json.ts";

/** The name that `.meta({ id })` gave to a schema. */
export function idOf(schema: $ZodType): string | undefined {
  const id = globalRegistry.get(schema)?.id;
  return typeof id === "string" && id !== "" ? id : undefined;
}

/** The named schema that this one was made of, by `.describe()` or an additional check. */
export function namedParentOf(schema: $ZodType): $ZodType | undefined {
  let { parent } = schema._zod;
  while (parent !== undefined && idOf(parent) === undefined) {
    parent = parent._zod.parent;
  }
  return parent;
}

/** What is said about a schema, and does not restrict it. Other annotations could be mistaken for keywords that do. */
export function annotationsOf(schema: $ZodType, mayHaveCodecs: boolean): Schema {
  const { title, description, example, examples }: Record<string, unknown> = globalRegistry.get(schema) ?? {};
  const result: Schema = {};
  const hasCodec = () => mayHaveCodecs && [...allInside(schema)].some(isCodec);
  if (typeof title === "string") {
    result["title"] = title;
  }
  if (typeof description === "string") {
    result["description"] = description;
  }
  if (example !== undefined) {
    setCopy(result, "example", example);
  } else if (Array.isArray(examples) && examples.length > 0 && !hasCodec()) {
    setCopy(result, "example", examples[0]);
  }
  const { def } = (schema as $ZodTypes)._zod;
  // The default of a codec is a value of the program; a prefault goes the whole way, like one from the wire.
  if (def.type === "prefault" || (def.type === "default" && !hasCodec())) {
    setCopy(result, "default", def.defaultValue);
  }
  return result;
}

export function annotate(schema: Schema, annotations: Schema): Schema {
  if (Object.keys(annotations).length === 0) {
    return schema;
  }
  // Draft 4 ignores whatever stands beside a $ref.
  return schema["$ref"] === undefined ? { ...schema, ...annotations } : { ...annotations, allOf: [schema] };
}

/** A copy as JSON. What JSON cannot carry is left out: it only is an annotation. */
function setCopy(target: Schema, keyword: string, value: unknown): void {
  try {
    target[keyword] = JSON.parse(JSON.stringify(value)) as Json;
  } catch {
    // A bigint, or undefined.
  }
}

export function isCodec({ _zod: { traits } }: $ZodType): boolean {
  return traits.has("$ZodCodec");
}

/** Where the definitions of zod keep the schemas inside. */
const PARTS = [
  "innerType",
  "element",
  "valueType",
  "left",
  "right",
  "in",
  "out",
  "options",
  "catchall",
] as const;

/** A schema and all inside it, each once. */
export function allInside(schema: $ZodType, found = new Set<$ZodType>()): Set<$ZodType> {
  if (found.has(schema)) {
    return found;
  }
  found.add(schema);
  const { def, innerType } = schema._zod as unknown as {
    readonly def: { readonly [Part in (typeof PARTS)[number] | "shape"]?: unknown };
    readonly innerType?: unknown;
  };
  const parts = [innerType, PARTS.map((part) => def[part]), Object.values(def.shape ?? {})].flat(2);
  for (const part of parts) {
    if (isSchema(part)) {
      allInside(part, found);
    }
  }
  return found;
}

/** By its inside, not by instanceof: there may be several copies of zod in a program. */
export function isSchema(value: unknown): value is $ZodType {
  return typeof value === "object" && value !== null && "_zod" in value;
}
