import { describe, expect, test } from "vitest";
import * as z from "zod";
import { ComplexDataFormat, type DataFormat, DataType } from "../../../src/core/data-format/index.ts";
import { fits, resolve, SUBJECT, valueIssues } from "../../support/data-format/formats.ts";
import { HAS_CODEC, HAS_OPEN_RECORD, NOTICES_CYCLES } from "../../support/data-format/zod-features.ts";

const check = { validate: true };
const skip = { validate: false };

/** What is wrong with a value, both on its way out and on its way in. */
function bothWays(format: DataFormat, value: unknown) {
  const issues = valueIssues(() => format.encode(value, check));
  expect(valueIssues(() => format.decode(value, check))).toEqual(issues);
  return issues;
}

const UNSAFE =
  "must be a whole number between -(2^53 - 1) and 2^53 - 1 (a larger one would lose digits), not";
const DATE_TIME = 'must be a date and time such as "2017-07-14T02:40:00.123Z", not';
const BASE64 = 'must be a base64 string such as "SGVsbG8=", not';

test.each<[type: string, value: unknown, message: string]>([
  [DataType.STRING, 5, "must be a string, not 5"],
  [DataType.STRING, undefined, "is missing: must be a string"],
  [DataType.STRING, null, "must be a string, not null"],
  [DataType.INT32, 1.5, "must be a whole number, not 1.5"],
  [DataType.INT32, "5", 'must be a number, not "5"'],
  [DataType.INT32, 2147483648, "must be at most 2147483647, not 2147483648"],
  [DataType.INT32, -2147483649, "must be at least -2147483648, not -2147483649"],
  [DataType.INT64, 2 ** 53, `${UNSAFE} 9007199254740992`],
  [DataType.INT64, -(2 ** 53), `${UNSAFE} -9007199254740992`],
  [DataType.INT64, 5n, "must be a number, not the bigint 5n"],
  [DataType.FLOAT, 1e39, "must be at most 3.4028234663852886e+38, not 1e+39"],
  [DataType.DOUBLE, Number.NaN, "must be a number, not NaN"],
  [DataType.DOUBLE, Number.POSITIVE_INFINITY, "must be a number, not Infinity"],
  [DataType.BOOLEAN, "true", 'must be true or false, not "true"'],
  [DataType.DATETIME, "yesterday", `${DATE_TIME} "yesterday"`],
  [DataType.DATETIME, "2017-02-30T00:00:00Z", `${DATE_TIME} "2017-02-30T00:00:00Z"`],
  [DataType.DATETIME, "2017-07-14T02:40:00", `${DATE_TIME} "2017-07-14T02:40:00"`],
  [DataType.DATETIME, new Date(0), "must be a string, not a Date object"],
  [DataType.BYTE, "QU", `${BASE64} "QU"`],
  [DataType.BYTE, new Uint8Array(1), "must be a string, not an Uint8Array object"],
])("%s: %s", (type, value, message) => {
  expect(bothWays(resolve(type), value)).toEqual([{ path: "dataObject", message }]);
  expect(bothWays(resolve(type, true), [value])).toEqual([{ path: "dataObject[0]", message }]);
});

test.each<[type: string, value: unknown]>([
  [DataType.STRING, ""],
  [DataType.INT32, -2147483648],
  [DataType.INT64, Number.MAX_SAFE_INTEGER],
  [DataType.FLOAT, 0.1],
  [DataType.DOUBLE, 1e300],
  [DataType.BOOLEAN, false],
  [DataType.DATETIME, "2017-07-14T02:40:00.123Z"],
  [DataType.DATETIME, "2017-07-14T02:40:00+02:00"],
  [DataType.BYTE, "SGVsbG8="],
])("%s takes %s", (type, value) => {
  expect(resolve(type).encode(value, check)).toBe(value);
  expect(resolve(type).decode(value, check)).toBe(value);
  expect(resolve(type, true).encode([value], check)).toEqual([value]);
});

test("the error names the subject and lists everything", () => {
  const format = resolve(z.object({ limits: z.array(z.object({ max: z.number() })), "odd key": z.string() }));
  expect(() => format.encode({ limits: [{ max: "5" }], "odd key": 1 }, check)).toThrow(
    `${SUBJECT}: dataObject.limits[0].max: must be a number, not "5"; dataObject["odd key"]: must be a string, not 1`,
  );
});

test.each<[name: string, schema: object, value: unknown, message: string]>([
  ["minLength", { type: "string", minLength: 2 }, "a", "must have at least 2 characters, not 1"],
  [
    "maxLength counts code points",
    { type: "string", maxLength: 1 },
    "😀😀",
    "must have at most 1 character, not 2",
  ],
  ["pattern", { type: "string", pattern: "^a" }, "b", 'must be a string that matches /^a/u, not "b"'],
  ["multipleOf", { type: "integer", multipleOf: 5 }, 7, "must be a multiple of 5, not 7"],
  [
    "exclusiveMaximum",
    { type: "number", maximum: 5, exclusiveMaximum: true },
    5,
    "must be less than 5, not 5",
  ],
  [
    "exclusiveMinimum",
    { type: "number", minimum: 5, exclusiveMinimum: true },
    5,
    "must be more than 5, not 5",
  ],
  ["minItems", { type: "array", minItems: 1 }, [], "must have at least 1 item, not 0"],
  [
    "uniqueItems",
    { type: "array", uniqueItems: true },
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    "must have items that are all different",
  ],
  ["minProperties", { type: "object", minProperties: 1 }, {}, "must have at least 1 property, not 0"],
  [
    "maxProperties",
    { type: "object", maxProperties: 1 },
    { a: 1, b: 2 },
    "must have at most 1 property, not 2",
  ],
  [
    "additionalProperties",
    { type: "object", additionalProperties: false },
    { a: 1 },
    'has the unknown property "a"',
  ],
  ["enum", { type: "string", enum: ["a", "b"] }, "c", 'must be "a" or "b", not "c"'],
  ["enum of objects", { enum: [{ a: 1 }] }, { a: 2 }, 'must be one of {"a":1}'],
  ["types", { type: ["string", "null"] }, 5, "must be a string or null, not 5"],
  ["allOf", { allOf: [{ type: "string" }] }, 5, "must be a string, not 5"],
  [
    "impossible",
    { type: "object", required: ["a"], additionalProperties: false },
    {},
    'no value fits: the property "a" is required, but not allowed',
  ],
])("raw JSON: %s", (_name, dataObject, value, message) => {
  expect(bothWays(resolve({ dataObject }), value)).toEqual([{ path: "dataObject", message }]);
});

test("raw JSON: a required property that is missing, or undefined", () => {
  const format = resolve({ dataObject: { type: "object", required: ["a"] } });
  const issues = [{ path: "dataObject.a", message: "is missing: must be a value" }];
  expect(bothWays(format, {})).toEqual(issues);
  expect(bothWays(format, { a: undefined })).toEqual(issues);
});

test("raw JSON: of several types, the fitting one is reported", () => {
  const format = resolve({ dataObject: { type: ["object", "null"], properties: { a: { type: "string" } } } });
  expect(bothWays(format, { a: 1 })).toEqual([{ path: "dataObject.a", message: "must be a string, not 1" }]);
});

test("ComplexDataFormat: properties are optional, further ones allowed, wrong ones refused", () => {
  const inner = new ComplexDataFormat("Inner").addProperty("count", DataType.INT32);
  const format = resolve(new ComplexDataFormat("Outer").addProperty("list", inner, true));
  expect(format.encode({}, check)).toEqual({});
  expect(format.encode({ list: [{ count: 1 }], more: true }, check)).toEqual({
    list: [{ count: 1 }],
    more: true,
  });
  expect(bothWays(format, { list: [{ count: 1.5 }] })).toEqual([
    { path: "dataObject.list[0].count", message: "must be a whole number, not 1.5" },
  ]);
});

describe("what JSON cannot carry", () => {
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  const anything = [
    resolve(z.any()),
    resolve(z.looseObject({})),
    resolve({ dataObject: {} }),
    resolve({ dataObject: { type: "object" } }),
  ];
  test.each<[name: string, part: unknown, message: string]>([
    ["NaN", Number.NaN, "must be a number that JSON can carry, not NaN"],
    ["bigint", 5n, "must be a value that JSON can carry, not the bigint 5n"],
    ["function", () => 1, "must be a value that JSON can carry, not a function"],
    ["symbol", Symbol("s"), "must be a value that JSON can carry, not a symbol"],
    ["Date", new Date(0), "must be a plain object or array, not a Date object"],
    ["Map", new Map(), "must be a plain object or array, not a Map object"],
    ["undefined in an array", [undefined], "is missing: must be a value that JSON can carry"],
  ])("%s", (_name, part, message) => {
    for (const format of anything) {
      const path = Array.isArray(part) ? "dataObject.x[0]" : "dataObject.x";
      expect(valueIssues(() => format.encode({ x: part }, check))).toEqual([{ path, message }]);
    }
  });

  test("undefined properties are left out", () => {
    for (const format of anything) {
      expect(JSON.stringify(format.encode({ a: undefined, b: 1 }, check))).toBe('{"b":1}');
    }
  });

  test("cycles", () => {
    const message = "the value contains itself, which JSON cannot carry";
    for (const format of anything) {
      expect(valueIssues(() => format.encode(cyclic, check))).toEqual([
        { path: expect.stringMatching(/^dataObject(\.self)+$/) as string, message },
      ]);
    }
    const node = z.object({
      get self() {
        return node.optional();
      },
    });
    expect(valueIssues(() => resolve(node).encode(cyclic, check))).toEqual([
      NOTICES_CYCLES
        ? { path: "dataObject.self", message }
        : { path: "dataObject", message: "the value is nested too deeply, or contains itself" },
    ]);
    expect(resolve(node).encode({ self: { self: {} } }, check)).toEqual({ self: { self: {} } });
  });

  test("nesting without end", () => {
    const node = z.object({
      get self() {
        return node.optional();
      },
    });
    let deep: object = {};
    for (let i = 0; i < 100_000; i++) {
      deep = { self: deep };
    }
    expect(bothWays(resolve(node), deep)).toEqual([
      { path: "dataObject", message: "the value is nested too deeply, or contains itself" },
    ]);
    expect(valueIssues(() => resolve({ dataObject: { type: "object" } }).encode(deep, check))).toEqual([
      { path: "dataObject", message: "the value is nested too deeply, or contains itself" },
    ]);
  });

  test("a key __proto__ pollutes nothing", () => {
    const evil: unknown = JSON.parse('{"__proto__":{"polluted":true},"a":1}');
    for (const format of anything) {
      const value = format.decode(evil, check) as Record<string, unknown>;
      expect(value["polluted"]).toBeUndefined();
      expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
      expect(fits(() => format.encode(evil, check))).toBe(true);
    }
  });

  test("a member __proto__ from the wire reaches no check and no program, however deep it is", () => {
    const seen: unknown[] = [];
    const see = (value: unknown) => seen.push(value) > 0;
    const open = z.object({ list: z.array(z.looseObject({ a: z.int32() }).refine(see)) });
    const more = z.object({ list: z.array(z.object({ a: z.int32() }).catchall(z.any()).refine(see)) });
    const complex = new ComplexDataFormat("Outer").addProperty("list", new ComplexDataFormat("Inner"), true);
    const evil: unknown = JSON.parse(
      '{"list":[{"a":1},{"a":2,"b":{"__proto__":{"admin":true}},"__proto__":{"admin":true}}]}',
    );
    for (const format of [open, more, complex, z.any(), z.looseObject({})]) {
      const value = resolve(format).decode(evil, check) as { list: object[] };
      expect(value).toEqual({ list: [{ a: 1 }, { a: 2, b: {} }] });
      seen.push(value.list[1]);
    }
    expect(seen.length).toBeGreaterThanOrEqual(9);
    for (const part of seen) {
      expect(Object.getPrototypeOf(part)).toBe(Object.prototype);
      expect("admin" in (part as object)).toBe(false);
    }
  });

  test("a member __proto__ is refused by a format that forbids unknown ones", () => {
    const evil: unknown = JSON.parse('{"a":{"__proto__":{"a":1}}}');
    expect(valueIssues(() => resolve(z.object({ a: z.strictObject({}) })).decode(evil, check))).toEqual([
      { path: "dataObject.a", message: 'has the unknown property "__proto__"' },
    ]);
    for (const definition of [
      z.looseObject({ a: z.strictObject({}) }),
      { dataObject: { properties: { a: { type: "object", additionalProperties: false } } } },
    ]) {
      expect(valueIssues(() => resolve(definition).decode(evil, check))).toEqual([
        { path: "dataObject", message: 'has a property "__proto__", which is not allowed' },
      ]);
    }
  });

  test("a string with the text of such a member stays as it is", () => {
    const value = { 'a "__proto__":': '"__proto__":1', b: { "\\": '{"__proto__":{}}' } };
    expect(resolve(z.looseObject({})).decode(value, check)).toEqual(value);
  });

  test("without validation such a member is left out as well", () => {
    const evil = (): unknown => JSON.parse('{"a":[{"__proto__":{"admin":true},"b":1}],"__proto__":1}');
    for (const format of [...anything, resolve(z.object({ a: z.array(z.object({})) }))]) {
      expect(JSON.stringify(format.decode(evil(), { validate: false }))).toBe('{"a":[{"b":1}]}');
    }
  });

  test("what is beside such a member is checked as it came", () => {
    const format = resolve(z.looseObject({ x: z.nullable(z.number()) }));
    const issues = valueIssues(() => format.decode(JSON.parse('{"__proto__":1,"x":1e400}'), check));
    expect(issues).toEqual([{ path: "dataObject.x", message: "must be a number, not Infinity" }]);
    const similar: unknown = JSON.parse('{"a":{},"c\\"__proto__":1}');
    const partlyClosed = resolve(z.looseObject({ a: z.strictObject({}) }));
    expect(partlyClosed.decode(similar, check)).toEqual(similar);
  });

  test("depth is no matter on the way in", () => {
    const nested = (inside: string): unknown =>
      JSON.parse(`${"[".repeat(50_000)}${inside}${"]".repeat(50_000)}`);
    const deep = nested("");
    expect(resolve(z.any()).decode(deep, check)).toBe(deep);
    let part = resolve(z.any()).decode(nested('{"__proto__":1,"a":2}'), check);
    while (Array.isArray(part)) {
      part = part[0];
    }
    expect(JSON.stringify(part)).toBe('{"a":2}');
  });
});

describe.runIf(HAS_CODEC)("codecs of zod", () => {
  test("they convert both ways, with and without validation", () => {
    const at = z.codec(z.iso.datetime(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    });
    const text = "2017-07-14T02:40:00.123Z";
    const format = resolve(z.object({ at }), true);
    for (const options of [check, skip]) {
      expect(format.encode([{ at: new Date(text) }], options)).toEqual([{ at: text }]);
      expect(format.decode([{ at: text }], options)).toEqual([{ at: new Date(text) }]);
    }
    expect(valueIssues(() => format.encode([{ at: text }], check))).toEqual([
      { path: "dataObject[0].at", message: `must be a Date object, not "${text}"` },
    ]);
  });

  test("hidden one-way transforms are explained", () => {
    const oneWay = z.codec(
      z.string(),
      z.string().transform((each) => each),
      { decode: (each) => each, encode: (each) => each },
    );
    expect(valueIssues(() => resolve(oneWay).encode("x", check))).toEqual([
      {
        path: "dataObject",
        message:
          "the zod schema has a one-way transform, which cannot be turned back into what goes on the wire; use z.codec()",
      },
    ]);
  });

  test("a Date that is none", () => {
    const format = resolve(
      z.codec(z.iso.datetime(), z.date(), { decode: (s) => new Date(s), encode: String }),
    );
    expect(valueIssues(() => format.encode(new Date(Number.NaN), check))).toEqual([
      { path: "dataObject", message: "must be a Date object, not an invalid Date" },
    ]);
  });
});

describe("zod", () => {
  test("defaults are filled in on the way in", () => {
    const format = resolve(z.object({ a: z.int32().default(4) }));
    expect(format.decode({}, check)).toEqual({ a: 4 });
    expect(resolve(z.int32().default(4)).decode(undefined, check)).toBe(4);
  });

  test("refinements and own messages", () => {
    const format = resolve(
      z.object({ a: z.int32("a needs a number"), b: z.string().refine((b) => b !== "x") }),
    );
    expect(bothWays(format, { a: "1", b: "x" })).toEqual([
      { path: "dataObject.a", message: "a needs a number" },
      { path: "dataObject.b", message: 'must pass the check that the schema makes, which "x" does not' },
    ]);
  });

  test("unions: the alternatives, or what is wrong with the closest one", () => {
    expect(bothWays(resolve(z.union([z.string().min(2), z.int32()])), true)).toEqual([
      { path: "dataObject", message: "must be a string or a number, not true" },
    ]);
    expect(bothWays(resolve(z.union([z.string().min(2), z.int32()])), "a")).toEqual([
      { path: "dataObject", message: "must have at least 2 characters, not 1" },
    ]);
  });

  test("asynchronous checks and those that throw are explained", () => {
    const waiting = resolve(z.string().refine(() => Promise.resolve(true)));
    expect(bothWays(waiting, "x")).toEqual([
      {
        path: "dataObject",
        message:
          "the zod schema has an asynchronous check or conversion, which cannot be waited for here; use a synchronous one",
      },
    ]);
    const failing = resolve(
      z.string().refine(() => {
        throw new Error("boom");
      }),
    );
    expect(bothWays(failing, "x")).toEqual([{ path: "dataObject", message: "the zod schema failed: boom" }]);
  });

  test("a record asks its values whether one may be missing, and forgets a check that waits in vain", async () => {
    const schema = z.record(
      z.enum(["a"]),
      z.any().refine(() => Promise.reject(new Error("of no interest"))),
    );
    expect(resolve(schema).json).toMatchObject({ dataObject: { required: ["a"] } });
    // An unhandled rejection would fail the run.
    await new Promise((done) => setImmediate(done));
  });

  test.runIf(HAS_OPEN_RECORD)("what a loose record lets through must be JSON, too", () => {
    const format = resolve(z.looseRecord(z.enum(["a"]), z.int()));
    expect(valueIssues(() => format.encode({ a: 1, b: 5n }, check))).toEqual([
      { path: "dataObject.b", message: "must be a value that JSON can carry, not the bigint 5n" },
    ]);
  });

  test("records and strict objects", () => {
    expect(bothWays(resolve(z.record(z.enum(["a"]), z.int32())), { a: 1, b: 2 })).toEqual([
      { path: "dataObject", message: 'has the unknown property "b"' },
    ]);
    expect(bothWays(resolve(z.strictObject({})), { a: 1, b: 2 })).toEqual([
      { path: "dataObject", message: 'has the unknown properties "a", "b"' },
    ]);
  });

  test("a value is not changed, nor frozen", () => {
    const value = { list: [1] };
    resolve(z.object({ list: z.array(z.int32()).readonly() }).readonly()).encode(value, check);
    expect(Object.isFrozen(value) || Object.isFrozen(value.list)).toBe(false);
  });
});

test("no payload", () => {
  const format = resolve(null);
  for (const nothing of [undefined, null]) {
    expect(format.encode(nothing, check)).toBeUndefined();
    expect(format.decode(nothing, check)).toBeUndefined();
  }
  expect(bothWays(format, 5)).toEqual([{ path: "dataObject", message: "must be no payload, not 5" }]);
  expect(format.encode(5, skip)).toBeUndefined();
});

test("without validation everything passes", () => {
  for (const definition of [DataType.INT32, z.int32(), { dataObject: { type: "integer" } }]) {
    expect(resolve(definition).encode("wrong", skip)).toBe("wrong");
    expect(resolve(definition).decode("wrong", skip)).toBe("wrong");
  }
});

test("long values are shortened in messages", () => {
  const [issue] = bothWays(resolve(DataType.INT32), "x".repeat(1000));
  expect(issue?.message).toBe(`must be a number, not "${"x".repeat(57)}"…`);
});

test("a change of a raw format after it was given has no effect", () => {
  const raw = { dataObject: { type: "string" } };
  const format = resolve(raw);
  raw.dataObject.type = "integer";
  expect(format.json).toEqual({ dataObject: { type: "string" } });
});
