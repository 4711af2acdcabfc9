import type { $ZodChecks, $ZodType } from "zod/v4/core";
import type { Schema } from "../json.ts";

type CheckDef = $ZodChecks["_zod"]["def"];

/** What a schema checks besides its type, of one kind: a format of its own comes first, as in `z.email().min(5)`. */
function checksOf<Kind extends CheckDef["check"]>(
  { _zod: { def } }: $ZodType,
  kind: Kind,
): Extract<CheckDef, { check: Kind }>[] {
  const all = [def, ...(def.checks ?? []).map((check) => check._zod.def)] as CheckDef[];
  return all.filter(({ check }) => check === kind) as Extract<CheckDef, { check: Kind }>[];
}

/** Whether a value becomes another one, by `.trim()` for example. */
export function overwrites(schema: $ZodType): boolean {
  return checksOf(schema, "overwrite").length > 0;
}

/** The smallest and the largest value of each number format of the MSB. JavaScript rounds integers beyond 2^53. */
export const NUMBER_RANGES = {
  int32: [-2147483648, 2147483647],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  float: [-3.4028234663852886e38, 3.4028234663852886e38],
  double: [-Number.MAX_VALUE, Number.MAX_VALUE],
} as const;

/** zod has a format for it, the MSB has not. */
const UNSIGNED = [0, 4294967295] as const;

/** Type, format and bounds of a number; a bound that only repeats the format is left out. */
export function numberKeywords(schema: $ZodType): Schema {
  const formats: string[] = checksOf(schema, "number_format").map(({ format }) => format);
  const isInteger = formats.some((format) => format.includes("int"));
  const integer = formats.includes("int32") ? "int32" : "int64";
  const format = isInteger ? integer : formats.includes("float32") ? "float" : "double";
  const isUnsigned = formats.includes("uint32");
  const [minimum, maximum] = isUnsigned ? UNSIGNED : NUMBER_RANGES[format];
  return {
    type: isInteger ? "integer" : "number",
    format,
    ...(isUnsigned && { minimum, maximum }),
    ...boundKeywords(checksOf(schema, "greater_than"), Math.max, minimum, "minimum", "exclusiveMinimum"),
    ...boundKeywords(checksOf(schema, "less_than"), Math.min, maximum, "maximum", "exclusiveMaximum"),
  };
}

/** The tightest bound on one side; nothing if none is tighter than the limit. NaN stays, so that it is refused. */
function boundKeywords(
  checks: readonly { readonly value: unknown; readonly inclusive: boolean }[],
  tightest: (...bounds: number[]) => number,
  limit: number,
  keyword: string,
  exclusiveKeyword: string,
): Schema {
  const bound = tightest(limit, ...checks.map(({ value }) => Number(value)));
  const isExclusive = checks.some(({ value, inclusive }) => Number(value) === bound && !inclusive);
  return {
    ...((bound !== limit || isExclusive) && { [keyword]: bound }),
    ...(isExclusive && { [exclusiveKeyword]: true }),
  };
}

/** The divisors of `multipleOf`, each once. */
export function divisorsOf(schema: $ZodType): Set<number> {
  return new Set(checksOf(schema, "multiple_of").map(({ value }) => Math.abs(Number(value))));
}

/** The bounds of the length of a string or an array. NaN stays here, too. */
export function lengthKeywords(schema: $ZodType, minKeyword: string, maxKeyword: string): Schema {
  const exact = checksOf(schema, "length_equals").map(({ length }) => length);
  const min = Math.max(0, ...exact, ...checksOf(schema, "min_length").map(({ minimum }) => minimum));
  const max = Math.min(
    Number.POSITIVE_INFINITY,
    ...exact,
    ...checksOf(schema, "max_length").map(({ maximum }) => maximum),
  );
  return {
    ...(min !== 0 && { [minKeyword]: min }),
    ...(max !== Number.POSITIVE_INFINITY && { [maxKeyword]: max }),
  };
}

interface StringFormat {
  readonly format: string;
  readonly pattern?: RegExp;
  /** Of a datetime: the digits of the second; -1 for none, not even seconds. */
  readonly precision?: number | null;
  /** Of a datetime: no zone is needed. */
  readonly local?: boolean;
}

/** zod checks base64url in two steps since 4.6, and its pattern says the first one only. */
const BASE64URL = /^([\w-]{4})*([\w-]{2,3})?$/;

/** The MSB's format of a string, and the patterns that say what it does not. The MSB knows two formats only. */
export function stringFormatsOf(schema: $ZodType): { format: string | undefined; patterns: RegExp[] } {
  const checks: readonly StringFormat[] = checksOf(schema, "string_format") as never;
  const isLax = checks.some(({ local, precision }) => local === true || precision === -1);
  const names: Readonly<Record<string, string>> = {
    base64: "byte",
    ...(!isLax && { datetime: "date-time" }),
  };
  const said = checks.find(({ format }) => format in names)?.format;
  const patterns = checks
    .filter(({ format, precision }) => format !== said || typeof precision === "number")
    .map(({ format, pattern }) => (format === "base64url" ? BASE64URL : pattern))
    .filter((pattern) => pattern !== undefined);
  const different = new Map(patterns.map((pattern) => [pattern.source, pattern]));
  return { format: said && names[said], patterns: [...different.values()] };
}
