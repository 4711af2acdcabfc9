import { exampleCount, exampleNumber, exampleText } from "../../core/data-format/example.ts";
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
      return item === undefined ? [] : Array(exampleCount(schema)).fill(item);
    }
    case "integer":
      return exampleNumber(schema, 1) ?? 1;
    case "number":
      return exampleNumber(schema, 1.5) ?? 1.5;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return schema["format"] === "date-time" ? new Date().toISOString() : exampleText(schema);
  }
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}
