import { describe, expect, test } from "vitest";
import * as z from "zod";
import { z as z3 } from "zod-3.25";
import { ComplexDataFormat, checkDataFormatJson, DataType } from "../../../src/core/data-format/index.ts";
import { definitionIssues, resolve, SUBJECT } from "../../support/data-format/formats.ts";
import { HAS_XOR, TAKES_EQUAL_IDS, TAKES_UNION_OF_NOTHING } from "../../support/data-format/zod-features.ts";

const DATE =
  "z.date() cannot travel as JSON; use z.iso.datetime(), or a z.codec() from z.iso.datetime() to z.date()";
const MAP = "z.map() cannot travel as JSON; use z.record(), or a z.codec() from z.record() to z.map()";
const TUPLE =
  "z.tuple() is not part of the MSB's data formats; use z.object() with a property for each position, or z.array()";
const UNDEFINED =
  "JSON has no undefined; use z.optional() on a property, or null as the data format for no payload";
const CUSTOM =
  "z.custom() and z.instanceof() say nothing that a data format can; use a schema of the JSON value with z.refine(), or a z.codec()";
const UNION =
  "a union is possible only of single values (z.enum, z.literal) or of different simple types; use one z.object() with optional properties, or an event of its own for each case";
const KEYS =
  "the keys of a z.record() cannot be restricted in a data format; use z.string() or z.enum() for the keys, or z.object()";
const VALUE = "cannot travel as JSON; use strings, finite numbers, booleans and null";
const COERCE =
  "z.coerce takes more than a data format can say; use the schema without coerce, or a z.codec()";
const NOTHING = "no value fits this schema, which a data format cannot say; leave it out";

const closed = z.strictObject({ a: z.string() }).meta({ id: "Closed" });
const open = z.object({ b: z.string() }).meta({ id: "Open" });

test.each<[name: string, schema: () => z.core.$ZodType, message: string]>([
  ["z.date", () => z.date(), DATE],
  ["z.map", () => z.map(z.string(), z.int()), MAP],
  [
    "z.set",
    () => z.set(z.string()),
    "z.set() cannot travel as JSON; use z.array(), or a z.codec() from z.array() to z.set()",
  ],
  [
    "z.bigint",
    () => z.bigint(),
    "z.bigint() cannot travel as JSON; use z.int() (up to 2^53), or a z.codec() from z.string() to z.bigint()",
  ],
  ["z.symbol", () => z.symbol(), "z.symbol() cannot travel as JSON; use z.string()"],
  ["z.undefined", () => z.undefined(), UNDEFINED],
  ["z.void", () => z.void(), UNDEFINED],
  [
    "z.never",
    () => z.never(),
    "z.never() takes no value; leave the property out, or use z.strictObject() to forbid further properties",
  ],
  ["z.nan", () => z.nan(), "z.nan() cannot travel as JSON; use z.nullable(z.number())"],
  ["z.custom", () => z.custom(() => true), CUSTOM],
  ["z.instanceof", () => z.instanceof(Date), CUSTOM],
  [
    "z.transform",
    () => z.string().transform((text) => text.length),
    "a transform works one way only; use z.codec(), which says both ways",
  ],
  [
    "z.preprocess",
    () => z.preprocess(String, z.string()),
    "z.preprocess() works one way only; use z.codec(), which says both ways",
  ],
  [
    "z.catch",
    () => z.string().catch("x"),
    "z.catch() takes every value, which a data format cannot say; use z.default() for a missing value",
  ],
  ["z.tuple", () => z.tuple([z.string(), z.int()]), TUPLE],
  [
    "z.promise",
    () => z.promise(z.string()),
    "z.promise() cannot travel as JSON; use the schema inside it, and await the value before",
  ],
  ["z.file", () => z.file(), "z.file() cannot travel as JSON; use z.base64()"],
  [
    "z.success",
    () => z.success(z.string()),
    "z.success() takes every value, which a data format cannot say; use z.boolean()",
  ],
  ["z.coerce", () => z.coerce.number(), COERCE],
  ["union of objects", () => z.union([z.object({ a: z.int() }), z.object({ b: z.int() })]), UNION],
  [
    "discriminated union",
    () => z.discriminatedUnion("k", [z.object({ k: z.literal("a") }), z.object({ k: z.literal("b") })]),
    UNION,
  ],
  ["union of one type", () => z.union([z.int(), z.number()]), UNION],
  ["record keys with checks", () => z.record(z.string().min(2), z.int()), KEYS],
  ["numeric record keys", () => z.record(z.int(), z.int()), KEYS],
  [
    "converted record keys",
    () => z.record(z.enum(["a"]).pipe(z.literal("a")), z.int()),
    "the keys of a z.record() must be z.string(), z.enum() or z.literal(); or use z.object()",
  ],
  [
    "flags of a pattern",
    () => z.string().regex(/a/i),
    'the regular expression /a/i has the flag "i", which a data format cannot say; write it without, such as [A-Za-z] for "i"',
  ],
  ["literal undefined", () => z.literal(undefined), `the value undefined ${VALUE}`],
  ["literal infinity", () => z.literal(Number.POSITIVE_INFINITY), `the value Infinity ${VALUE}`],
  ["empty enum", () => z.enum([]), NOTHING],
  [
    "optional items",
    () => z.array(z.string().optional()),
    "an item of an array cannot be optional, because JSON has no undefined; use z.nullable()",
  ],
  [
    "optional payload",
    () => z.string().optional(),
    "the whole payload cannot be optional; use z.nullable(), or null as the data format for no payload",
  ],
  [
    "closed intersection",
    () => z.intersection(closed, open),
    "an intersection with a strict object cannot be said in a data format; use one z.strictObject() with the properties of both, for example with z.extend()",
  ],
  [
    "closed object and anything",
    () => z.intersection(z.any(), z.strictObject({ a: z.int() })),
    "an intersection with a strict object cannot be said in a data format; use one z.strictObject() with the properties of both, for example with z.extend()",
  ],
  [
    "nullable intersection",
    () => z.intersection(open, z.object({ c: z.int() })).nullable(),
    "an intersection cannot be nullable in a data format; use one z.object() with the properties of both, for example with z.extend()",
  ],
  [
    "name with a space",
    () => z.string().meta({ id: "a b" }),
    'the name "a b" cannot be used: only letters, digits, "_", "." and "-" are allowed',
  ],
  [
    "reserved name",
    () => z.string().meta({ id: "dataObject" }),
    'the name "dataObject" is reserved for the root of a data format; choose another one',
  ],
  [
    "divisor of 0",
    () => z.number().multipleOf(0),
    "the divisor of multipleOf() must be a finite number other than 0, not 0",
  ],
  [
    "failing getter",
    () =>
      z.lazy(() => {
        throw new Error("boom");
      }),
    "zod cannot describe this schema: boom",
  ],
])("zod: %s", (_name, schema, message) => {
  expect(definitionIssues(() => resolve(schema()))).toEqual([{ path: "dataObject", message }]);
});

test("zod: z.function, which is a schema since zod 4.1", () => {
  const message = "z.function() cannot travel as JSON; leave it out";
  const path = "_zod" in z.function() ? "dataObject" : "dataFormat";
  expect(definitionIssues(() => resolve(z.function()))).toEqual([{ path, message }]);
  const inside = z.object({ run: z.function() as unknown as z.ZodType });
  expect(definitionIssues(() => resolve(inside))).toEqual([{ path: "dataObject.run", message }]);
});

test("schemas of zod 3, alone and inside", () => {
  const message = 'this is a schema of zod 3; import zod 4 from "zod/v4"';
  expect(definitionIssues(() => resolve(z3.object({ a: z3.string() })))).toEqual([
    { path: "dataFormat", message },
  ]);
  const old = z3.string() as unknown as z.ZodType;
  const schema = z.object({
    a: old,
    list: z.array(z.object({ b: old.optional() })),
    c: z.optional(old),
  });
  expect(definitionIssues(() => resolve(schema))).toContainEqual({ path: "dataObject.a", message });
  expect(definitionIssues(() => resolve(z.array(z.object({ b: old }))))).toEqual([
    { path: "dataObject[].b", message },
  ]);
  expect(definitionIssues(() => resolve(z.object({ c: z.optional(old) })))).toEqual([
    { path: "dataObject.c", message },
  ]);
});

test.runIf(HAS_XOR).each<[name: string, schema: () => z.core.$ZodType]>([
  ["that takes null twice", () => z.xor([z.string().nullable(), z.null()])],
  ["of anything and null", () => z.xor([z.any(), z.null()])],
])("zod: exclusive union %s", (_name, schema) => {
  expect(definitionIssues(() => resolve(schema()))).toEqual([{ path: "dataObject", message: UNION }]);
});

test.runIf(TAKES_UNION_OF_NOTHING)("zod: union of nothing", () => {
  expect(definitionIssues(() => resolve(z.union([])))).toEqual([{ path: "dataObject", message: NOTHING }]);
});

test.runIf(TAKES_EQUAL_IDS)("zod: two schemas of one name", () => {
  const message = 'two different schemas are named "Twin" by .meta({ id }); give them different names';
  const twins = z.object({ a: z.string().meta({ id: "Twin" }), b: z.int().meta({ id: "Twin" }) });
  expect(definitionIssues(() => resolve(twins))).toEqual([{ path: "dataObject", message }]);
});

test.each<[keyword: string, schema: z.ZodType]>([
  ["minimum", z.number().min(Number.NaN).min(5)],
  ["maximum", z.number().max(Number.NaN)],
  ["minLength", z.string().min(Number.NaN)],
  ["maxLength", z.string().max(Number.NaN)],
  ["minItems", z.array(z.int()).min(Number.NaN)],
])("zod: a bound that is not a number is not left out: %s", (keyword, schema) => {
  expect(definitionIssues(() => resolve(schema))).toEqual([
    { path: `dataObject.${keyword}`, message: "must be a number that JSON can carry, not NaN" },
  ]);
});

test("zod: closed objects inside an intersection do not add up, and nothing would fit", () => {
  const a = z.object({ inner: z.strictObject({ a: z.int() }) });
  const b = z.object({ inner: z.strictObject({ b: z.int() }) });
  const message =
    "an intersection with a strict object cannot be said in a data format; use one z.strictObject() with the properties of both, for example with z.extend()";
  expect(definitionIssues(() => resolve(z.intersection(a, b)))).toEqual([
    { path: "dataObject.inner", message },
  ]);
  expect(
    definitionIssues(() =>
      resolve(z.intersection(z.record(z.string(), a.shape.inner), z.record(z.string(), b.shape.inner))),
    ),
  ).toEqual([{ path: "dataObject.*", message }]);
});

// How much is too much depends on the machine, and so does what gives up first.
test.each([1500, 2000, 3000, 4000, 20_000])("nested %i deep: fine, or refused with a reason", (depth) => {
  let schema: z.ZodType = z.int();
  let json: object = { type: "string" };
  for (let i = 0; i < depth; i++) {
    schema = z.object({ a: schema });
    json = { type: "array", items: json };
  }
  for (const definition of [schema, { dataObject: json }]) {
    let thrown: unknown;
    try {
      resolve(definition);
    } catch (error) {
      thrown = error;
    }
    expect(String(thrown)).toMatch(/undefined|MsbDefinitionError.* nested too deeply/s);
  }
});

test("zod: a kind that is not known yet", () => {
  const future = z.string();
  Object.assign(future._zod, { def: { type: "future" } });
  const message = 'schemas of the kind "future" are not known here; use another one, or a z.codec()';
  expect(definitionIssues(() => resolve(z.object({ a: future })))).toEqual([
    { path: "dataObject.a", message },
  ]);
});

test("zod: a schema that refers only to itself", () => {
  const endless: z.ZodType = z.lazy(() => endless.nullable());
  const [issue] = definitionIssues(() => resolve(endless));
  // Some versions of zod do not come to an end themselves.
  expect(issue?.message).toMatch(/refers? only to itself|consists of nothing but itself/);
});

test("zod: names of properties that cannot be used", () => {
  expect(definitionIssues(() => resolve(z.record(z.enum(["toString"]), z.string())))).toEqual([
    {
      path: "dataObject.toString",
      message:
        'the name "toString" cannot be used, because every JavaScript object has something of that name',
    },
  ]);
  const named = z.object({ [Symbol("s")]: z.string() } as Record<string, z.ZodType>);
  expect(definitionIssues(() => resolve(named))).toEqual([
    { path: "dataObject", message: "the name of a property must be a string, not a symbol" },
  ]);
});

test("zod: everything at once, each with its path", () => {
  const schema = z.object({
    limits: z.array(z.object({ max: z.date(), range: z.tuple([z.int()]) })),
    "odd key": z.record(z.string(), z.map(z.string(), z.int())),
    constructor: z.string(),
  });
  expect(definitionIssues(() => resolve(schema))).toEqual(
    expect.arrayContaining([
      { path: "dataObject.limits[].max", message: DATE },
      { path: "dataObject.limits[].range", message: TUPLE },
      { path: 'dataObject["odd key"].*', message: MAP },
      {
        path: "dataObject.constructor",
        message:
          'the name "constructor" cannot be used, because every JavaScript object has something of that name',
      },
    ]),
  );
  expect(() => resolve(z.date())).toThrow(`${SUBJECT}: dataObject: ${DATE}`);
});

const TYPES =
  "string, int32, int64, float, double, boolean, date-time, byte, int, integer, number, datetime, bool";

test.each<[name: string, definition: unknown, message: RegExp | string]>([
  ["unknown type", "int16", `unknown data type "int16"; the types are ${TYPES}`],
  ["empty text", "", `unknown data type ""; the types are ${TYPES}`],
  ["broken JSON", "{", /^the data format is not valid JSON: /],
  ["JSON of something else", "[]", "the JSON of a data format must be an object, not an array"],
  ["zod 3", z3.string(), 'this is a schema of zod 3; import zod 4 from "zod/v4"'],
  [
    "zod 3, with a type inside",
    z3.array(z3.string()),
    'this is a schema of zod 3; import zod 4 from "zod/v4"',
  ],
  [
    "a number",
    5,
    'a data format must be a zod schema, a simple type such as DataType.INT32, a ComplexDataFormat, an object with "dataObject", a JSON string, or null for no payload, not 5',
  ],
])("form: %s", (_name, definition, message) => {
  const expected = typeof message === "string" ? message : expect.stringMatching(message);
  expect(definitionIssues(() => resolve(definition))).toEqual([{ path: "dataFormat", message: expected }]);
});

test("no payload cannot be an array", () => {
  const message = "no payload cannot be an array; give a data format, or leave isArray out";
  expect(definitionIssues(() => resolve(null, true))).toEqual([{ path: "dataFormat", message }]);
});

test("a format that refers to its own root cannot be an array", () => {
  const list = { dataObject: { type: "object", properties: { next: { $ref: "#/definitions/dataObject" } } } };
  expect(resolve(list).json).toEqual(list);
  const message =
    'the format refers to its root "dataObject", which is not the root here; give that schema a name of its own';
  expect(definitionIssues(() => resolve(list, true))).toEqual([{ path: "dataFormat", message }]);
});

test.each<[json: unknown, path: string, message: string]>([
  [{ Foo: { type: "string" } }, "dataObject", 'missing: the root of a data format is called "dataObject"'],
  [
    { dataObject: { $ref: "#/definitions/Gone" } },
    "dataObject.$ref",
    'there is no definition called "Gone" beside the root',
  ],
  [
    { dataObject: { items: { $ref: "Foo" } } },
    "dataObject.items.$ref",
    'must be "#/definitions/NAME", not "Foo"',
  ],
  [
    { dataObject: { $ref: "#/definitions/A" }, A: { $ref: "#/definitions/A" } },
    "A.$ref",
    'the definition "A" refers only to itself',
  ],
  [
    {
      dataObject: { $ref: "#/definitions/A" },
      A: { allOf: [{ type: "object" }, { $ref: "#/definitions/B" }] },
      B: { allOf: [{ $ref: "#/definitions/A" }] },
    },
    "A.allOf[1].$ref",
    'the definition "B" refers only to itself',
  ],
  [
    { dataObject: { anyOf: [] } },
    "dataObject.anyOf",
    'the MSB does not know the keyword "anyOf"; write a "type" with several types, or one schema that covers all cases',
  ],
  [
    { dataObject: { properties: { a: { const: 1 } } } },
    "dataObject.properties.a.const",
    'the MSB does not know the keyword "const"; write "enum" with one value',
  ],
  [
    { dataObject: { constructor: 1 } },
    "dataObject.constructor",
    'the MSB does not know the keyword "constructor"',
  ],
  [
    { dataObject: { contentEncoding: "base64" } },
    "dataObject.contentEncoding",
    'the MSB does not know the keyword "contentEncoding"',
  ],
  [
    { dataObject: { additionalProperties: { not: {} } } },
    "dataObject.additionalProperties.not",
    'the MSB does not know the keyword "not"',
  ],
  [
    { dataObject: { type: "int32" } },
    "dataObject.type",
    'must be "string", "number", "integer", "boolean", "object", "array", "null" or an array, not "int32"',
  ],
  [{ dataObject: { type: ["string", "string"] } }, "dataObject.type", "must name each type once"],
  [{ dataObject: { items: [{}] } }, "dataObject.items", "must be an object, not an array"],
  [{ dataObject: { pattern: "(" } }, "dataObject.pattern", "must be a valid regular expression"],
  [{ dataObject: { minLength: -1 } }, "dataObject.minLength", "must be a whole number of 0 or more"],
  [{ dataObject: { multipleOf: 0 } }, "dataObject.multipleOf", "must be a number above 0"],
  [{ dataObject: { exclusiveMinimum: 3 } }, "dataObject.exclusiveMinimum", "must be true or false, not 3"],
  [
    { dataObject: { required: [] } },
    "dataObject.required",
    "must have at least one name; leave the keyword out if no property is required",
  ],
  [{ dataObject: { required: ["a", "a"] } }, "dataObject.required", "must have each name once"],
  [{ dataObject: { enum: [] } }, "dataObject.enum", "must have at least 1 item, not 0"],
  [{ dataObject: { enum: [1, 1] } }, "dataObject.enum", "must have each value once"],
  [{ dataObject: "string" }, "dataObject", 'must be an object, not "string"'],
  [
    { dataObject: { default: new Date(0) } },
    "dataObject.default",
    "must be a plain object or array, not a Date object",
  ],
  ["dataObject", "", 'must be an object, not "dataObject"'],
  [
    JSON.parse('{"dataObject":{"properties":{"__proto__":{}}}}'),
    "dataObject.properties.__proto__",
    'the name "__proto__" cannot be used',
  ],
])("the MSB's own JSON: %j", (json, path, message) => {
  expect(checkDataFormatJson(json)).toContainEqual({ path, message });
});

test("raw JSON: the same check, at once and as a whole", () => {
  const issues = definitionIssues(() =>
    resolve({ dataObject: { oneOf: [], minItems: 0.5, properties: { toString: {} } } }),
  );
  expect(issues.map(({ path }) => path)).toEqual(["dataObject.minItems", "dataObject.oneOf"]);
  expect(definitionIssues(() => resolve({ dataObject: { properties: { toString: {} } } }))).toEqual([
    {
      path: "dataObject.properties.toString",
      message:
        'the name "toString" cannot be used, because every JavaScript object has something of that name',
    },
  ]);
});

describe("ComplexDataFormat", () => {
  const format = () => new ComplexDataFormat("Device").addProperty("name", DataType.STRING);
  test.each<[action: () => unknown, path: string, message: string]>([
    [() => new ComplexDataFormat(""), "name", "a name must not be empty"],
    [
      () => new ComplexDataFormat("a/b"),
      "name",
      'the name "a/b" cannot be used: only letters, digits, "_", "." and "-" are allowed',
    ],
    [
      () => new ComplexDataFormat("dataObject"),
      "name",
      'the name "dataObject" is reserved for the root of a data format; choose another one',
    ],
    [() => new ComplexDataFormat(5 as never), "name", "a name must be a string, not number"],
    [
      () => format().addProperty("", "string"),
      "",
      "the name of a property must be a string that is not empty",
    ],
    [() => format().addProperty("name", "string"), "name", 'the property "name" was already added'],
    [
      () => format().addProperty("__proto__", "string"),
      "__proto__",
      'the name "__proto__" cannot be used, because every JavaScript object has something of that name',
    ],
    [
      () => format().addProperty("x", "int16"),
      "x",
      `unknown type "int16"; use one of ${TYPES}, or a ComplexDataFormat`,
    ],
    [
      () => format().addProperty("x", new ComplexDataFormat("Device")),
      "x",
      'two different ComplexDataFormats are named "Device"; use one of them for both, or give them different names',
    ],
  ])("%s", (action, path, message) => {
    expect(definitionIssues(action)).toEqual([{ path, message }]);
  });

  test("a clash that comes up later is found when the format is used", () => {
    const inner = new ComplexDataFormat("Inner");
    const outer = new ComplexDataFormat("Outer").addProperty("inner", inner);
    inner.addProperty("outer", new ComplexDataFormat("Outer"));
    const message =
      'two different ComplexDataFormats are named "Outer"; use one of them for both, or give them different names';
    expect(definitionIssues(() => resolve(outer))).toEqual([{ path: "Outer", message }]);
  });
});
