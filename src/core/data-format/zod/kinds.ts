import type { $ZodRecord, $ZodString, $ZodType, $ZodTypes } from "zod/v4/core";
import { memberStep } from "../../validation/path.ts";
import { type Schema, setOwn } from "../json.ts";
import { checkKey } from "../names.ts";
import type { Json } from "../types.ts";
import { divisorsOf, lengthKeywords, numberKeywords, stringFormatsOf } from "./checks.ts";
import { intersect } from "./combine.ts";

/** What a kind needs of the walker. Paths are for error messages. */
export interface Walk {
  /** The schema of a part. */
  write(schema: $ZodType, path: string): Schema;
  /** Notes why something cannot be said. The result takes anything, so that the rest can be looked at, too. */
  refuse(path: string, message: string): Schema;
  /** A schema that takes what one of the alternatives takes. */
  unite(alternatives: readonly Schema[], isExclusive: boolean, path: string): Schema;
  /** Refuses an intersection of closed objects, once all definitions are there. */
  checkIntersection(schema: Schema, path: string): void;
}

type Type = $ZodTypes["_zod"]["def"]["type"];
type SchemaOf<T extends Type> = Extract<$ZodTypes, { _zod: { def: { type: T } } }>;
type Writer<T extends Type> = (schema: SchemaOf<T>, path: string, walk: Walk) => Schema;

const TRANSFORM = "a transform works one way only; use z.codec(), which says both ways";
const UNDEFINED =
  "JSON has no undefined; use z.optional() on a property, or null as the data format for no payload";
const COERCE =
  "z.coerce takes more than a data format can say; use the schema without coerce, or a z.codec()";

/** How each kind of zod schema is said in a data format, or why it cannot be, and what works instead. */
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
      return walk.refuse(path, `A multipleOf divisor of ${divisor} cannot be represented in JSON Schema`);
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

/** The values of an enum, without the names that TypeScript adds to one of numbers, as in `{ A: 1, 1: "A" }`. */
function enumValues(entries: Readonly<Record<string, unknown>>): unknown[] {
  const numbers = Object.values(entries).filter((value) => typeof value === "number");
  return Object.entries(entries).flatMap(([name, value]) => (numbers.includes(Number(name)) ? [] : [value]));
}

/** The values of `z.enum()` or `z.literal()`. */
function writeValues(values: readonly unknown[], path: string, walk: Walk): Schema {
  const bad = values.filter((value) => !isJsonPrimitive(value)).map(String);
  if (bad.length > 0) {
    return walk.refuse(
      path,
      `the value ${bad.join(", ")} cannot travel as JSON; use strings, finite numbers, booleans and null`,
    );
  }
  if (values.length === 0) {
    return walk.refuse(path, "no value fits this schema, which a data format cannot say; leave it out");
  }
  const result: Schema = { enum: [...new Set(values as Json[])] };
  const [type, ...otherTypes] = new Set(values.map((value) => (value === null ? "null" : typeof value)));
  if (type !== undefined && otherTypes.length === 0) {
    result["type"] = values.every(Number.isInteger) ? "integer" : type;
  }
  return result;
}

function isJsonPrimitive(value: unknown): boolean {
  return value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
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

function writeObject({ _zod: { def } }: SchemaOf<"object">, path: string, walk: Walk): Schema {
  const { shape, catchall } = def;
  if (Object.getOwnPropertySymbols(shape).length > 0) {
    walk.refuse(path, "the name of a property must be a string, not a symbol");
  }
  const properties: Schema = {};
  const required: string[] = [];
  for (const [name, member] of Object.entries(shape) as [string, $ZodType][]) {
    setOwn(properties, name, writeProperty(name, member, path, walk));
    if (member._zod.optin === undefined) {
      required.push(name);
    }
  }
  const isStrict = catchall?._zod.def.type === "never";
  const others = catchall === undefined || isStrict ? {} : walk.write(catchall, `${path}.*`);
  return objectKeywords(properties, required, isStrict ? false : others);
}

function writeProperty(name: string, schema: $ZodType, path: string, walk: Walk): Schema {
  const inside = path + memberStep(name);
  const problem = checkKey(name);
  if (problem !== undefined) {
    walk.refuse(inside, problem);
  }
  return walk.write(schema, inside);
}

function objectKeywords(properties: Schema, required: readonly string[], others: Schema | false): Schema {
  const result: Schema = { type: "object", properties };
  if (required.length > 0) {
    result["required"] = required;
  }
  if (others === false || Object.keys(others).length > 0) {
    result["additionalProperties"] = others;
  }
  return result;
}

const FREE_KEYS: ReadonlySet<string> = new Set(["string", "any", "unknown"]);

function writeRecord({ _zod: { def } }: $ZodRecord, path: string, walk: Walk): Schema {
  const { keys, isPartial } = keysOf(def);
  const member = walk.write(def.valueType, `${path}.*`);
  if (keys === undefined) {
    const key = def.keyType._zod.def;
    if (FREE_KEYS.has(key.type) && !("format" in key) && (key.checks?.length ?? 0) === 0) {
      return { type: "object", ...(Object.keys(member).length > 0 && { additionalProperties: member }) };
    }
    return walk.refuse(
      path,
      def.keyType._zod.values === undefined
        ? "the keys of a z.record() cannot be restricted in a data format; use z.string() or z.enum() for the keys, or z.object()"
        : "the keys of a z.record() must be z.string(), z.enum() or z.literal(); or use z.object()",
    );
  }
  const properties: Schema = {};
  for (const key of keys) {
    const problem = checkKey(key);
    if (problem !== undefined) {
      walk.refuse(path + memberStep(key), problem);
    }
    setOwn(properties, key, member);
  }
  const required =
    isPartial || def.valueType._zod.optin !== undefined || takesNothing(def.valueType) ? [] : keys;
  // The loose kind ignores keys that do not fit, the other kind refuses them.
  return objectKeywords(properties, required, def.mode === "loose" ? {} : false);
}

/** The names of `z.enum()` or `z.literal()` as keys, and whether they may be missing. zod has said that in three ways so far. */
function keysOf(def: $ZodRecord["_zod"]["def"]): { keys?: string[]; isPartial: boolean } {
  let key = def.keyType as $ZodTypes;
  let isPartial = def.partial === true;
  if (key._zod.def.type === "union") {
    // `z.partialRecord()` before zod 4.1.
    const [first, second, ...more] = key._zod.def.options as readonly $ZodTypes[];
    if (first !== undefined && second?._zod.def.type === "never" && more.length === 0) {
      key = first;
      isPartial = true;
    }
  }
  // `z.partialRecord()` before zod 4.5 takes away the values.
  isPartial ||= key._zod.values === undefined;
  const keyDef = key._zod.def;
  if (keyDef.type !== "enum" && keyDef.type !== "literal") {
    return { isPartial };
  }
  const values = keyDef.type === "enum" ? enumValues(keyDef.entries) : keyDef.values;
  return values.length > 0 ? { keys: [...new Set(values.map(String))], isPartial } : { isPartial };
}

/** Whether zod takes a missing member of a record: `z.any()` does, however it is wrapped. */
function takesNothing(schema: $ZodType): boolean {
  try {
    const result = schema._zod.run({ value: undefined, issues: [] }, { async: false });
    return !(result instanceof Promise) && result.issues.length === 0;
  } catch {
    // A check that cannot do without a value.
    return false;
  }
}
