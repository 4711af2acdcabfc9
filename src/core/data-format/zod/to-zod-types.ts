import { type $ZodCheck, $ZodISODateTime, type $ZodRawIssue, type $ZodType } from "zod/v4/core";
import * as z from "zod/v4/mini";
import { isRecord } from "../../../support/is-record.ts";
import { asSchema, canonical, type Schema } from "../json.ts";
import { compilePattern } from "../pattern.ts";

type Convert = (node: Schema) => $ZodType;

/** Whether a string matches a pattern. */
type Matches = (value: string) => boolean;

/** Makes the check of a `pattern`; `undefined` if it is not checked. */
export type PatternCompiler = (pattern: string) => Matches | undefined;

/** A check that has an issue with each value that does not fit. */
function checkOf<Value>(
  fits: (value: Value) => boolean,
  issueOf: (input: Value) => $ZodRawIssue,
): $ZodCheck<Value> {
  return z.check((payload) => {
    if (!fits(payload.value)) {
      // So that the other checks have their say as well.
      payload.issues.push({ ...issueOf(payload.value), continue: true });
    }
  });
}

/** The same in words of its own. */
export function refine<Value>(fits: (value: Value) => boolean, message: string): $ZodCheck<Value> {
  return checkOf(fits, (input) => ({ code: "custom", input, message }));
}

type Sized = "number" | "string" | "object";

/** The checks of two keywords that are bounds: of numbers, of characters, or of properties. */
function boundChecks<Value>(
  origin: Sized,
  { min, max, isAbove = false, isBelow = false }: Bounds,
  sizeOf: (value: Value) => number,
): $ZodCheck<Value>[] {
  const checks: $ZodCheck<Value>[] = [];
  if (typeof min === "number") {
    checks.push(
      checkOf(
        (value) => sizeOf(value) > min || (!isAbove && sizeOf(value) === min),
        (input) => ({ code: "too_small", origin, minimum: min, inclusive: !isAbove, input }),
      ),
    );
  }
  if (typeof max === "number") {
    checks.push(
      checkOf(
        (value) => sizeOf(value) < max || (!isBelow && sizeOf(value) === max),
        (input) => ({ code: "too_big", origin, maximum: max, inclusive: !isBelow, input }),
      ),
    );
  }
  return checks;
}

interface Bounds {
  readonly min: unknown;
  readonly max: unknown;
  /** Whether the bound itself is too small, or too big. */
  readonly isAbove?: boolean;
  readonly isBelow?: boolean;
}

export function stringSchema(node: Schema, compileWith?: PatternCompiler): $ZodType {
  const { minLength: min, maxLength: max, pattern, format } = node;
  // In code points, as JSON Schema counts. zod does so since 4.6, and counted UTF-16 units before.
  const checks = boundChecks<string>("string", { min, max }, (value) => [...value].length);
  if (typeof pattern === "string") {
    checks.push(...patternChecks(pattern, compileWith));
  }
  if (format === "date-time") {
    checks.push(dateTime());
  }
  if (format === "byte") {
    checks.push(z.base64());
  }
  return withChecks(z.string(), checks);
}

/** `z.iso.datetime({ offset: true })`, without the other formats of `z.iso` in every bundle. */
function dateTime(): $ZodCheck<string> {
  return new $ZodISODateTime({
    type: "string",
    format: "datetime",
    check: "string_format",
    precision: null,
    offset: true,
    local: false,
  });
}

function patternChecks(source: string, compileWith: PatternCompiler | undefined): $ZodCheck<string>[] {
  const compiled = compileWith === undefined ? compilePattern(source) : undefined;
  const matches =
    compileWith === undefined ? compiled && ((value: string) => compiled.test(value)) : compileWith(source);
  const pattern = String(compiled ?? `/${source}/`);
  return matches === undefined
    ? []
    : [checkOf(matches, (input) => ({ code: "invalid_format", format: "regex", pattern, input }))];
}

export function numberSchema(node: Schema, isInteger: boolean): $ZodType {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = node;
  const checks = boundChecks<number>(
    "number",
    { min: minimum, max: maximum, isAbove: exclusiveMinimum === true, isBelow: exclusiveMaximum === true },
    (value) => value,
  );
  if (typeof multipleOf === "number") {
    checks.push(multipleCheck(multipleOf));
  }
  return withChecks(numberOfFormat(format, isInteger), checks);
}

/** zod rounds a little, which is right for 0.3 and 0.1, but lets large numbers through that are not multiples. */
function multipleCheck(divisor: number): $ZodCheck<number> {
  return Number.isInteger(divisor)
    ? checkOf(
        (value) => value % divisor === 0,
        (input) => ({ code: "not_multiple_of", origin: "number", divisor, input }),
      )
    : z.multipleOf(divisor);
}

function numberOfFormat(format: unknown, isInteger: boolean): z.ZodMiniNumber<number> {
  if (format === "int32") {
    return z.int32();
  }
  // From 2^53 on JavaScript rounds, and z.int() stops there.
  if (isInteger || format === "int64") {
    return z.int();
  }
  return format === "float" ? z.float32() : z.number();
}

export function arraySchema(node: Schema, convert: Convert): $ZodType {
  const { minItems, maxItems, uniqueItems, items } = node;
  const checks: $ZodCheck<unknown[]>[] = [];
  if (typeof minItems === "number") {
    checks.push(z.minLength(minItems));
  }
  if (typeof maxItems === "number") {
    checks.push(z.maxLength(maxItems));
  }
  if (uniqueItems === true) {
    const isUnique = (values: unknown[]) => new Set(values.map(canonical)).size === values.length;
    checks.push(refine(isUnique, "must have items that are all different"));
  }
  return withChecks(z.array(isRecord(items) ? convert(items as Schema) : z.unknown()), checks);
}

export function objectSchema(node: Schema, convert: Convert): $ZodType {
  const { required: names, additionalProperties: additional, minProperties: min, maxProperties: max } = node;
  const required = new Set(Array.isArray(names) ? names.map(String) : []);
  const others = isRecord(additional) ? convert(additional as Schema) : undefined;

  const shape: Record<string, $ZodType> = {};
  for (const [name, property] of Object.entries(asSchema(node["properties"]))) {
    const schema = convert(property as Schema);
    shape[name] = required.has(name) ? present(schema) : z.optional(schema);
  }
  const checks: $ZodCheck<object>[] = [];
  for (const name of required) {
    if (Object.hasOwn(shape, name)) {
      continue;
    }
    if (additional === false) {
      const message = `no value fits: the property "${name}" is required, but not allowed`;
      checks.push(refine(() => false, message));
    } else {
      shape[name] = present(others ?? z.unknown());
    }
  }
  const countMembers = (value: object) =>
    Object.values(value).filter((member) => member !== undefined).length;
  checks.push(...boundChecks("object", { min, max }, countMembers));
  return withChecks(objectOf(shape, additional, others), checks);
}

function objectOf(
  shape: Record<string, $ZodType>,
  additional: unknown,
  others: $ZodType | undefined,
): z.ZodMiniObject {
  if (additional === false) {
    return z.strictObject(shape) as z.ZodMiniObject;
  }
  const further = others === undefined ? z.unknown() : z.optional(others);
  return z.catchall(z.object(shape), further) as unknown as z.ZodMiniObject;
}

/** A schema without a type takes `undefined`, which JSON leaves out: not what `required` means. */
function present(schema: $ZodType): $ZodType {
  const { type } = schema._zod.def;
  const isThere = checkOf(
    (value) => value !== undefined,
    (input) => ({ code: "invalid_type", expected: "nonoptional", input }),
  );
  return type === "unknown" || type === "lazy" ? (schema as z.ZodMiniType).check(isThere) : schema;
}

function withChecks<T>(schema: z.ZodMiniType<T>, checks: readonly $ZodCheck<never>[]): $ZodType {
  return checks.length === 0 ? schema : schema.check(...(checks as $ZodCheck<T>[]));
}
