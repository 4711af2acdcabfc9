import { expect, test } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import { ComplexDataFormat, checkDataFormatJson, DataType } from "../../../src/core/data-format/index.ts";
import { jsonOf } from "../../support/data-format/formats.ts";
import { HAS_CODEC } from "../../support/data-format/zod-features.ts";

/** docs/reference/protocol.md, section 5, and each form that says the same. */
const SIMPLE: [json: object, ...forms: unknown[]][] = [
  [{ type: "string" }, DataType.STRING, "String", z.string(), mini.string()],
  [{ type: "integer", format: "int32" }, DataType.INT32, "INT32", z.int32(), mini.int32()],
  [
    { type: "integer", format: "int64" },
    DataType.INT64,
    "integer",
    "int",
    z.int(),
    z.number().int(),
    mini.int(),
  ],
  [{ type: "number", format: "float" }, DataType.FLOAT, "FLOAT", z.float32(), mini.float32()],
  [{ type: "number", format: "double" }, DataType.DOUBLE, "number", z.number(), z.float64(), mini.number()],
  [{ type: "boolean" }, DataType.BOOLEAN, "bool", z.boolean(), mini.boolean()],
  [
    { type: "string", format: "date-time" },
    ...[DataType.DATETIME, "datetime", "DATE-TIME", z.iso.datetime(), z.iso.datetime({ offset: true })],
    ...[z.string().datetime(), mini.iso.datetime()],
  ],
  [{ type: "string", format: "byte" }, DataType.BYTE, "BYTE", z.base64(), z.string().base64(), mini.base64()],
];

test.each(SIMPLE)("every form of %j", (schema, ...forms) => {
  const raw = { dataObject: schema };
  for (const form of [...forms, raw, JSON.stringify(raw), JSON.stringify(schema), schema]) {
    expect(jsonOf(form)).toEqual(raw);
    expect(jsonOf(form, true)).toEqual({ dataObject: { type: "array", items: schema } });
  }
});

test("no payload", () => {
  expect(jsonOf(null)).toBeUndefined();
  expect(jsonOf(undefined)).toBeUndefined();
});

const DEVICE = {
  MyDevice: {
    type: "object",
    properties: {
      deviceName: { type: "string" },
      deviceWeight: { type: "number", format: "float" },
      submodules: { type: "array", items: { $ref: "#/definitions/MyModule" } },
    },
  },
  MyModule: { type: "object", properties: { moduleName: { type: "string" } } },
};
const ROOT = { $ref: "#/definitions/MyDevice" };

function complexDevice(): ComplexDataFormat {
  const module = new ComplexDataFormat("MyModule").addProperty("moduleName", DataType.STRING);
  return new ComplexDataFormat("MyDevice")
    .addProperty("deviceName", DataType.STRING)
    .addProperty("deviceWeight", "FLOAT")
    .addProperty("submodules", module, true);
}

test("the same complex format in every form", () => {
  const zodModule = z.object({ moduleName: z.string().optional() }).meta({ id: "MyModule" });
  const zodDevice = z
    .object({
      deviceName: z.string().optional(),
      deviceWeight: z.float32().optional(),
      submodules: z.array(zodModule).optional(),
    })
    .meta({ id: "MyDevice" });
  const raw = { ...DEVICE, dataObject: ROOT };
  for (const form of [complexDevice(), zodDevice, raw, JSON.stringify(raw)]) {
    expect(jsonOf(form)).toEqual(raw);
    expect(jsonOf(form, true)).toEqual({ ...DEVICE, dataObject: { type: "array", items: ROOT } });
  }
  // definitions first, in the order of use, as the other clients send them
  expect(Object.keys(jsonOf(complexDevice()) ?? {})).toEqual(["MyDevice", "MyModule", "dataObject"]);
});

test("the type beside a root reference, as some clients send it, is kept", () => {
  const raw = { ...DEVICE, dataObject: { type: "object", ...ROOT } };
  expect(jsonOf(raw)).toEqual(raw);
});

test("nested four levels, recursive and shared", () => {
  const leaf = new ComplexDataFormat("Leaf").addProperty("value", DataType.INT32, true);
  const three = new ComplexDataFormat("Three").addProperty("leaf", leaf);
  const two = new ComplexDataFormat("Two").addProperty("three", three).addProperty("leaf", leaf);
  const one = new ComplexDataFormat("One").addProperty("two", two, true);
  one.addProperty("parent", one);
  expect(jsonOf(one)).toEqual({
    One: {
      type: "object",
      properties: {
        two: { type: "array", items: { $ref: "#/definitions/Two" } },
        parent: { $ref: "#/definitions/One" },
      },
    },
    Two: {
      type: "object",
      properties: { three: { $ref: "#/definitions/Three" }, leaf: { $ref: "#/definitions/Leaf" } },
    },
    Three: { type: "object", properties: { leaf: { $ref: "#/definitions/Leaf" } } },
    Leaf: {
      type: "object",
      properties: { value: { type: "array", items: { type: "integer", format: "int32" } } },
    },
    dataObject: { $ref: "#/definitions/One" },
  });
});

const int32 = { type: "integer", format: "int32" };
const dateTime = { type: "string", format: "date-time" };
const toDate = () =>
  z.codec(z.iso.datetime(), z.date(), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  });

test.each<[name: string, schema: z.ZodType, json: object]>([
  ["bounds beyond those of the format", z.int32().min(0), { ...int32, minimum: 0 }],
  [
    "exclusive bounds",
    z.number().gt(0).lt(1),
    {
      type: "number",
      format: "double",
      minimum: 0,
      exclusiveMinimum: true,
      maximum: 1,
      exclusiveMaximum: true,
    },
  ],
  ["uint32", z.uint32(), { type: "integer", format: "int64", minimum: 0, maximum: 4294967295 }],
  [
    "lengths and pattern",
    z.string().min(1).max(5).regex(/^a/),
    { type: "string", minLength: 1, maxLength: 5, pattern: "^a" },
  ],
  ["enum", z.enum(["a", "b"]), { type: "string", enum: ["a", "b"] }],
  ["literal", z.literal(5), { type: "integer", enum: [5] }],
  ["mixed literals", z.literal(["a", 1, null]), { enum: ["a", 1, null] }],
  ["nullable", z.int32().nullable(), { type: ["integer", "null"], format: "int32" }],
  ["nullable enum", z.enum(["a"]).nullable(), { type: ["string", "null"], enum: ["a", null] }],
  ["union of literals", z.union([z.literal("a"), z.literal("b")]), { type: "string", enum: ["a", "b"] }],
  ["union of types", z.union([z.string(), z.number()]), { type: ["string", "number"] }],
  [
    "union of types with checks",
    z.union([z.string().min(2), z.int32()]),
    { type: ["string", "integer"], minLength: 2, minimum: -2147483648, maximum: 2147483647 },
  ],
  ["record", z.record(z.string(), z.int32()), { type: "object", additionalProperties: int32 }],
  [
    "record of enum",
    z.record(z.enum(["a", "b"]), z.int32()),
    { type: "object", properties: { a: int32, b: int32 }, required: ["a", "b"], additionalProperties: false },
  ],
  [
    "optional, default, readonly",
    z.object({ a: z.int32().optional(), b: z.int32().default(4), c: z.int32().readonly() }),
    { type: "object", properties: { a: int32, b: { ...int32, default: 4 }, c: int32 }, required: ["c"] },
  ],
  [
    "strict object",
    z.strictObject({ a: z.int32() }),
    { type: "object", properties: { a: int32 }, required: ["a"], additionalProperties: false },
  ],
  [
    "loose object",
    z.looseObject({ a: z.int32() }),
    { type: "object", properties: { a: int32 }, required: ["a"] },
  ],
  [
    "intersection",
    z.intersection(z.object({ a: z.int32() }), z.object({ b: z.int32() })),
    { type: "object", properties: { a: int32, b: int32 }, required: ["a", "b"] },
  ],
  [
    "date-time without a zone has no MSB format",
    z.iso.datetime({ local: true }),
    { type: "string", pattern: expect.stringContaining("T") as string },
  ],
  [
    "annotations",
    z
      .string()
      .meta({ title: "T", description: "D", examples: ["x", "y"], deprecated: true, minimum: 4, unit: "mm" }),
    { type: "string", title: "T", description: "D", example: "x" },
  ],
  ["anything", z.any(), {}],
  [
    "several patterns, or null",
    z.string().regex(/a/).regex(/b/).nullable(),
    {
      type: ["string", "null"],
      allOf: ["a", "b"].map((pattern) => ({ type: ["string", "null"], pattern })),
    },
  ],
  ["union of the same types", z.union([z.int32(), z.int32()]), int32],
  ["date-time and a pattern", z.iso.datetime().regex(/^2/), { ...dateTime, pattern: "^2" }],
  [
    "default that JSON cannot carry",
    z.object({ a: z.any().default(5n) }),
    { type: "object", properties: { a: {} } },
  ],
  [
    "partial record of enum",
    z.partialRecord(z.enum(["a"]), z.int32()),
    { type: "object", properties: { a: int32 }, additionalProperties: false },
  ],
  [
    "record of a TypeScript enum",
    z.record(z.enum({ A: 1, 1: "A" }), z.int32()),
    { type: "object", properties: { 1: int32 }, required: ["1"], additionalProperties: false },
  ],
])("zod: %s", (_name, schema, json) => {
  expect(jsonOf(schema)).toEqual({ dataObject: json });
});

test.runIf(HAS_CODEC).each<[name: string, schema: () => z.ZodType, json: object]>([
  ["the wire side", toDate, dateTime],
  [
    "inside",
    () => z.object({ at: toDate() }),
    { type: "object", properties: { at: dateTime }, required: ["at"] },
  ],
  [
    "its default, which is no value of the wire",
    () => z.object({ a: toDate().default(new Date(0)), b: toDate().prefault("2017-07-14T02:40:00Z") }),
    { type: "object", properties: { a: dateTime, b: { ...dateTime, default: "2017-07-14T02:40:00Z" } } },
  ],
])("zod, codec: %s", (_name, schema, json) => {
  expect(jsonOf(schema())).toEqual({ dataObject: json });
});

test("zod: a named schema that is nullable, optional, described, or has a default", () => {
  const point = z.object({ x: z.int32() }).meta({ id: "Point" });
  const body = { properties: { x: int32 }, required: ["x"] };
  const $ref = "#/definitions/Point";
  expect(
    jsonOf(
      z.object({
        a: point.nullable(),
        b: point.optional(),
        c: point.describe("C"),
        d: point.default({ x: 1 }),
      }),
    ),
  ).toEqual({
    Point: { type: "object", ...body },
    PointOrNull: { type: ["object", "null"], ...body },
    dataObject: {
      type: "object",
      properties: {
        a: { $ref: "#/definitions/PointOrNull" },
        b: { $ref },
        c: { description: "C", allOf: [{ $ref }] },
        d: { default: { x: 1 }, allOf: [{ $ref }] },
      },
      required: ["a", "c"],
    },
  });
});

test("zod: a named schema that is nullable and described, or has a default", () => {
  const place = z.object({ x: z.int32() }).meta({ id: "Place" });
  const $ref = "#/definitions/PlaceOrNull";
  expect(
    jsonOf(z.object({ a: place.describe("A").nullable(), b: place.default({ x: 1 }).nullable() })),
  ).toMatchObject({
    PlaceOrNull: { type: ["object", "null"] },
    dataObject: {
      properties: {
        a: { description: "A", allOf: [{ $ref }] },
        b: { default: { x: 1 }, allOf: [{ $ref }] },
      },
    },
  });
});

test("zod: a named schema with a further check is written in place", () => {
  const name = z.string().max(10).meta({ id: "Name" });
  expect(jsonOf(z.object({ a: name, b: name.min(3) }))).toEqual({
    Name: { type: "string", maxLength: 10 },
    dataObject: {
      type: "object",
      properties: {
        a: { $ref: "#/definitions/Name" },
        b: { type: "string", minLength: 3, maxLength: 10 },
      },
      required: ["a", "b"],
    },
  });
});

test("zod: recursive schemas, named and unnamed", () => {
  const tree = z.object({
    get children() {
      return z.array(tree);
    },
  });
  const body = (name: string) => ({
    type: "object",
    properties: { children: { type: "array", items: { $ref: `#/definitions/${name}` } } },
    required: ["children"],
  });
  expect(jsonOf(tree)).toEqual({
    Recursive: body("Recursive"),
    dataObject: { $ref: "#/definitions/Recursive" },
  });
  const named = z
    .object({
      get children(): z.ZodArray<typeof named> {
        return z.array(named);
      },
    })
    .meta({ id: "Tree" });
  expect(jsonOf(named)).toEqual({ Tree: body("Tree"), dataObject: { $ref: "#/definitions/Tree" } });
  const list: z.ZodType = z.lazy(() => z.object({ next: list.nullable() }).meta({ id: "List" }));
  expect(jsonOf(list)).toMatchObject({
    ListOrNull: { type: ["object", "null"] },
    dataObject: { $ref: "#/definitions/List" },
  });
});

test("the formats of other clients are taken by the check, whatever their roots are called", () => {
  expect(checkDataFormatJson({ ...DEVICE, dataObject: { type: "object", ...ROOT } })).toEqual([]);
  const roots = { speed: int32, device: ROOT, ...DEVICE };
  expect(checkDataFormatJson(roots, { roots: "any" })).toEqual([]);
});

test("a string in two formats: one is the format, the other one a pattern", () => {
  const both = { type: "string", pattern: expect.any(String) };
  expect(jsonOf(z.iso.datetime().check(z.base64()))).toEqual({
    dataObject: { ...both, format: "date-time" },
  });
  expect(jsonOf(z.base64().check(z.iso.datetime()))).toEqual({ dataObject: { ...both, format: "byte" } });
});
