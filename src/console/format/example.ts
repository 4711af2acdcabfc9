import { isRecord } from "../../support/is-record.ts";
import {
  asFormat,
  type Format,
  mergedInside,
  own,
  propertiesOf,
  refOf,
  rootsOf,
  type Schema,
} from "./schema.ts";

/** A value that fits a data format in most cases, to begin with; `undefined` for no payload. */
export function exampleOf(dataFormat: unknown): unknown {
  const format = asFormat(dataFormat);
  if (format === undefined) {
    return undefined;
  }
  const values = rootsOf(format).map(([name, schema]) => [name, example(schema, format, [])] as const);
  return hasNamedParameters(dataFormat) ? Object.fromEntries(values) : values[0]?.[1];
}

/** Whether a function takes its parameters by name, and not a value. */
export function hasNamedParameters(dataFormat: unknown): boolean {
  const format = asFormat(dataFormat);
  return format !== undefined && !Object.hasOwn(format, "dataObject");
}

/** The same for a part of a format. */
export function exampleOfSchema(schema: Schema, format: Format): unknown {
  return example(schema, format, []);
}

/** @param inside the definitions on the way, so that one that refers to itself comes to an end. */
function example(schema: Schema, format: Format, inside: readonly string[]): unknown {
  const name = refOf(schema);
  if (name !== undefined) {
    const definition = own(format, name);
    return definition === undefined || inside.includes(name)
      ? undefined
      : example(definition, format, [...inside, name]);
  }
  const given = [schema["example"], schema["default"], first(schema["enum"])];
  const found = given.find((value) => value !== undefined);
  if (found !== undefined) {
    return found;
  }
  const whole = mergedInside(schema, format, inside);
  return makeUp(whole.schema, format, whole.inside);
}

function makeUp(schema: Schema, format: Format, inside: readonly string[]): unknown {
  const type = first(schema["type"]) ?? schema["type"] ?? (isRecord(schema["properties"]) ? "object" : "");
  switch (type) {
    case "object": {
      const entries = propertiesOf(schema).map(([name, part]) => [name, example(part, format, inside)]);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
    case "array": {
      const item = isRecord(schema["items"]) ? example(schema["items"], format, inside) : undefined;
      return item === undefined
        ? []
        : Array(Math.min(10, Math.max(1, numberOf(schema, "minItems", 1)))).fill(item);
    }
    case "integer":
      return Math.ceil(numberIn(schema, 1));
    case "number":
      return numberIn(schema, 1.5);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return stringIn(schema);
  }
}

function numberIn(schema: Schema, wanted: number): number {
  const step = numberOf(schema, "multipleOf", wanted);
  const min = numberOf(schema, "minimum", Number.NEGATIVE_INFINITY);
  const max = numberOf(schema, "maximum", Number.POSITIVE_INFINITY);
  const start = step === wanted ? wanted : step;
  const low = schema["exclusiveMinimum"] === true ? min + step : min;
  const high = schema["exclusiveMaximum"] === true ? max - step : max;
  if (start < low) {
    return step === wanted ? low : Math.ceil(low / step) * step;
  }
  return Math.min(start, high);
}

function stringIn(schema: Schema): string {
  switch (schema["format"]) {
    case "date-time":
      return new Date().toISOString();
    case "byte":
      return "AAEC";
    default:
      return "text"
        .padEnd(Math.min(1_000, numberOf(schema, "minLength", 0)), "x")
        .slice(0, numberOf(schema, "maxLength", 1_000));
  }
}

function numberOf(schema: Schema, keyword: string, fallback: number): number {
  const value = schema[keyword];
  return typeof value === "number" ? value : fallback;
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}
