import type { Json } from "../../../core/data-format/index.ts";
import { asSchema, type Schema, setOwn } from "../../../core/data-format/json.ts";
import { nameInRef } from "../../../core/data-format/names.ts";
import { compilePattern } from "../../../core/data-format/pattern.ts";
import { isRecord } from "../../../support/is-record.ts";
import type { Format } from "../description/formats.ts";
import { type Length, lengthOf, matches, textOf } from "./matching.ts";

/** A value of a data format, to begin with. */
export function exampleOf({ root, definitions }: Format): Json {
  return exampleOfSchema(root, []) ?? null;

  /** @returns `undefined` where it would have no end */
  function exampleOfSchema(schema: Schema, outside: readonly string[]): Json | undefined {
    const name = nameInRef(schema);
    if (name !== undefined) {
      return outside.includes(name)
        ? undefined
        : exampleOfSchema(asSchema(definitions[name]), [...outside, name]);
    }
    const { enum: values, allOf, type } = schema;
    if (Array.isArray(values)) {
      return values[0];
    }
    if (Array.isArray(allOf)) {
      return together(allOf.map((part) => exampleOfSchema(asSchema(part), outside)));
    }
    const [first] = [type].flat();
    switch (first) {
      case "array":
        return exampleOfArray(schema, outside);
      case "object":
        return exampleOfObject(schema, outside);
      case "string":
        return exampleOfString(schema);
      case "integer":
      case "number":
        return exampleOfNumber(schema);
      case "boolean":
        return true;
      default:
        return null;
    }
  }

  function exampleOfArray({ items, minItems }: Schema, outside: readonly string[]): Json | undefined {
    const item = exampleOfSchema(asSchema(items), outside);
    const count = Math.min(Math.max(1, Number(minItems ?? 1)), 10);
    return item === undefined ? [] : Array.from({ length: count }, () => item);
  }

  function exampleOfObject({ properties, required }: Schema, outside: readonly string[]): Json | undefined {
    const example: Schema = {};
    const names = Array.isArray(required) ? required : [];
    for (const [name, property] of Object.entries(asSchema(properties))) {
      const value = exampleOfSchema(asSchema(property), outside);
      if (value !== undefined) {
        setOwn(example, name, value);
      } else if (names.includes(name)) {
        return undefined;
      }
    }
    return example;
  }
}

function together(values: readonly (Json | undefined)[]): Json | undefined {
  return values.every(isRecord) ? Object.assign({}, ...values) : values[0];
}

function exampleOfString({ format, minLength, maxLength, pattern }: Schema): Json {
  switch (format) {
    case "date-time":
      return "2026-01-31T12:00:00.000Z";
    case "byte":
      return "SGVsbG8=";
    default:
      return typeof pattern === "string"
        ? exampleOfPattern(pattern, {
            least: Number(minLength ?? 0),
            most: Number(maxLength ?? Number.POSITIVE_INFINITY),
          })
        : anyText(minLength, maxLength);
  }
}

function anyText(minLength: Json | undefined, maxLength: Json | undefined): string {
  return "text".padEnd(Math.min(Number(minLength ?? 0), 100), "…").slice(0, Number(maxLength ?? 100));
}

/** If none is found, a text that says what has to stand there: the SDK refuses it, and says so, too. */
function exampleOfPattern(source: string, length: Length): string {
  const text = anyText(length.least, length.most);
  const pattern = compilePattern(source);
  if (pattern === undefined || (lengthOf(text) >= length.least && matches(pattern, text))) {
    return text;
  }
  return textOf(pattern, length) ?? `put in a text that matches ${source}`;
}

function exampleOfNumber({ minimum, maximum, multipleOf, ...rest }: Schema): Json {
  const step = Number(multipleOf ?? 1);
  const least = Number(minimum ?? Math.min(Number(maximum ?? 1), 1));
  const above = Math.ceil(least / step) * step;
  return rest["exclusiveMinimum"] === true && above === least ? above + step : above;
}
