import { describe, expect, test } from "vitest";
import type { Mapping } from "../../src/broker/flows/mapping.ts";
import { assess } from "../../src/console/flows/mapping/assess.ts";
import { fitTypes } from "../../src/console/flows/mapping/fit.ts";
import { misfitOf } from "../../src/console/flows/mapping/fit-value.ts";
import { changeSource, readMappingText } from "../../src/console/flows/mapping/mapping-text.ts";
import { placesOfFunction } from "../../src/console/flows/mapping/places.ts";
import { previewMapping } from "../../src/console/flows/mapping/preview.ts";
import { suggestMapping } from "../../src/console/flows/mapping/suggest.ts";
import type { Schema } from "../../src/console/format/schema.ts";

const READING = {
  Reading: {
    type: "object",
    required: ["rpm", "name", "state"],
    properties: {
      rpm: { type: "integer", format: "int32" },
      name: { type: "string" },
      state: { type: "string", enum: ["idle", "running"] },
      tool: { $ref: "#/definitions/Tool" },
    },
  },
  Tool: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
  dataObject: { $ref: "#/definitions/Reading" },
};
const ORDER = {
  Order: {
    type: "object",
    required: ["speed", "name"],
    properties: {
      speed: { type: "string" },
      name: { type: "string" },
      limits: {
        type: "object",
        required: ["max"],
        properties: { max: { type: "number" }, parent: { $ref: "#/definitions/Order" } },
      },
      tags: { type: "array", items: { type: "string" } },
    },
  },
  dataObject: { $ref: "#/definitions/Order" },
};
const NAMED = { speed: { type: "integer" }, unit: { type: "string", enum: ["Hz", "1/min"] } };

const typed = (schema: Schema) => ({ schema, format: {} });

describe("whether a type fits another", () => {
  test.each<[Schema, Schema, string]>([
    [{ type: "integer" }, { type: "number" }, "fits"],
    [{ type: "number" }, { type: "integer" }, "no"],
    [{ type: "integer" }, { type: "string" }, "no"],
    [{ type: "integer", format: "int64" }, { type: "integer", format: "int32" }, "maybe"],
    [{ type: "integer", format: "int32" }, { type: "integer", format: "int64" }, "fits"],
    [{ type: ["string", "null"] }, { type: "string" }, "maybe"],
    [{ type: "string" }, { oneOf: [{ type: "integer" }, { type: "string" }] }, "fits"],
    [{ type: "string" }, {}, "fits"],
    [{}, { type: "string" }, "maybe"],
    [{ type: "string" }, { type: "string", enum: ["a"] }, "maybe"],
    [{ type: "string", enum: ["a"] }, { type: "string", enum: ["a", "b"] }, "fits"],
    [{ type: "string", enum: ["c"] }, { type: "string", enum: ["a", "b"] }, "no"],
    [{ type: "string" }, { type: "string", format: "date-time" }, "maybe"],
    [{ type: "array", items: { type: "integer" } }, { type: "array", items: { type: "number" } }, "fits"],
    [{ type: "array", items: { type: "number" } }, { type: "array", items: { type: "string" } }, "no"],
    [
      { type: "object", properties: { a: { type: "string" } } },
      { type: "object", required: ["a"], properties: { a: { type: "string" } } },
      "maybe",
    ],
    [
      { type: "object", properties: {} },
      { type: "object", required: ["a"], properties: { a: { type: "string" } } },
      "no",
    ],
    [
      { type: "object", properties: { b: { type: "string" } } },
      { type: "object", additionalProperties: false, properties: {} },
      "no",
    ],
  ])("%j for %j: %s", (source, target, level) => {
    const fit = fitTypes(typed(source), typed(target));
    expect(fit.level).toBe(level);
    expect(fit.words === "").toBe(level === "fits");
  });

  test("formats that refer to themselves come to an end", () => {
    const format = { Node: { type: "object", properties: { next: { $ref: "#/definitions/Node" } } } };
    const node = { schema: { $ref: "#/definitions/Node" }, format };
    expect(fitTypes(node, node).level).toBe("fits");
    const circle = { A: { $ref: "#/definitions/B" }, B: { $ref: "#/definitions/A" } };
    expect(fitTypes({ schema: { $ref: "#/definitions/A" }, format: circle }, node).level).toBe("maybe");
  });
});

test.each<[unknown, Schema, string | undefined]>([
  [5, { type: "string" }, "5 is not string"],
  ["x", { type: "string" }, undefined],
  ["c", { type: "string", enum: ["a", "b"] }, '"c" is none of "a", "b"'],
  [5, { type: "integer", maximum: 4 }, "5 is more than 4"],
  [[1, "x"], { type: "array", items: { type: "integer" } }, '[1]: "x" is not integer'],
  [{}, { type: "object", required: ["a"], properties: {} }, "a is missing"],
  [{ b: 1 }, { type: "object", additionalProperties: false, properties: {} }, "b is not known there"],
  [
    { a: { b: 1 } },
    { properties: { a: { properties: { b: { type: "string" } } } } },
    "a: b: 1 is not string",
  ],
])("the value %j for %j: %s", (value, schema, words) => {
  expect(misfitOf(value, typed(schema))).toBe(words);
});

test("a function has one row for each field, as deep as it goes, and a reference to itself is one row", () => {
  expect(placesOfFunction(ORDER).map(({ pointer }) => pointer)).toEqual([
    "/dataObject",
    "/dataObject/speed",
    "/dataObject/name",
    "/dataObject/limits",
    "/dataObject/limits/max",
    "/dataObject/limits/parent",
    "/dataObject/tags",
  ]);
  expect(placesOfFunction(NAMED).map(({ pointer }) => pointer)).toEqual(["/speed", "/unit"]);
  expect(placesOfFunction(undefined)).toEqual([]);
});

describe("what is suggested", () => {
  test("has the same name, and fits: an integer is not proposed for a string", () => {
    expect(suggestMapping(READING, ORDER)).toEqual({ "/dataObject/name": "/dataObject/name" });
    const mapping = suggestMapping({ dataObject: { type: "number" } }, NAMED);
    expect(mapping).toEqual({});
  });

  test("is written in another way, or is the only one that fits", () => {
    const event = {
      dataObject: {
        type: "object",
        required: ["spindle_speed"],
        properties: { spindle_speed: { type: "integer" } },
      },
    };
    const target = {
      dataObject: {
        type: "object",
        required: ["spindleSpeed"],
        properties: { spindleSpeed: { type: "number" } },
      },
    };
    expect(suggestMapping(event, target)).toEqual({
      "/dataObject/spindleSpeed": "/dataObject/spindle_speed",
    });
    expect(suggestMapping({ dataObject: { type: "integer" } }, { speed: { type: "integer" } })).toEqual({
      "/speed": "/dataObject",
    });
  });

  test("is nothing at all if the value fits as it is", () => {
    expect(suggestMapping(READING, READING)).toBeUndefined();
    expect(suggestMapping(READING, undefined)).toBeUndefined();
  });
});

describe("what is wrong with a mapping", () => {
  test.each<[Mapping | undefined, unknown, unknown, string[]]>([
    [undefined, READING, READING, []],
    [
      undefined,
      READING,
      NAMED,
      [
        "/speed: is needed, and gets nothing",
        "/unit: is needed, and gets nothing",
        "/dataObject: the function has no place /dataObject",
      ],
    ],
    [
      { "/dataObject/speed": "/dataObject/rpm", "/dataObject/name": "/dataObject/name" },
      READING,
      ORDER,
      ["/dataObject/speed: integer (int32), but string is needed"],
    ],
    [
      { "/dataObject/name": { value: 5 } },
      READING,
      ORDER,
      ["/dataObject/speed: is needed, and gets nothing", "/dataObject/name: 5 is not string"],
    ],
    [
      { "/dataObject/speed": { template: "${/dataObject/rpm} rpm" }, "/dataObject/name": "/dataObject/nam" },
      READING,
      ORDER,
      ["/dataObject/name: the event has no /dataObject/nam"],
    ],
    [
      // What is not needed is no mistake, but then what is needed in it is.
      {
        "/dataObject/speed": "/dataObject/name",
        "/dataObject/name": "/uuid",
        "/dataObject/limits/parent": { value: {} },
      },
      READING,
      ORDER,
      ["/dataObject/limits/max: is needed, and gets nothing", "/dataObject/limits/parent: speed is missing"],
    ],
    [{ "/speed": "/dataObject/rpm", "/unit": { value: "Hz" } }, READING, NAMED, []],
    [
      { "/speed": { template: "${/dataObject/name}" }, "/unit": "/eventId" },
      READING,
      NAMED,
      ["/speed: string, but integer is needed"],
    ],
    [{}, READING, undefined, []],
  ])("%j", (mapping, event, target, problems) => {
    expect(assess(mapping, event, target).problems).toEqual(problems);
  });

  test("what can be missing in an event is said, and no mistake", () => {
    const mapping = { "/dataObject/speed": "/dataObject/tool/id", "/dataObject/name": "/dataObject/name" };
    const { rows, problems } = assess(mapping, READING, ORDER);
    expect(problems).toEqual([]);
    expect(rows[1]).toMatchObject({ level: "maybe", words: /can be missing in an event/ });
  });
});

describe("the JSON of a mapping", () => {
  test("is checked by the broker's own check", () => {
    expect(readMappingText("")).toEqual({});
    expect(readMappingText("[]").problem).toMatch(/must be an object/);
    expect(readMappingText("{").problem).toMatch(/^The mapping is not JSON/);
    expect(readMappingText('{ "a": "/dataObject" }').problem).toMatch(/mapping\["a"\]/);
    expect(readMappingText('{ "/a": "/dataObject" }')).toEqual({ mapping: { "/a": "/dataObject" } });
  });

  test("keeps what the table does not change, every digit of it", () => {
    const json = '{ "/a": { "value": 9007199254740993 },\n  "/b": "/dataObject" }';
    expect(changeSource(json, "/b", "/uuid")).toBe(
      '{ "/a": { "value": 9007199254740993 },\n  "/b": "/uuid" }',
    );
    expect(changeSource(json, "/b", undefined)).toContain("9007199254740993");
    expect(JSON.parse(changeSource("", "/a", { value: 1 }))).toEqual({ "/a": { value: 1 } });
  });

  test("never has two values for one place", () => {
    const json = '{ "/dataObject/a": "/uuid", "/dataObject/b": "/uuid", "/x": "/uuid" }';
    const whole = changeSource(json, "/dataObject", "/dataObject");
    expect(JSON.parse(whole)).toEqual({ "/x": "/uuid", "/dataObject": "/dataObject" });
    expect(JSON.parse(changeSource(whole, "/dataObject/a", "/eventId"))).toEqual({
      "/x": "/uuid",
      "/dataObject/a": "/eventId",
    });
  });
});

test("a preview is what the broker would send", () => {
  const sample = { members: { uuid: "u", dataObject: { rpm: 68, tags: ["a"] } }, at: 0 };
  const mapping = {
    "/dataObject/speed": { template: "${/dataObject/rpm} rpm" },
    "/dataObject/tag": "/dataObject/tags/0",
    "/dataObject/none": "/dataObject/none",
  };
  expect(previewMapping(mapping, sample)).toEqual({ value: { dataObject: { speed: "68 rpm", tag: "a" } } });
  expect(previewMapping(undefined, sample)).toEqual({ value: { dataObject: { rpm: 68, tags: ["a"] } } });
});
