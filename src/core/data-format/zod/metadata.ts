import { type $ZodType, type $ZodTypes, globalRegistry } from "zod/v4/core";
import type { Json, Schema } from "../json.ts";

/** What `.meta()` says about a schema. Before zod 4.1 only the copy of zod knows it that made the schema: it is asked through its method. */
function metaOf(schema: $ZodType): Record<string, unknown> {
  const { meta } = schema as { meta?: unknown };
  return { ...globalRegistry.get(schema), ...(typeof meta === "function" && meta.call(schema)) };
}

/** The name that `.meta({ id })` gave to a schema. */
export function idOf(schema: $ZodType): string | undefined {
  const { id } = metaOf(schema);
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
export function annotationsOf(schema: $ZodType): Schema {
  const { title, description, example, examples } = metaOf(schema);
  const { def } = (schema as $ZodTypes)._zod;
  // A codec makes another value of it, which cannot travel.
  const unlessConverted = (value: unknown): unknown =>
    value !== undefined && [...allInside(schema)].some(isCodec) ? undefined : value;
  const said = {
    title: typeof title === "string" ? title : undefined,
    description: typeof description === "string" ? description : undefined,
    example: example === undefined && Array.isArray(examples) ? unlessConverted(examples[0]) : example,
    // A prefault goes the whole way, like a value from the wire.
    default:
      def.type === "prefault"
        ? def.defaultValue
        : unlessConverted(def.type === "default" ? def.defaultValue : undefined),
  };
  const annotations: Schema = {};
  for (const [keyword, value] of Object.entries(said)) {
    if (value === undefined) {
      continue;
    }
    try {
      annotations[keyword] = JSON.parse(JSON.stringify(value)) as Json;
    } catch {
      // What JSON cannot carry is left out, such as a bigint.
    }
  }
  return annotations;
}

export function annotate(schema: Schema, annotations: Schema): Schema {
  if (Object.keys(annotations).length === 0) {
    return schema;
  }
  // Draft 4 ignores whatever stands beside a $ref.
  return schema["$ref"] === undefined ? { ...schema, ...annotations } : { ...annotations, allOf: [schema] };
}

function isCodec({ _zod: { traits } }: $ZodType): boolean {
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
