import fc from "fast-check";
import { anyJson, key } from "./formats.ts";

const small = fc.integer({ min: 0, max: 3 });
const type = fc.constantFrom("string", "number", "integer", "boolean", "object", "array", "null");
const ref = fc.constantFrom("A", "B", "dataObject").map((name) => ({ $ref: `#/definitions/${name}` }));

/** Keywords in any combination, whether they go together or not. */
function schemaOf(depth: number): fc.Arbitrary<Record<string, unknown>> {
  const scalar = fc.record(
    {
      type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
      format: fc.constantFrom("int32", "int64", "double", "date-time", "byte"),
      minimum: fc.integer({ min: -3, max: 3 }),
      maximum: fc.integer({ min: -3, max: 8 }),
      exclusiveMinimum: fc.constant(true),
      exclusiveMaximum: fc.constant(true),
      multipleOf: fc.constantFrom(1, 2, 5),
      minLength: small,
      maxLength: small,
      pattern: fc.constantFrom("^a", "b", "^[0-9T:.Z-]*$", "\\p{L}"),
      minItems: small,
      maxItems: small,
      uniqueItems: fc.boolean(),
      minProperties: small,
      maxProperties: small,
      required: fc.uniqueArray(key, { minLength: 1, maxLength: 2 }),
      enum: fc.uniqueArray(anyJson, {
        minLength: 1,
        maxLength: 3,
        selector: (value) => JSON.stringify(value),
      }),
      additionalProperties: fc.boolean(),
      title: fc.string(),
      default: anyJson,
      readOnly: fc.boolean(),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  // `exclusive…` without its bound is an error of the schema in draft 4
  const tidy = scalar.map((node) => {
    if (!("minimum" in node)) {
      delete node.exclusiveMinimum;
    }
    if (!("maximum" in node)) {
      delete node.exclusiveMaximum;
    }
    return node as Record<string, unknown>;
  });
  // all keywords at once let nothing through: keep a few
  const few = fc.tuple(tidy, fc.uniqueArray(fc.nat({ max: 20 }), { maxLength: 2 })).map(([node, keep]) => {
    const names = Object.keys(node).filter((_, i) => keep.includes(i));
    const kept = Object.fromEntries(names.map((name) => [name, node[name]]));
    if (!("minimum" in kept)) {
      delete kept["exclusiveMinimum"];
    }
    if (!("maximum" in kept)) {
      delete kept["exclusiveMaximum"];
    }
    return kept;
  });
  if (depth === 0) {
    return few;
  }
  const inner = fc.oneof({ weight: 4, arbitrary: schemaOf(depth - 1) }, { weight: 1, arbitrary: ref });
  const nested = fc.record(
    {
      properties: fc.dictionary(key, inner, { noNullPrototype: true }),
      additionalProperties: inner,
      items: inner,
      allOf: fc.array(inner, { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  return fc.tuple(few, nested).map(([a, b]) => ({ ...a, ...b }));
}

/** The JSON of a data format: valid, whatever it says. */
export const rawFormat: fc.Arbitrary<Record<string, Record<string, unknown>>> = fc.record(
  { A: schemaOf(1), B: schemaOf(0), dataObject: schemaOf(2) },
  { noNullPrototype: true },
);
