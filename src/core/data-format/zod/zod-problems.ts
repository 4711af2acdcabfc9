import type { $ZodType, $ZodTypes } from "zod/v4/core";

const MESSAGES: Readonly<Record<string, string>> = {
  date: "z.date() cannot travel as JSON; use z.iso.datetime(), or a z.codec() from z.iso.datetime() to z.date()",
  map: "z.map() cannot travel as JSON; use z.record(), or a z.codec() from z.record() to z.map()",
  set: "z.set() cannot travel as JSON; use z.array(), or a z.codec() from z.array() to z.set()",
  bigint:
    "z.bigint() cannot travel as JSON; use z.int() (up to 2^53), or a z.codec() from z.string() to z.bigint()",
  symbol: "z.symbol() cannot travel as JSON; use z.string()",
  undefined:
    "JSON has no undefined; use z.optional() on a property, or null as the data format for no payload",
  void: "JSON has no undefined; use z.optional() on a property, or null as the data format for no payload",
  never:
    "z.never() takes no value; leave the property out, or use z.strictObject() to forbid further properties",
  nan: "z.nan() cannot travel as JSON; use z.nullable(z.number())",
  custom:
    "z.custom() and z.instanceof() say nothing that a data format can; use a schema of the JSON value with z.refine(), or a z.codec()",
  function: "z.function() cannot travel as JSON; leave it out",
  transform: "a transform works one way only; use z.codec(), which says both ways",
  preprocess: "z.preprocess() works one way only; use z.codec(), which says both ways",
  tuple:
    "z.tuple() is not part of the MSB's data formats; use z.object() with a property for each position, or z.array()",
  catch: "z.catch() takes every value, which a data format cannot say; use z.default() for a missing value",
  promise: "z.promise() cannot travel as JSON; use the schema inside it, and await the value before",
  file: "z.file() cannot travel as JSON; use z.base64()",
  success: "z.success() takes every value, which a data format cannot say; use z.boolean()",
  coerce: "z.coerce takes more than a data format can say; use the schema without coerce, or a z.codec()",
};

/** What keeps a zod schema out of a data format, and the closest thing that works; `undefined` if nothing does by itself. */
export function findProblem(schema: $ZodType): string | undefined {
  const { def } = (schema as $ZodTypes)._zod;
  switch (def.type) {
    case "tuple":
    case "catch":
    case "promise":
    case "file":
    case "success":
    case "never":
      return MESSAGES[def.type];
    case "pipe":
      if (def.in._zod.def.type === "transform") {
        return MESSAGES["preprocess"];
      }
      return def.out._zod.def.type === "transform" ? MESSAGES["transform"] : undefined;
    case "enum":
      return unusableValue(Object.values(def.entries));
    case "literal":
      return unusableValue(def.values);
    case "string":
    case "number":
    case "boolean":
      if (def.coerce === true) {
        return MESSAGES["coerce"];
      }
      return def.type === "string" ? patternProblem(schema) : undefined;
    case "array":
      return def.element._zod.optout === "optional"
        ? "an item of an array cannot be optional, because JSON has no undefined; use z.nullable()"
        : undefined;
    default:
      return undefined;
  }
}

/** What to say about a schema for which zod knows no JSON schema at all; `message` is zod's own text. */
export function explainUnrepresentable(schema: $ZodType, message: string): string {
  return findProblem(schema) ?? MESSAGES[schema._zod.def.type] ?? message;
}

function unusableValue(values: readonly unknown[]): string | undefined {
  const bad = values.filter((value) => !isJsonPrimitive(value)).map(String);
  return bad.length === 0
    ? undefined
    : `the value ${bad.join(", ")} cannot travel as JSON; use strings, finite numbers, booleans and null`;
}

function isJsonPrimitive(value: unknown): boolean {
  return value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
}

function patternProblem(schema: $ZodType): string | undefined {
  for (const { pattern } of stringFormatsOf(schema)) {
    const flags = pattern?.flags.replace(/[dgu]/g, "");
    if (flags !== undefined && flags !== "") {
      return `the regular expression ${String(pattern)} has the flag "${flags}", which a data format cannot say; write it without, such as [A-Za-z] for "i"`;
    }
  }
  return undefined;
}

export interface StringFormat {
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly precision?: number | null;
}

/** The string formats and patterns of a schema: its own, and those of its checks. */
export function stringFormatsOf(schema: $ZodType): StringFormat[] {
  return [
    schema._zod.def,
    ...(schema._zod.def.checks ?? []).map((check) => check._zod.def),
  ] as StringFormat[];
}
