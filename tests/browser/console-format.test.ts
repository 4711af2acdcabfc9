import { describe, expect, test } from "vitest";
import { checkEventValue } from "../../src/broker/services/data-format-check.ts";
import { describeFormat, shortFormat } from "../../src/console/format/describe.ts";
import { exampleOf, hasNamedParameters } from "../../src/console/format/example.ts";

const MODULES = {
  Device: {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string", minLength: 6 },
      modules: { type: "array", items: { $ref: "#/definitions/Module" } },
      parent: { $ref: "#/definitions/Device" },
    },
  },
  Module: { type: "object", properties: { weight: { type: "number", format: "float", minimum: 2 } } },
  dataObject: { type: "array", items: { $ref: "#/definitions/Device" } },
};
const NAMED = {
  speed: { type: "integer", format: "int32" },
  unit: { type: "string", enum: ["Hz", "1/min"] },
};

describe("the example for a data format", () => {
  test.each([
    [undefined, undefined],
    [{}, undefined],
    [{ dataObject: { type: "integer", format: "int32" } }, 1],
    [{ dataObject: { type: "number", maximum: 0.5 } }, 0.5],
    [{ dataObject: { type: "integer", minimum: 3, exclusiveMinimum: true } }, 4],
    [{ dataObject: { type: "integer", minimum: 11, multipleOf: 5 } }, 15],
    [{ dataObject: { type: "string", enum: ["b", "a"] } }, "b"],
    [{ dataObject: { type: "boolean", default: false } }, false],
    [{ dataObject: { type: "string", maxLength: 2 } }, "te"],
    [MODULES, [{ name: "textxx", modules: [{ weight: 2 }] }]],
    [NAMED, { speed: 1, unit: "Hz" }],
  ])("%j is %j", (format, expected) => {
    const example = exampleOf(format);
    expect(example).toEqual(expected);
    if (format !== undefined && !hasNamedParameters(format)) {
      expect(checkEventValue(example, format, "the example")).toEqual({ issues: [], warnings: [] });
    }
  });

  test.each(["date-time", "byte"])("a text of the format %s fits", (format) => {
    const dataFormat = { dataObject: { type: "string", format } };
    expect(checkEventValue(exampleOf(dataFormat), dataFormat, "the example")).toEqual({
      issues: [],
      warnings: [],
    });
  });

  test("of nonsense is nothing, and no error", () => {
    for (const format of [
      "x",
      5,
      null,
      [],
      { dataObject: 5 },
      { dataObject: { $ref: "#/definitions/None" } },
    ]) {
      expect(exampleOf(format)).toBeUndefined();
      expect(() => describeFormat(format)).not.toThrow();
    }
  });
});

test("a data format in words", () => {
  expect(shortFormat(undefined)).toBe("no payload");
  expect(shortFormat(MODULES)).toBe("Device[]");
  expect(shortFormat(NAMED)).toBe("speed: integer (int32), unit: string");
  const [root] = describeFormat(MODULES);
  expect(root).toMatchObject({ name: "dataObject", type: "Device[]" });
  expect(root?.below.map(({ name, type, notes }) => [name, type, ...notes])).toEqual([
    ["name", "string", "required", "6 characters or more"],
    ["modules", "Module[]"],
    ["parent", "Device"],
  ]);
  // It is inside of itself: the name says enough.
  expect(root?.below.at(2)?.below).toEqual([]);
  expect(root?.below.at(1)?.below).toMatchObject([{ name: "weight", notes: ["2 or more"] }]);
});
