import fc from "fast-check";
import { expect, test } from "vitest";
import { checkDataFormatJson } from "../../../src/core/data-format/index.ts";
import { ajvOf, anyJson, fits, key, mutated, resolve } from "../../support/data-format/formats.ts";

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

const format = fc.record(
  { A: schemaOf(1), B: schemaOf(0), dataObject: schemaOf(2) },
  { noNullPrototype: true },
);

/** allOf and $ref can lead back to the same value without end, which no validator can follow. */
function isEndless(json: Record<string, Record<string, unknown>>): boolean {
  const reaches = (node: Record<string, unknown>, seen: readonly string[]): boolean => {
    const name = String(node["$ref"] ?? "").slice("#/definitions/".length);
    if (name !== "") {
      return seen.includes(name) || reaches(json[name] ?? {}, [...seen, name]);
    }
    return ((node["allOf"] ?? []) as Record<string, unknown>[]).some((member) => reaches(member, seen));
  };
  return Object.keys(json).some((name) => reaches(json[name] ?? {}, [name]));
}

/** `RUNS=5000` for a long search. */
const RUNS = Number(process.env["RUNS"] ?? 250);

test("a value fits a generated raw format exactly if an independent validator takes it", () => {
  const count = { true: 0, false: 0 };
  fc.assert(
    fc.property(
      format,
      fc.array(
        anyJson.chain((value) => fc.oneof(fc.constant(value), mutated(value))),
        { minLength: 5, maxLength: 8 },
      ),
      (json, values) => {
        fc.pre(!isEndless(json));
        expect(checkDataFormatJson(json)).toEqual([]);
        const resolved = resolve(json);
        expect(resolved.json).toEqual(json);
        const byAjv = ajvOf(json);
        for (const value of values) {
          const isFit = fits(() => resolved.decode(value, { validate: true }));
          count[`${isFit}`]++;
          expect({ value, fits: isFit }).toEqual({ value, fits: byAjv(value) });
          expect({ value, fits: fits(() => resolved.encode(value, { validate: true })) }).toEqual({
            value,
            fits: isFit,
          });
        }
      },
    ),
    { numRuns: RUNS },
  );
  expect(Math.min(count.true, count.false)).toBeGreaterThan(50);
}, 60_000);
