import { isRecord } from "../../support/is-record.ts";
import {
  asFormat,
  type Followed,
  type Format,
  mergedInside,
  own,
  propertiesOf,
  refOf,
  rootsOf,
  type Schema,
} from "./schema.ts";

/** A data format as people read it: one line, and what is below it. */
export interface FormatLine {
  readonly name: string;
  /** Such as `number (float)` or `Module[]`. */
  readonly type: string;
  /** Such as `required` or `0 or more`. */
  readonly notes: readonly string[];
  readonly below: readonly FormatLine[];
}

/** One line for each value of the format. */
export function describeFormat(dataFormat: unknown): FormatLine[] {
  const format = asFormat(dataFormat);
  return format === undefined
    ? []
    : rootsOf(format).map(([name, schema]) => describe(name, schema, format, []));
}

/** The format in a few words. */
export function shortFormat(dataFormat: unknown): string {
  const format = asFormat(dataFormat);
  if (format === undefined) {
    return "no payload";
  }
  const roots = rootsOf(format);
  return roots
    .map(([name, schema]) => (name === "dataObject" ? typeOf(schema) : `${name}: ${typeOf(schema)}`))
    .join(", ");
}

function describe(name: string, schema: Schema, format: Format, inside: readonly string[]): FormatLine {
  const type = typeOf(schema);
  const { schema: target, inside: way } = follow(schema, format, inside);
  const items = isRecord(target["items"]) ? follow(target["items"], format, way) : undefined;
  const { schema: parent, inside: wayBelow } = items ?? { schema: target, inside: way };
  const required = Array.isArray(parent["required"]) ? parent["required"] : [];
  const below = propertiesOf(parent).map(([each, part]) => {
    const line = describe(each, part, format, wayBelow);
    return required.includes(each) ? { ...line, notes: ["required", ...line.notes] } : line;
  });
  const more = parent["additionalProperties"];
  const others = isRecord(more) ? [describe("any other name", more, format, wayBelow)] : [];
  return {
    name,
    type,
    notes: notesOf(items === undefined ? target : { ...items.schema, ...target }),
    below: [...below, ...others],
  };
}

/** What a schema refers to; nothing for a definition that is inside of itself: its name says enough. */
function follow(schema: Schema, format: Format, inside: readonly string[]): Followed {
  const name = refOf(schema);
  if (name === undefined) {
    return mergedInside(schema, format, inside);
  }
  const definition = inside.includes(name) ? {} : (own(format, name) ?? {});
  return mergedInside(definition, format, [...inside, name]);
}

function typeOf(schema: Schema): string {
  const name = refOf(schema);
  if (name !== undefined) {
    return name;
  }
  const type = Array.isArray(schema["type"]) ? schema["type"].join(" or ") : schema["type"];
  if (type === "array") {
    return `${isRecord(schema["items"]) ? typeOf(schema["items"]) : "anything"}[]`;
  }
  const plain = typeof type === "string" ? type : isRecord(schema["properties"]) ? "object" : "anything";
  return typeof schema["format"] === "string" ? `${plain} (${schema["format"]})` : plain;
}

const NOTES: Readonly<Record<string, (value: string) => string>> = {
  minimum: (value) => `${value} or more`,
  maximum: (value) => `${value} or less`,
  multipleOf: (value) => `multiple of ${value}`,
  minLength: (value) => `${value} characters or more`,
  maxLength: (value) => `${value} characters or less`,
  pattern: (value) => `like ${value}`,
  minItems: (value) => `${value} items or more`,
  maxItems: (value) => `${value} items or less`,
  enum: (value) => `one of ${value}`,
  default: (value) => `usually ${value}`,
  description: (value) => value,
};

function notesOf(schema: Schema): string[] {
  return Object.entries(NOTES).flatMap(([keyword, note]) => {
    const value = schema[keyword];
    if (value === undefined || value === "") {
      return [];
    }
    return note(typeof value === "string" ? value : JSON.stringify(value));
  });
}
