import type { $ZodCheck, $ZodType } from "zod/v4/core";
import * as z from "zod/v4/mini";
import { isRecord } from "../../../support/is-record.ts";
import { canonical, type Schema } from "../json.ts";
import { compilePattern } from "../pattern.ts";

type Convert = (node: Schema) => $ZodType;

/** Whether a string matches a pattern. */
type Matches = (value: string) => boolean;

/** Makes the check of a `pattern`; `undefined` if it is not checked. */
export type PatternCompiler = (pattern: string) => Matches | undefined;

export function stringSchema(node: Schema, compileWith?: PatternCompiler): $ZodType {
  const checks: $ZodCheck<string>[] = [];
  when(node["minLength"], (length) => checks.push(lengthCheck("too_small", length)));
  when(node["maxLength"], (length) => checks.push(lengthCheck("too_big", length)));
  const pattern = node["pattern"];
  if (typeof pattern === "string") {
    checks.push(...patternChecks(pattern, compileWith));
  }
  if (node["format"] === "date-time") {
    checks.push(z.iso.datetime({ offset: true }));
  }
  if (node["format"] === "byte") {
    checks.push(z.base64());
  }
  return withChecks(z.string(), checks);
}

/** In code points, as JSON Schema counts. zod does so since 4.6, and counted UTF-16 units before. */
function lengthCheck(code: "too_small" | "too_big", bound: number): $ZodCheck<string> {
  return z.check((payload) => {
    const input = payload.value;
    const length = [...input].length;
    if (code === "too_small" ? length >= bound : length <= bound) {
      return;
    }
    payload.issues.push(
      code === "too_small"
        ? { code, origin: "string", minimum: bound, inclusive: true, input }
        : { code, origin: "string", maximum: bound, inclusive: true, input },
    );
  });
}

function patternChecks(pattern: string, compileWith: PatternCompiler | undefined): $ZodCheck<string>[] {
  if (compileWith === undefined) {
    const compiled = compilePattern(pattern);
    return compiled === undefined ? [] : [z.regex(compiled)];
  }
  const matches = compileWith(pattern);
  if (matches === undefined) {
    return [];
  }
  return [
    z.check((payload) => {
      if (matches(payload.value)) {
        return;
      }
      const input = payload.value;
      payload.issues.push({ code: "invalid_format", format: "regex", pattern: `/${pattern}/`, input });
    }),
  ];
}

export function numberSchema(node: Schema, isInteger: boolean): $ZodType {
  const checks: $ZodCheck<number>[] = [];
  when(node["minimum"], (minimum) =>
    checks.push(node["exclusiveMinimum"] === true ? z.gt(minimum) : z.gte(minimum)),
  );
  when(node["maximum"], (maximum) =>
    checks.push(node["exclusiveMaximum"] === true ? z.lt(maximum) : z.lte(maximum)),
  );
  when(node["multipleOf"], (divisor) => checks.push(multipleOf(divisor)));
  return withChecks(numberOfFormat(node["format"], isInteger), checks);
}

/** zod rounds a little, which is right for 0.3 and 0.1, but lets large numbers through that are not multiples. */
function multipleOf(divisor: number): $ZodCheck<number> {
  if (!Number.isInteger(divisor)) {
    return z.multipleOf(divisor);
  }
  return z.check((payload) => {
    if (payload.value % divisor === 0) {
      return;
    }
    payload.issues.push({ code: "not_multiple_of", origin: "number", divisor, input: payload.value });
  });
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
  const checks: $ZodCheck<unknown[]>[] = [];
  when(node["minItems"], (length) => checks.push(z.minLength(length)));
  when(node["maxItems"], (length) => checks.push(z.maxLength(length)));
  if (node["uniqueItems"] === true) {
    checks.push(
      z.refine((items) => new Set(items.map(canonical)).size === items.length, {
        error: "must have items that are all different",
      }),
    );
  }
  const items = isRecord(node["items"]) ? convert(node["items"] as Schema) : z.unknown();
  return withChecks(z.array(items), checks);
}

export function objectSchema(node: Schema, convert: Convert): $ZodType {
  const properties = isRecord(node["properties"]) ? (node["properties"] as Record<string, Schema>) : {};
  const required = new Set(Array.isArray(node["required"]) ? node["required"].map(String) : []);
  const additional = node["additionalProperties"];
  const others = isRecord(additional) ? convert(additional as Schema) : undefined;

  const shape: Record<string, $ZodType> = {};
  for (const [name, property] of Object.entries(properties)) {
    const schema = convert(property);
    shape[name] = required.has(name) ? present(schema) : z.optional(schema);
  }
  for (const name of required) {
    if (!Object.hasOwn(shape, name) && additional !== false) {
      shape[name] = present(others ?? z.unknown());
    }
  }

  const checks: $ZodCheck<object>[] = [];
  for (const name of required) {
    if (!Object.hasOwn(shape, name)) {
      checks.push(neverPresent(name));
    }
  }
  when(node["minProperties"], (minimum) => checks.push(propertyCount("too_small", minimum)));
  when(node["maxProperties"], (maximum) => checks.push(propertyCount("too_big", maximum)));
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
  if (others !== undefined) {
    return z.catchall(z.object(shape), z.optional(others)) as unknown as z.ZodMiniObject;
  }
  return z.looseObject(shape) as z.ZodMiniObject;
}

/** A schema without a type takes `undefined`, which JSON leaves out: not what `required` means. */
function present(schema: $ZodType): $ZodType {
  const { type } = schema._zod.def;
  if (type !== "unknown" && type !== "lazy") {
    return schema;
  }
  return (schema as z.ZodMiniType).check(
    z.check((payload) => {
      if (payload.value !== undefined) {
        return;
      }
      payload.issues.push({ code: "invalid_type", expected: "nonoptional", input: undefined });
    }),
  );
}

function neverPresent(name: string): $ZodCheck<object> {
  return z.check((payload) => {
    payload.issues.push({
      code: "custom",
      input: payload.value,
      message: `no value fits: the property "${name}" is required, but not allowed`,
    });
  });
}

function propertyCount(code: "too_small" | "too_big", bound: number): $ZodCheck<object> {
  return z.check((payload) => {
    const size = Object.values(payload.value).filter((member) => member !== undefined).length;
    if (code === "too_small" ? size >= bound : size <= bound) {
      return;
    }
    const amount = `${code === "too_small" ? "at least" : "at most"} ${bound}`;
    payload.issues.push({
      code: "custom",
      input: payload.value,
      message: `must have ${amount} ${bound === 1 ? "property" : "properties"}, not ${size}`,
    });
  });
}

function when(bound: unknown, add: (bound: number) => void): void {
  if (typeof bound === "number") {
    add(bound);
  }
}

function withChecks<T>(schema: z.ZodMiniType<T>, checks: readonly $ZodCheck<never>[]): $ZodType {
  return checks.length === 0 ? schema : schema.check(...(checks as $ZodCheck<T>[]));
}
