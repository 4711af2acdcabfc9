import { expect, test } from "vitest";
import { checkDataFormatJson } from "../../../src/core/data-format/index.ts";
import { ajvOf, anyJson, fits, mutated, resolve } from "../../support/data-format/formats.ts";
import { rawFormat } from "../../support/data-format/raw-formats.ts";
import fc, { runs } from "../../support/properties.ts";

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

const RUNS = runs(250);

test("a value fits a generated raw format exactly if an independent validator takes it", () => {
  const count = { true: 0, false: 0 };
  fc.assert(
    fc.property(
      rawFormat,
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
});
