import { expect, test } from "vitest";
import { checkDataFormatJson, type DataFormat } from "../../../src/core/data-format/index.ts";
import { MsbDefinitionError } from "../../../src/support/errors.ts";
import { ajvOf, anyJson, fits, mutated, resolve } from "../../support/data-format/formats.ts";
import { COUNTS_CODE_POINTS } from "../../support/data-format/zod-features.ts";
import { zodSample } from "../../support/data-format/zod-generator.ts";
import fc, { runs } from "../../support/properties.ts";

const withValues = zodSample.chain(({ schema, values }) =>
  values
    .chain((value) => fc.oneof(fc.constant(value), mutated(value), anyJson))
    // a schema printed by fast-check fills pages; the failing assertion shows the format
    .map((value) => ({ schema, value, [fc.toStringMethod]: () => JSON.stringify(value) })),
);

/** `undefined` for what a data format cannot say (a nullable intersection, say): refused is fine, wrong is not. */
function tryResolve(schema: unknown): DataFormat | undefined {
  try {
    return resolve(schema);
  } catch (error) {
    if (error instanceof MsbDefinitionError) {
      return undefined;
    }
    throw error;
  }
}

const RUNS = runs(400);

test("a value fits a generated zod schema exactly if an independent validator takes it under the emitted format", () => {
  let accepted = 0;
  let refused = 0;
  let unsayable = 0;
  fc.assert(
    fc.property(withValues, ({ schema, value }) => {
      fc.pre(COUNTS_CODE_POINTS || !/[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(value)));
      const format = tryResolve(schema);
      if (format === undefined) {
        unsayable++;
        return;
      }
      expect(checkDataFormatJson(format.json)).toEqual([]);
      const byZod = fits(() => format.decode(value, { validate: true }));
      const byAjv = ajvOf(format.json)(value);
      if (byZod) {
        accepted++;
      } else {
        refused++;
      }
      expect({ json: format.json, value, fits: byZod }).toEqual({ json: format.json, value, fits: byAjv });
      if (byZod) {
        const wire = format.encode(format.decode(value, { validate: true }), { validate: true });
        expect(ajvOf(format.json)(JSON.parse(JSON.stringify(wire)))).toBe(true);
      }
    }),
    { numRuns: RUNS },
  );
  // the test is worth something only if it saw both
  expect(Math.min(accepted, refused)).toBeGreaterThan(50);
  expect(unsayable).toBeLessThan(RUNS / 3);
});
