import fc from "fast-check";
import { checkDataFormatJson } from "../../../../src/core/data-format/index.ts";
import { rawFormat } from "../../data-format/raw-formats.ts";

/** Text that would get out of a comment, a string, a template or a regular expression, if something let it. */
const HOSTILE = [
  "*/ globalThis.injected = 1; /*",
  '"; globalThis.injected = 1; "',
  "'; globalThis.injected = 1; '",
  "`${globalThis.injected = 1}`",
  "\\",
  '\\"',
  "\n globalThis.injected = 1\n",
  "\r\u2028\u2029globalThis.injected = 1",
  "] }); globalThis.injected = 1; ({ a: [",
  "/; globalThis.injected = 1; /",
  "@ts-expect-error",
  "@ts-ignore\n",
  "# sourceMappingURL=data:,",
  "<!-- globalThis.injected = 1 -->",
  "\u202e\u0000\u001b[31m",
  "\ud800",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "class",
  "await",
  "Promise",
  "z",
  "10",
  "9",
  "01",
  "Größe 中文 😀",
];

const hostile = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 12 }));
const id = hostile.filter((text) => text.trim() !== "");

const property = fc.oneof(
  fc.constant({ type: "string" }),
  hostile.map((description) => ({ type: "integer", format: "int32", description })),
  fc.uniqueArray(hostile, { minLength: 1, maxLength: 3 }).map((values) => ({ type: "string", enum: values })),
  hostile.map((text) => ({ type: "string", default: text })),
  hostile.map((text) => ({ type: "string", pattern: text.replace(/[^\w/ "'`\n-]/g, ".") })),
  fc.constant({ $ref: "#/definitions/Inner" }),
  fc.constant({ type: "array", items: { $ref: "#/definitions/Outer" } }),
);

/** Names and texts of all kinds in a format of the usual form. */
const hostileFormat = fc
  .record({
    properties: fc.dictionary(hostile, property, { maxKeys: 4, noNullPrototype: true }),
    others: fc.dictionary(hostile, property, { maxKeys: 2, noNullPrototype: true }),
    title: hostile,
    example: hostile,
  })
  .map(({ properties, others, title, example }) => ({
    Outer: { type: "object", properties, title },
    Inner: { type: "object", properties: others, example: { [example]: example } },
    dataObject: { $ref: "#/definitions/Outer" },
  }));

const noFormat = fc.constant(undefined);

function serviceOf(text: fc.Arbitrary<string>, ids: fc.Arbitrary<string>, format: fc.Arbitrary<unknown>) {
  const event = fc.record({
    eventId: ids,
    name: text,
    description: text,
    dataFormat: fc.oneof(format, noFormat),
  });
  const described = fc.record({
    functionId: ids,
    name: text,
    description: text,
    dataFormat: fc.oneof(format, noFormat),
    responseEvents: fc.uniqueArray(fc.nat({ max: 2 }), { maxLength: 2 }),
  });
  const parameter = fc.oneof(
    text.map((value) => ({ value, type: "STRING" })),
    fc.integer().map((value) => ({ value, type: "INTEGER", format: "INT32" })),
  );
  return fc
    .record({
      uuid: fc.constant("u"),
      name: ids,
      description: text,
      events: fc.uniqueArray(event, { minLength: 3, maxLength: 4, selector: ({ eventId }) => eventId }),
      functions: fc.uniqueArray(described, { maxLength: 3, selector: ({ functionId }) => functionId }),
      parameters: fc.dictionary(ids, parameter, { maxKeys: 3, noNullPrototype: true }),
    })
    .map(({ parameters, events, ...service }) => ({
      "@class": "SmartObject",
      ...service,
      events: events.map((each, index) => ({ "@id": index, ...each })),
      configuration: { parameters },
    }));
}

/** Services with formats of all kinds. */
export const anyService = serviceOf(
  fc.constantFrom("", "text"),
  fc.constantFrom("A", "B", "C", "D", "E"),
  // Some refer to nothing but themselves.
  rawFormat.filter((format) => checkDataFormatJson(format).length === 0),
);

/** Services with texts that try to become code. */
export const hostileService = serviceOf(hostile, id, hostileFormat);
