import { anyBoolean, anyString, anything, arrayOf, type Check, check, narrow } from "../validation/checks.ts";
import { oneOf } from "../validation/describe-value.ts";
import { canonical } from "./json.ts";
import { compilePattern } from "./pattern.ts";

const anyNumber: Check<number> = check((value) => typeof value === "number", "a number");

const count = narrow(
  anyNumber,
  (size) => Number.isSafeInteger(size) && size >= 0,
  "must be a whole number of 0 or more",
);

export const NO_ITEM = "must have at least 1 item, not 0";

/** An array that says something, and nothing twice. */
function list<Item>(item: Check<Item>, once: string, empty = NO_ITEM): Check<Item[]> {
  return narrow(
    narrow(arrayOf(item), (items) => items.length > 0, empty),
    (items) => new Set(items.map(canonical)).size === items.length,
    once,
  );
}

const TYPES = ["string", "number", "integer", "boolean", "object", "array", "null"];
const typeNames = TYPES.map((name) => JSON.stringify(name));

function typeName(...others: string[]): Check<string> {
  return check((value) => TYPES.includes(value as string), oneOf([...typeNames, ...others]));
}

const oneType = typeName("an array");
const types = list(typeName(), "must name each type once");

/**
 * What each keyword may be, in the closed subset of JSON Schema draft 4 that the MSB takes
 * (docs/reference/protocol.md#data-formats).
 */
export const KEYWORDS: Readonly<Record<string, Check>> = {
  $ref: anyString,
  format: anyString,
  title: anyString,
  description: anyString,
  default: anything,
  multipleOf: narrow(anyNumber, (divisor) => divisor > 0, "must be a number above 0"),
  maximum: anyNumber,
  exclusiveMaximum: anyBoolean,
  minimum: anyNumber,
  exclusiveMinimum: anyBoolean,
  maxLength: count,
  minLength: count,
  pattern: narrow(
    anyString,
    (source) => compilePattern(source) !== undefined,
    "must be a valid regular expression",
  ),
  maxItems: count,
  minItems: count,
  uniqueItems: anyBoolean,
  maxProperties: count,
  minProperties: count,
  required: list(
    anyString,
    "must have each name once",
    "must have at least one name; leave the keyword out if no property is required",
  ),
  enum: list(anything, "must have each value once"),
  // The schemas inside are checked by checkDataFormatJson().
  additionalProperties: anything,
  items: anything,
  allOf: anything,
  properties: anything,
  type: (value, path, issues) => (Array.isArray(value) ? types : oneType)(value, path, issues),
  discriminator: anyString,
  readOnly: anyBoolean,
  example: anything,
};

/** The keywords that say nothing about which values fit. */
export const ANNOTATIONS: ReadonlySet<string> = new Set([
  "title",
  "description",
  "default",
  "discriminator",
  "readOnly",
  "example",
]);

const SEVERAL_TYPES = 'write a "type" with several types, or one schema that covers all cases';
const DEFINITIONS = 'put the definitions beside "dataObject"';

/** What to write instead of keywords that other JSON schemas have. */
const ADVICE: Readonly<Record<string, string>> = {
  const: 'write "enum" with one value',
  anyOf: SEVERAL_TYPES,
  oneOf: SEVERAL_TYPES,
  examples: 'write "example"',
  definitions: DEFINITIONS,
  $defs: DEFINITIONS,
  nullable: 'write "type": ["…", "null"]',
};

export function explainUnknown(keyword: string): string {
  const advice = Object.hasOwn(ADVICE, keyword) ? `; ${ADVICE[keyword]}` : "";
  return `the MSB does not know the keyword "${keyword}"${advice}`;
}
