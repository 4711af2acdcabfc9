import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import fc from "fast-check";
import {
  compileDataFormat,
  type DataFormat,
  type DataFormatDefinition,
  type DataFormatJson,
} from "../../../src/core/data-format/index.ts";
import { MsbDefinitionError, type MsbIssue, MsbValueError } from "../../../src/support/errors.ts";

export const SUBJECT = 'event "E"';

export function resolve(definition: unknown, isArray = false): DataFormat {
  return compileDataFormat(definition as DataFormatDefinition, { subject: SUBJECT, isArray });
}

export function jsonOf(definition: unknown, isArray = false): DataFormatJson | undefined {
  return resolve(definition, isArray).json;
}

export function definitionIssues(action: () => unknown): readonly MsbIssue[] {
  try {
    action();
  } catch (error) {
    if (error instanceof MsbDefinitionError) {
      return error.issues;
    }
    throw error;
  }
  throw new Error("the definition was accepted");
}

export function valueIssues(action: () => unknown): readonly MsbIssue[] {
  try {
    action();
  } catch (error) {
    if (error instanceof MsbValueError) {
      return error.issues;
    }
    throw error;
  }
  throw new Error("the value was accepted");
}

export function fits(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (error instanceof MsbValueError) {
      return false;
    }
    throw error;
  }
}

const ajv = new AjvDraft04({ strict: false, logger: false });
addFormats(ajv as never, ["date-time", "byte", "int32", "float", "double"]);
// Its own takes every whole double. The SDK takes what a number holds exactly, as documented.
ajv.addFormat("int64", { type: "number", validate: Number.isSafeInteger });

/** The independent judge: a JSON Schema draft-4 validator. */
export function ajvOf(json: unknown): (value: unknown) => boolean {
  const validate = ajv.compile({ $ref: "#/definitions/dataObject", definitions: json });
  return (value) => validate(value) === true;
}

export const key = fc.constantFrom("a", "b", "c", "d");

const number = fc.oneof(
  fc.integer({ min: -10, max: 10 }),
  fc.constantFrom(2147483647, 2147483648, -2147483648, -2147483649, Number.MAX_SAFE_INTEGER, 0.5, -1.25),
  // binary fractions, because zod rounds a little when it checks multipleOf, as documented; `+ 0` makes 0 of -0
  fc.integer({ min: -800, max: 800 }).map((eighths) => eighths / 8 + 0),
);

const text = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ maxLength: 4, unit: "binary" }),
  fc.constantFrom(
    "a",
    "b",
    "ab",
    "2017-07-14T02:40:00.123Z",
    "2017-07-14T02:40:00+02:00",
    "2017-02-30T00:00:00Z",
    "QUJD",
    "QUI=",
    "QU",
  ),
);

/** Any JSON value, biased towards what the generated schemas speak about; no integers beyond 2^53 (a documented difference). */
export const anyJson: fc.Arbitrary<unknown> = jsonOfDepth(3);

function jsonOfDepth(depth: number): fc.Arbitrary<unknown> {
  const leaf = fc.oneof(number, text, fc.boolean(), fc.constant(null));
  if (depth === 0) {
    return leaf;
  }
  const inner = jsonOfDepth(depth - 1);
  return fc.oneof(
    leaf,
    fc.array(inner, { maxLength: 3 }),
    fc.dictionary(key, inner, { maxKeys: 4, noNullPrototype: true }),
  );
}

/** The value with one part of it replaced or left out. */
export function mutated(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value) && value.length > 0) {
    return fc.nat({ max: value.length - 1 }).chain((i) =>
      fc.oneof(
        fc.constant(value.filter((_, j) => j !== i)),
        fc.constant([...value, value[i]]),
        mutated(value[i]).map((each) => value.with(i, each)),
      ),
    );
  }
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
    const members = value as Record<string, unknown>;
    return fc.constantFrom(...Object.keys(value)).chain((name) => {
      const { [name]: _, ...rest } = members;
      return fc.oneof(
        fc.constant(rest),
        mutated(members[name]).map((each) => ({ ...members, [name]: each })),
        anyJson.map((each) => ({ ...members, extra: each })),
      );
    });
  }
  return anyJson;
}
