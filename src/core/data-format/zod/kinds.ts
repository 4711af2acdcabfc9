import type { $ZodString, $ZodType } from "zod/v4/core";
import type { Schema } from "../json.ts";
import { divisorsOf, lengthKeywords, numberKeywords, stringFormatsOf } from "./checks.ts";
import { intersect } from "./combine.ts";
import { writeObject, writeRecord } from "./objects.ts";
import { enumValues, writeValues } from "./values.ts";
import type { SchemaOf, Type, Walk, Writer } from "./walk.ts";

const TRANSFORM = "a transform works one way only; use z.codec(), which says both ways";
const UNDEFINED =
  "JSON has no undefined; use z.optional() on a property, or null as the data format for no payload";
const COERCE =
  "z.coerce takes more than a data format can say; use the schema without coerce, or a z.codec()";

/** How each kind of zod schema is said in a data format: by a function; or, as a string, why it cannot be and what works instead. */
export const KINDS: { readonly [T in Type]: string | Writer<T> } = {
  string: writeString,
  number: writeNumber,
  boolean: ({ _zod: { def } }, path, walk) =>
    def.coerce === true ? walk.refuse(path, COERCE) : { type: "boolean" },
  null: () => ({ type: "null" }),
  any: () => ({}),
  unknown: () => ({}),
  enum: ({ _zod: { def } }, path, walk) => writeValues(enumValues(def.entries), path, walk),
  literal: ({ _zod: { def } }, path, walk) => writeValues(def.values, path, walk),
  template_literal: ({ _zod: { pattern } }) => ({ type: "string", pattern: pattern.source }),
  array: writeArray,
  object: writeObject,
  record: writeRecord,
  union: ({ _zod: { def } }, path, walk) =>
    walk.unite(
      def.options.map((option) => walk.write(option as $ZodType, path)),
      (def as { inclusive?: boolean }).inclusive === false,
      path,
    ),
  nullable: ({ _zod: { def } }, path, walk) =>
    walk.unite([walk.write(def.innerType, path), { type: "null" }], false, path),
  intersection: ({ _zod: { def } }, path, walk) => {
    const both = intersect([walk.write(def.left, path), walk.write(def.right, path)]);
    walk.checkIntersection(both, path);
    return both;
  },
  lazy: ({ _zod: { innerType } }, path, walk) => walk.write(innerType, path),
  optional: writeInner,
  nonoptional: writeInner,
  readonly: writeInner,
  default: writeInner,
  prefault: writeInner,
  pipe: ({ _zod: { def } }, path, walk) => {
    if (def.in._zod.def.type === "transform") {
      return walk.refuse(path, "z.preprocess() works one way only; use z.codec(), which says both ways");
    }
    return def.out._zod.def.type === "transform" ? walk.refuse(path, TRANSFORM) : walk.write(def.in, path);
  },

  date: "z.date() cannot travel as JSON; use z.iso.datetime(), or a z.codec() from z.iso.datetime() to z.date()",
  map: "z.map() cannot travel as JSON; use z.record(), or a z.codec() from z.record() to z.map()",
  set: "z.set() cannot travel as JSON; use z.array(), or a z.codec() from z.array() to z.set()",
  bigint:
    "z.bigint() cannot travel as JSON; use z.int() (up to 2^53), or a z.codec() from z.string() to z.bigint()",
  symbol: "z.symbol() cannot travel as JSON; use z.string()",
  undefined: UNDEFINED,
  void: UNDEFINED,
  never:
    "z.never() takes no value; leave the property out, or use z.strictObject() to forbid further properties",
  nan: "z.nan() cannot travel as JSON; use z.nullable(z.number())",
  custom:
    "z.custom() and z.instanceof() say nothing that a data format can; use a schema of the JSON value with z.refine(), or a z.codec()",
  function: "z.function() cannot travel as JSON; leave it out",
  transform: TRANSFORM,
  tuple:
    "z.tuple() is not part of the MSB's data formats; use z.object() with a property for each position, or z.array()",
  catch: "z.catch() takes every value, which a data format cannot say; use z.default() for a missing value",
  promise: "z.promise() cannot travel as JSON; use the schema inside it, and await the value before",
  file: "z.file() cannot travel as JSON; use z.base64()",
  success: "z.success() takes every value, which a data format cannot say; use z.boolean()",
};

function writeInner(
  { _zod: { def } }: SchemaOf<"optional" | "nonoptional" | "readonly" | "default" | "prefault">,
  path: string,
  walk: Walk,
): Schema {
  return walk.write(def.innerType, path);
}

function writeString(schema: $ZodString, path: string, walk: Walk): Schema {
  if (schema._zod.def.coerce === true) {
    return walk.refuse(path, COERCE);
  }
  const { format, patterns } = stringFormatsOf(schema);
  for (const pattern of patterns) {
    const flags = pattern.flags.replace(/[dgu]/g, "");
    if (flags !== "") {
      return walk.refuse(
        path,
        `the regular expression ${String(pattern)} has the flag "${flags}", which a data format cannot say; write it without, such as [A-Za-z] for "i"`,
      );
    }
  }
  const result: Schema = { type: "string", ...lengthKeywords(schema, "minLength", "maxLength") };
  if (format !== undefined) {
    result["format"] = format;
  }
  const [only, ...more] = patterns;
  if (only !== undefined && more.length === 0) {
    result["pattern"] = only.source;
  } else if (only !== undefined) {
    result["allOf"] = patterns.map(({ source }) => ({ type: "string", pattern: source }));
  }
  return result;
}

function writeNumber(schema: SchemaOf<"number">, path: string, walk: Walk): Schema {
  if (schema._zod.def.coerce === true) {
    return walk.refuse(path, COERCE);
  }
  const result = numberKeywords(schema);
  const [first, ...more] = divisorsOf(schema);
  for (const divisor of [first ?? 1, ...more]) {
    if (!(divisor > 0 && divisor < Number.POSITIVE_INFINITY)) {
      return walk.refuse(
        path,
        `the divisor of multipleOf() must be a finite number other than 0, not ${divisor}`,
      );
    }
  }
  if (first !== undefined) {
    result["multipleOf"] = first;
  }
  if (more.length > 0) {
    result["allOf"] = more.map((multipleOf) => ({ multipleOf }));
  }
  return result;
}

function writeArray(schema: SchemaOf<"array">, path: string, walk: Walk): Schema {
  const { element } = schema._zod.def;
  if (element._zod.optout === "optional") {
    walk.refuse(
      path,
      "an item of an array cannot be optional, because JSON has no undefined; use z.nullable()",
    );
  }
  const items = walk.write(element, `${path}[]`);
  return { type: "array", items, ...lengthKeywords(schema, "minItems", "maxItems") };
}
