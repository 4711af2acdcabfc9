import { exampleCount, exampleNumber, exampleText } from "../../../core/data-format/example.ts";
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
        return exampleNumber(schema, 1) ?? 1;
      case "boolean":
        return true;
      default:
        return null;
    }
  }

  function exampleOfArray(schema: Schema, outside: readonly string[]): Json | undefined {
    const item = exampleOfSchema(asSchema(schema["items"]), outside);
    return item === undefined ? [] : Array.from({ length: exampleCount(schema) }, () => item);
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

function exampleOfString(schema: Schema): Json {
  const { pattern, format, minLength, maxLength } = schema;
  const text = exampleText(schema);
  return typeof pattern === "string" && format === undefined
    ? exampleOfPattern(pattern, text, {
        least: Number(minLength ?? 0),
        most: Number(maxLength ?? Number.POSITIVE_INFINITY),
      })
    : text;
}

/** If none is found, a text that says what has to stand there: the SDK refuses it, and says so, too. */
function exampleOfPattern(source: string, text: string, length: Length): string {
  const pattern = compilePattern(source);
  if (pattern === undefined || (lengthOf(text) >= length.least && matches(pattern, text))) {
    return text;
  }
  return textOf(pattern, length) ?? `put in a text that matches ${source}`;
}
