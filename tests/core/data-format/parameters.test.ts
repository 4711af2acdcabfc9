import { expect, test } from "vitest";
import * as z from "zod";
import { z as z3 } from "zod-3.25";
import {
  ComplexDataFormat,
  checkDataFormatJson,
  compileParameters,
  type DataFormatDefinition,
  DataType,
} from "../../../src/core/data-format/index.ts";
import { definitionIssues, valueIssues } from "../../support/data-format/formats.ts";
import { HAS_CODEC, TAKES_EQUAL_IDS } from "../../support/data-format/zod-features.ts";

const SUBJECT = 'function "F"';
const check = { validate: true };
const of = (parameters: Record<string, unknown>) =>
  compileParameters(parameters as Record<string, DataFormatDefinition>, { subject: SUBJECT });

const point = z.object({ x: z.int32() }).meta({ id: "Point" });
const pointSchema = {
  type: "object",
  properties: { x: { type: "integer", format: "int32" } },
  required: ["x"],
};

test("one root for each parameter, the definitions of all beside them", () => {
  const device = new ComplexDataFormat("Device").addProperty("name", DataType.STRING);
  const { json } = of({
    speed: z.int32(),
    from: point,
    to: z.array(point),
    device,
    raw: { dataObject: { type: "boolean" } },
  });
  expect(json).toEqual({
    Point: pointSchema,
    Device: { type: "object", properties: { name: { type: "string" } } },
    speed: { type: "integer", format: "int32" },
    from: { $ref: "#/definitions/Point" },
    to: { type: "array", items: { $ref: "#/definitions/Point" } },
    device: { $ref: "#/definitions/Device" },
    raw: { type: "boolean" },
  });
  expect(checkDataFormatJson(json, { roots: "any" })).toEqual([]);
  expect(of({}).json).toBeUndefined();
});

test("unnamed recursive schemas of two parameters do not clash", () => {
  const tree = () => {
    const node = z.object({
      get children() {
        return z.array(node);
      },
    });
    return node;
  };
  expect(Object.keys(of({ a: tree(), b: tree() }).json ?? {})).toEqual([
    "aRecursive",
    "bRecursive",
    "a",
    "b",
  ]);
});

test.runIf(HAS_CODEC)("values by name, converted", () => {
  const at = z.codec(z.iso.datetime(), z.date(), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  });
  const format = of({ speed: "int32", at, note: z.string().optional() });
  const wire = { speed: 5, at: "2017-07-14T02:40:00.123Z" };
  const value = { speed: 5, at: new Date(wire.at) };
  expect(format.decode({ ...wire, more: 1 }, check)).toEqual(value);
  expect(format.encode(value, check)).toEqual(wire);
  expect(of({}).decode(undefined, check)).toEqual({});
});

test("all wrong values are listed", () => {
  const format = of({ speed: "int32", point, any: z.any() });
  const issues = [
    { path: "speed", message: 'must be a number, not "5"' },
    { path: "point.x", message: "is missing: must be a number" },
  ];
  expect(valueIssues(() => format.decode({ speed: "5", point: {} }, check))).toEqual(issues);
  expect(valueIssues(() => format.encode({ speed: "5", point: {}, typo: 1 }, check))).toEqual([
    { path: "typo", message: "there is no parameter of this name" },
    ...issues,
  ]);
  expect(valueIssues(() => format.decode(5, check))).toEqual([
    { path: "", message: "must be an object with the parameters by name, not 5" },
  ]);
});

test.runIf(TAKES_EQUAL_IDS)("all wrong definitions are listed", () => {
  const other = z.object({ y: z.int32() }).meta({ id: "Point" });
  expect(
    definitionIssues(() =>
      of({
        "a b": z.string(),
        date: z.object({ at: z.date() }),
        type: "int16",
        none: null,
        point,
        other,
        Point: "string",
      }),
    ),
  ).toEqual([
    {
      path: 'parameters["a b"]',
      message: 'the name "a b" cannot be used: only letters, digits, "_", "." and "-" are allowed',
    },
    {
      path: "date.at",
      message:
        "z.date() cannot travel as JSON; use z.iso.datetime(), or a z.codec() from z.iso.datetime() to z.date()",
    },
    { path: "type: dataFormat", message: expect.stringContaining('unknown data type "int16"') as string },
    { path: "none", message: "a parameter needs a data format; leave it out if it carries nothing" },
    { path: "point", message: '"Point" is the name of a parameter and of a definition; rename one of them' },
    { path: "other", message: '"Point" is the name of a parameter and of a definition; rename one of them' },
  ]);
  expect(definitionIssues(() => of({ point, other }))).toEqual([
    {
      path: "other",
      message: 'another parameter has a different definition named "Point"; rename one of them',
    },
  ]);
});

test("a schema in the place of the parameters", () => {
  expect(definitionIssues(() => of(point as never))).toEqual([
    {
      path: "parameters",
      message: "must be an object with a data format for each parameter, not a ZodObject object",
    },
  ]);
  expect(definitionIssues(() => of(z3.object({ speed: z3.number() }) as never))).toEqual([
    {
      path: "parameters",
      message: "must be an object with a data format for each parameter, not a ZodObject object",
    },
  ]);
});

test("a parameter of zod 3", () => {
  expect(definitionIssues(() => of({ speed: z3.number() }))).toEqual([
    {
      path: "speed: dataFormat",
      message: 'this is a schema of zod 3; import zod 4 from "zod/v4"',
    },
  ]);
});
