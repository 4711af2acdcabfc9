import type { $ZodChecks, $ZodType } from "zod/v4/core";
import type { Schema } from "../json.ts";

type CheckDef = $ZodChecks["_zod"]["def"];

/** What a schema checks besides its type: a format of its own comes first, as in `z.email().min(5)`. */
function checksOf({ _zod: { def } }: $ZodType): CheckDef[] {
  return [def, ...(def.checks ?? []).map((check) => check._zod.def)] as CheckDef[];
}

/** Whether a value becomes another one, by `.trim()` for example. */
export function overwrites(schema: $ZodType): boolean {
  return checksOf(schema).some(({ check }) => check === "overwrite");
}

/** The smallest and the largest value of each number format of the MSB. JavaScript rounds integers beyond 2^53. */
export const NUMBER_RANGES = {
  int32: [-2147483648, 2147483647],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  float: [-3.4028234663852886e38, 3.4028234663852886e38],
  double: [-Number.MAX_VALUE, Number.MAX_VALUE],
} as const;

/** Type, format and bounds of a number; a bound that only repeats the format is left out. */
export function numberKeywords(schema: $ZodType): Schema {
  const checks = checksOf(schema);
  const formats: string[] = checks.flatMap((check) =>
    check.check === "number_format" ? [check.format] : [],
  );
  const isInteger = formats.some((format) => format.includes("int"));
  const integer = formats.includes("int32") ? "int32" : "int64";
  const format = isInteger ? integer : formats.includes("float32") ? "float" : "double";
  const isUnsigned = formats.includes("uint32");
  return {
    type: isInteger ? "integer" : "number",
    format,
    ...(isUnsigned && { minimum: 0, maximum: 4294967295 }),
    ...boundKeywords(checks, "greater_than", isUnsigned ? 0 : NUMBER_RANGES[format][0]),
    ...boundKeywords(checks, "less_than", isUnsigned ? 4294967295 : NUMBER_RANGES[format][1]),
  };
}

/** The tightest bound on one side; nothing if none is tighter than the limit. */
function boundKeywords(
  checks: readonly CheckDef[],
  side: "greater_than" | "less_than",
  limit: number,
): Schema {
  const [keyword, exclusiveKeyword, sign] =
    side === "greater_than"
      ? ["minimum", "exclusiveMinimum", 1]
      : (["maximum", "exclusiveMaximum", -1] as const);
  let bound = limit;
  let result: Schema = {};
  // NaN stays, so that it is refused: what it asks for cannot be said.
  for (const check of checks) {
    if (check.check !== side) {
      continue;
    }
    const value = Number(check.value);
    const isLooser = sign * value <= sign * bound && (value !== bound || check.inclusive);
    if (!Number.isNaN(bound) && !isLooser) {
      bound = value;
      result = check.inclusive ? { [keyword]: value } : { [keyword]: value, [exclusiveKeyword]: true };
    }
  }
  return result;
}

/** The divisors of `multipleOf`, each once. */
export function divisorsOf(schema: $ZodType): Set<number> {
  const divisors = checksOf(schema).flatMap((check) =>
    check.check === "multiple_of" ? [Number(check.value)] : [],
  );
  return new Set(divisors.map(Math.abs));
}

/** The bounds of the length of a string or an array. */
export function lengthKeywords(schema: $ZodType, minKeyword: string, maxKeyword: string): Schema {
  let min = 0;
  let max = Number.POSITIVE_INFINITY;
  for (const check of checksOf(schema)) {
    if (check.check === "min_length") {
      min = Math.max(min, check.minimum);
    } else if (check.check === "max_length") {
      max = Math.min(max, check.maximum);
    } else if (check.check === "length_equals") {
      min = Math.max(min, check.length);
      max = Math.min(max, check.length);
    }
  }
  return {
    // NaN stays here, too.
    ...(!(min <= 0) && { [minKeyword]: min }),
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
export function stringFormatsOf(schema: $ZodType): { format?: string; patterns: RegExp[] } {
  const checks = checksOf(schema).filter(
    ({ check }) => check === "string_format",
  ) as unknown as StringFormat[];
  const isLax = checks.some(({ local, precision }) => local === true || precision === -1);
  const patterns = new Map<string, RegExp>();
  let said: string | undefined;
  for (const { format, pattern, precision } of checks) {
    const known = format === "base64" ? "byte" : format === "datetime" && !isLax ? "date-time" : undefined;
    said ??= known;
    const exact = format === "base64url" ? BASE64URL : pattern;
    const isSaid = known !== undefined && known === said && typeof precision !== "number";
    if (exact !== undefined && !isSaid) {
      patterns.set(exact.source, exact);
    }
  }
  return { ...(said !== undefined && { format: said }), patterns: [...patterns.values()] };
}
