import { expect, test } from "vitest";
import * as z from "zod";
import * as z325 from "zod-3.25/v4";
import * as mini325 from "zod-3.25/v4/mini";
import * as z40 from "zod-4.0";
import * as z43 from "zod-4.3";
import { resolve, valueIssues } from "../../support/data-format/formats.ts";

const check = { validate: true };

// A program may have several copies of zod: its own, and the one that npm has put beside this package.
test.each<[name: string, other: unknown]>([
  ["the same", z],
  ["3.25", z325],
  ["4.0", z40],
  ["4.3", z43],
])("a schema of another copy of zod: %s", (name, other) => {
  const { object, string, int32, array, iso, looseObject } = other as typeof z;
  const id = `Reading${name.replace(/\W/g, "")}`;
  const reading = object({ at: iso.datetime(), value: int32(), note: string().default("-") }).meta({ id });
  const format = resolve(object({ list: array(reading).min(1) }).describe("Readings"), true);
  expect(format.json).toMatchObject({
    [id]: { type: "object", required: ["at", "value"] },
    dataObject: {
      type: "array",
      items: {
        description: "Readings",
        properties: { list: { type: "array", items: { $ref: `#/definitions/${id}` }, minItems: 1 } },
      },
    },
  });
  const value = { at: "2017-07-14T02:40:00Z", value: 5 };
  expect(format.decode([{ list: [value] }], check)).toEqual([{ list: [{ ...value, note: "-" }] }]);
  expect(valueIssues(() => format.encode([{ list: [{ ...value, value: "5", note: "" }] }], check))).toEqual([
    { path: "dataObject[0].list[0].value", message: 'must be a number, not "5"' },
  ]);
  const evil: unknown = JSON.parse('{"__proto__":{"admin":true}}');
  expect("admin" in (resolve(looseObject({})).decode(evil, check) as object)).toBe(false);
});

test("a schema of zod/mini of another copy", () => {
  const schema = mini325.object({ a: mini325.optional(mini325.string().check(mini325.minLength(2))) });
  expect(resolve(schema).json).toEqual({
    dataObject: { type: "object", properties: { a: { type: "string", minLength: 2 } } },
  });
  expect(valueIssues(() => resolve(schema).decode({ a: "x" }, check))).toEqual([
    { path: "dataObject.a", message: "must have at least 2 characters, not 1" },
  ]);
});
