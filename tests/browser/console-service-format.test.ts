import { expect, test } from "vitest";
import { describeMisfit, findMisfits } from "../../src/console/format/check-node.ts";
import { fromLocal, toLocal } from "../../src/console/format/date-time.ts";
import { describeFormat } from "../../src/console/format/describe.ts";
import { exampleOf } from "../../src/console/format/example.ts";
import { type Field, fieldOf } from "../../src/console/format/field.ts";
import { hintOf } from "../../src/console/format/hint.ts";
import {
  LosslessNumber,
  nodeOf,
  parseNode,
  withItem,
  withMember,
  writeNode,
} from "../../src/console/format/lossless.ts";
import { readNumber, stepFrom } from "../../src/console/format/number-text.ts";
import { readable } from "../../src/console/format/readable.ts";
import { checkDataFormatJson } from "../../src/core/data-format/index.ts";
import { anyJson, fits, key, mutated, resolve } from "../support/data-format/formats.ts";
import { rawFormat } from "../support/data-format/raw-formats.ts";
import fc, { runs } from "../support/properties.ts";

/** A schema as services have them: of one type, with keywords that go together. */
function schemaOf(depth: number): fc.Arbitrary<Record<string, unknown>> {
  const keywords = <T extends Record<string, fc.Arbitrary<unknown>>>(type: string, optional: T) =>
    fc
      .record(optional, { requiredKeys: [], noNullPrototype: true })
      .map((chosen) => tidy({ type, ...(chosen as object) }));
  const bounds = {
    minimum: fc.integer({ min: -3, max: 3 }),
    maximum: fc.integer({ min: -3, max: 12 }),
    exclusiveMinimum: fc.boolean(),
    exclusiveMaximum: fc.boolean(),
    multipleOf: fc.constantFrom(1, 2, 5),
  };
  const small = fc.integer({ min: 0, max: 3 });
  const leaf = fc.oneof(
    keywords("integer", { ...bounds, format: fc.constantFrom("int32", "int64") }),
    keywords("number", { ...bounds, format: fc.constantFrom("float", "double") }),
    keywords("string", { minLength: small, maxLength: small }),
    keywords("string", { format: fc.constantFrom("date-time", "byte") }),
    keywords("string", { enum: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 3 }) }),
    keywords("boolean", {}),
    fc.constantFrom({}, { type: ["integer", "null"] }, { type: ["string", "boolean"] }, { type: "null" }),
  );
  if (depth === 0) {
    return leaf;
  }
  const inner = fc.oneof(schemaOf(depth - 1), fc.constant({ $ref: "#/definitions/A" }));
  const nested = fc.oneof(
    keywords("array", { items: inner, minItems: small, maxItems: small, uniqueItems: fc.boolean() }),
    keywords("object", {
      properties: fc.dictionary(key, inner, { noNullPrototype: true }),
      required: fc.uniqueArray(key, { minLength: 1, maxLength: 2 }),
      additionalProperties: fc.oneof(fc.boolean(), inner),
      minProperties: small,
      maxProperties: small,
    }),
  );
  return fc.oneof(leaf, nested);
}

function tidy(schema: Record<string, unknown>): Record<string, unknown> {
  if (!("minimum" in schema)) {
    delete schema["exclusiveMinimum"];
  }
  if (!("maximum" in schema)) {
    delete schema["exclusiveMaximum"];
  }
  return schema;
}

const format = fc.record({ A: schemaOf(1), dataObject: schemaOf(2) }, { noNullPrototype: true });
/** A format, and a value that is likely to be near it. */
const formatAndValue = format.chain((dataFormat) => {
  const example = exampleOf(dataFormat) ?? null;
  const value = fc.oneof(fc.constant(example), mutated(example), anyJson);
  return value.map((each) => ({ dataFormat, value: each }));
});

function fieldFor(dataFormat: unknown): Field {
  const field = fieldOf(dataFormat);
  if (field === undefined) {
    throw new Error("no payload");
  }
  return field;
}

test("the fields take what the broker takes, and refuse what it refuses", () => {
  const seen = new Set<boolean>();
  fc.assert(
    fc.property(formatAndValue, ({ dataFormat, value }) => {
      // For the broker, null for all of it is no payload.
      fc.pre(value !== null && checkDataFormatJson(dataFormat).length === 0);
      const misfits = findMisfits(fieldFor(dataFormat), nodeOf(value));
      // Not by the broker's own function, which gives up after 100 ms: on a busy computer that is soon.
      const isTaken = fits(() => resolve(dataFormat).encode(value, { validate: true }));
      seen.add(isTaken);
      expect(misfits.length === 0, JSON.stringify(misfits)).toBe(isTaken);
    }),
    { numRuns: runs(600) },
  );
  expect([...seen].sort()).toEqual([false, true]);
});

test("any format has fields, and any value can be looked at with them", () => {
  const walk = (field: Field, depth: number): void => {
    hintOf(field);
    field.example();
    if (depth === 0) {
      return;
    }
    if (field.kind === "list") {
      walk(field.item(), depth - 1);
    } else if (field.kind === "group") {
      for (const member of field.members) {
        walk(member.field(), depth - 1);
      }
    }
  };
  fc.assert(
    fc.property(rawFormat, anyJson, (dataFormat, value) => {
      const field = fieldOf(dataFormat);
      if (field !== undefined) {
        walk(field, 3);
        describeFormat(dataFormat);
        findMisfits(field, nodeOf(value));
      }
    }),
    { numRuns: runs(150) },
  );
});

test("JSON goes through the fields digit for digit", () => {
  const json = '{"id":9223372036854775807,"list":[1.0,1e5,-0],"text":"a\\"b","__proto__":{"x":1}}';
  expect(writeNode(parseNode(json), 0)).toBe(json);
  const changed = withMember(parseNode(json), "list", withItem(parseNode("[1.0,2.50,3]"), 0, undefined));
  expect(writeNode(changed, 0)).toBe(json.replace("[1.0,1e5,-0]", "[2.50,3]"));
  expect(writeNode(withMember(parseNode('{"b":1}'), "a", "x", ["a", "b"]), 0)).toBe('{"a":"x","b":1}');
  expect(() => parseNode('{"a":1,"a":2}')).toThrow(/Duplicate key/);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(writeNode(nodeOf(value)))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each([
  ["9223372036854775807", "9223372036854775807"],
  [" 5 ", "5"],
  ["+5", "5"],
  ["007", "7"],
  [".5", "0.5"],
  ["-1.50e+3", "-1.50e+3"],
])("%j typed into a field for a number is %s", (typed, sent) => {
  expect(readNumber(typed)).toEqual(new LosslessNumber(sent));
});

test.each(["-", "1e", "1.", "fast", "0x10", "Infinity", "1,5"])("%j is not a number", (typed) => {
  const field = fieldFor({ dataObject: { type: "number" } });
  expect(describeMisfit(field, readNumber(typed))).toMatch(/^must be a number, not/);
});

test.each([
  [
    { type: "integer", format: "int32", minimum: 0, maximum: 100 },
    "whole number, 0 to 100",
    "101",
    "must be 100 or less, not 101",
  ],
  [{ type: "integer" }, "whole number", "1.5", "must be a whole number, not 1.5"],
  [
    { type: "integer", format: "int64" },
    "whole number",
    "9007199254740993",
    "must be 9007199254740991 or less, not 9007199254740993",
  ],
  [
    { type: "number", minimum: 0, exclusiveMinimum: true },
    "number, more than 0",
    "0",
    "must be more than 0, not 0",
  ],
  [
    { type: "number", multipleOf: 0.1 },
    "number, multiple of 0.1",
    "0.25",
    "must be a multiple of 0.1, not 0.25",
  ],
  [{ type: "number" }, "number", '"1,5"', 'must be a number, not "1,5": write 1.5'],
  [
    { type: "string", maxLength: 2 },
    "text, 2 characters or less",
    '"😀😀😀"',
    "must have 2 characters or less, not 3",
  ],
  [
    { type: "string", minLength: 1, maxLength: 3 },
    "text, 1 to 3 characters",
    '""',
    "must have 1 characters or more, not 0",
  ],
  [
    { type: "string", format: "date-time" },
    "date and time",
    '"2023-02-30T00:00:00Z"',
    'must be a date and a time such as 2026-01-31T09:30:00Z, not "2023-02-30T00:00:00Z"',
  ],
  [{ type: "string", format: "byte" }, "base64", '"%"', 'must be base64 text such as AAEC, not "%"'],
  [{ type: "string", enum: ["a", "b"] }, "choice", '"c"', 'must be one of "a", "b", not "c"'],
  [{ type: "integer" }, "whole number", '""', "is empty: must be a whole number"],
  [{ type: "boolean" }, "on or off", "1", "must be on or off (true or false), not 1"],
  [{ type: "array", minItems: 2, maxItems: 2 }, "2 items", "[1]", "must have 2 items or more, not 1"],
  [{ type: "object", required: ["a"] }, "", "{}", "a: is missing"],
  [{ type: "object", additionalProperties: false }, "", '{"b":1}', "b: is not known here"],
])("%j: %s; %s %s", (schema, hint, json, message) => {
  const field = fieldFor({ dataObject: schema });
  expect(hintOf(field)).toBe(hint);
  expect(findMisfits(field, parseNode(json))).toEqual([{ path: "", message }]);
});

test("what does not fit is named with its place", () => {
  const modules = { type: "array", items: { type: "object", properties: { weight: { type: "number" } } } };
  const field = fieldFor({ dataObject: { type: "object", properties: { modules } } });
  expect(findMisfits(field, parseNode('{"modules":[{},{"weight":"x"}]}'))).toEqual([
    { path: "modules[1].weight", message: 'must be a number, not "x"' },
  ]);
});

test("the arrow keys move numbers of any size exactly, and fractions without a tail", () => {
  expect(stepFrom("9007199254740992", 1, 1)).toBe("9007199254740993");
  expect(stepFrom("10", 5, -1)).toBe("5");
  expect(stepFrom("0.1", 0.2, 1)).toBe("0.3");
  expect(stepFrom("", 1, 1)).toBe("1");
  expect(stepFrom("-0.5", 0.5, 1)).toBe("0");
  expect(stepFrom("0.05", 0.1, -1)).toBe("-0.05");
  expect(stepFrom("1e3", 1, 1)).toBe("1001");
  expect(stepFrom("0.1234567890123456789", 1, 1)).toBe("1.1234567890123456789");
  expect(stepFrom("9007199254740993.5", 0.5, -1)).toBe("9007199254740993");
});

test("a time is shown by the reader's clock, and sent by that of the world", () => {
  expect(fromLocal(toLocal("2026-03-01T10:00:00.123Z"))).toBe("2026-03-01T10:00:00.123Z");
  expect(fromLocal(toLocal("2026-03-01T10:00:00+05:00"))).toBe("2026-03-01T05:00:00.000Z");
  expect([toLocal("soon"), fromLocal("")]).toEqual(["", ""]);
});

test.each([
  ['{"rpm":68,"celsius":21.20}', "rpm 68 · celsius 21.20"],
  ['{"at":{"x":1,"y":[1,2]},"name":""}', 'at.x 1 · at.y [1, 2] · name ""'],
  ['[{"a":1},{"a":2}]', "(2) · [0].a 1 · [1].a 2"],
  ["9007199254740993", "9007199254740993"],
  ['"running"', "running"],
  ["{}", "nothing in it"],
  ["not JSON", "not JSON"],
])("%s reads as %s", (json, text) => {
  expect(readable(json)).toBe(text);
});

test("the beginning of a long value can be read, wherever it is cut", () => {
  const json = '{"a":1,"list":[10,20,{"b":"x\\"y"}],"c":"end"}';
  expect(readable(json.slice(0, 18), false)).toBe("a 1 · list [10] · …");
  for (let at = 1; at < json.length; at += 1) {
    expect(readable(json.slice(0, at), false)).toMatch(/…$/);
  }
  expect(readable('"a long tex', false)).toBe("a long tex · …");
});
