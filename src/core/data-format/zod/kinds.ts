import type { $ZodType } from "zod/v4/core";
import type { Schema } from "../json.ts";
import { divisorsOf, lengthKeywords, numberKeywords, stringFormatsOf } from "./checks.ts";
import { intersect } from "./combine.ts";
import { FUNCTION } from "./foreign.ts";
import { isSchema } from "./metadata.ts";
import { writeObject, writeRecord } from "./objects.ts";
import { enumValues, writeValues } from "./values.ts";
import type { Type, Walk, Writer } from "./walk.ts";

const TRANSFORM = "a transform works one way only; use z.codec(), which says both ways";
const UNDEFINED =
  "JSON has no undefined; use z.optional() on a property, or null as the data format for no payload";

const writeInner = ({ innerType }: { innerType: $ZodType }, walk: Walk): Schema => walk.write(innerType);

/** How each kind of zod schema is said in a data format: by a function; or, as a string, why it cannot be and what works instead. */
export const KINDS: { readonly [T in Type]: string | Writer<T> } = {
  string: (_, walk, schema) => writeString(schema, walk),
  number: (_, walk, schema) => writeNumber(schema, walk),
  boolean: () => ({ type: "boolean" }),
  null: () => ({ type: "null" }),
  any: () => ({}),
  unknown: () => ({}),
  enum: ({ entries }, walk) => writeValues(enumValues(entries), walk),
  literal: ({ values }, walk) => writeValues(values, walk),
  template_literal: (_, __, { _zod: { pattern } }) => ({ type: "string", pattern: pattern.source }),
  array: ({ element }, walk, schema) => {
    const items = walk.write(element, `${walk.path}[]`);
    if (isSchema(element) && element._zod.optout === "optional") {
      walk.refuse("an item of an array cannot be optional, because JSON has no undefined; use z.nullable()");
    }
    return { type: "array", items, ...lengthKeywords(schema, "minItems", "maxItems") };
  },
  object: writeObject,
  record: writeRecord,
  union: (def, walk) =>
    walk.unite(
      def.options.map((option) => walk.write(option as $ZodType)),
      (def as { inclusive?: boolean }).inclusive === false,
    ),
  nullable: ({ innerType }, walk) => walk.unite([walk.write(innerType), { type: "null" }]),
  intersection: ({ left, right }, walk) =>
    walk.checkIntersection(intersect([walk.write(left), walk.write(right)])),
  lazy: (_, walk, { _zod: { innerType } }) => walk.write(innerType),
  optional: writeInner,
  nonoptional: writeInner,
  readonly: writeInner,
  default: writeInner,
  prefault: writeInner,
  pipe: (def, walk) => {
    if (def.in._zod.def.type === "transform") {
      return walk.refuse("z.preprocess() works one way only; use z.codec(), which says both ways");
    }
    return def.out._zod.def.type === "transform" ? walk.refuse(TRANSFORM) : walk.write(def.in);
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
  function: FUNCTION,
  transform: TRANSFORM,
  tuple:
    "z.tuple() is not part of the MSB's data formats; use z.object() with a property for each position, or z.array()",
  catch: "z.catch() takes every value, which a data format cannot say; use z.default() for a missing value",
  promise: "z.promise() cannot travel as JSON; use the schema inside it, and await the value before",
  file: "z.file() cannot travel as JSON; use z.base64()",
  success: "z.success() takes every value, which a data format cannot say; use z.boolean()",
};

function writeString(schema: $ZodType, walk: Walk): Schema {
  const { format, patterns } = stringFormatsOf(schema);
  for (const pattern of patterns) {
    const flags = pattern.flags.replace(/[dgu]/g, "");
    if (flags !== "") {
      return walk.refuse(
        `the regular expression ${String(pattern)} has the flag "${flags}", which a data format cannot say; write it without, such as [A-Za-z] for "i"`,
      );
    }
  }
  const sources = patterns.map(({ source }) => ({ type: "string", pattern: source }));
  return {
    type: "string",
    ...lengthKeywords(schema, "minLength", "maxLength"),
    ...(format !== undefined && { format }),
    ...(sources.length > 1 ? { allOf: sources } : sources[0]),
  };
}

function writeNumber(schema: $ZodType, walk: Walk): Schema {
  const divisors = [...divisorsOf(schema)];
  for (const divisor of divisors) {
    if (!(divisor > 0 && divisor < Number.POSITIVE_INFINITY)) {
      return walk.refuse(`the divisor of multipleOf() must be a finite number other than 0, not ${divisor}`);
    }
  }
  const [first, ...others] = divisors.map((multipleOf) => ({ multipleOf }));
  return { ...numberKeywords(schema), ...first, ...(others.length > 0 && { allOf: others }) };
}
