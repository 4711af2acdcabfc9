import { expect, test } from "vitest";
import { checkEventValue } from "../../../src/broker/services/data-format-check.ts";
import { exampleCount, exampleNumber, exampleText } from "../../../src/core/data-format/example.ts";
import fc from "../../support/properties.ts";

/** By what the SDK and the broker check values with. */
function expectFit(schema: object, value: unknown): void {
  const dataFormat = { dataObject: schema };
  expect({ schema, value, ...checkEventValue(value, dataFormat, "the example") }).toEqual({
    ...{ schema, value },
    issues: [],
    warnings: [],
  });
}

const number = fc.oneof(fc.integer({ min: -1_000, max: 1_000 }), fc.constantFrom(0.1, 0.25, 0.7, -0.5, 2.5));

/** Bounds between which there is a number: the one they were made around. */
const boundsOfNumber = fc
  .record({
    type: fc.constantFrom("integer", "number"),
    multipleOf: fc.constantFrom(undefined, 1, 3, 5, 0.5, 0.1, 0.01),
    near: number,
    below: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
    above: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
  })
  .map(({ type, multipleOf, near, below, above }) => {
    const whole = Math.round(near);
    const value =
      multipleOf === undefined ? (type === "integer" ? whole : near) : whole * Math.max(1, multipleOf);
    return {
      type,
      ...(multipleOf === undefined ? {} : { multipleOf }),
      ...(below === undefined ? {} : { minimum: value - below, exclusiveMinimum: below > 0 }),
      ...(above === undefined ? {} : { maximum: value + above, exclusiveMaximum: above > 0 }),
    };
  });

test("the example of a number fits its bounds, if there is one between", () => {
  fc.assert(
    fc.property(boundsOfNumber, number, (schema, wanted) => {
      expectFit(schema, exampleNumber(schema, wanted));
    }),
  );
});

test.each([
  [{ type: "integer" }, 1],
  [{ type: "integer", maximum: 0.5 }, 0],
  [{ type: "number", minimum: 0.2, maximum: 0.7 }, 0.7],
  [{ type: "number", minimum: 2, exclusiveMinimum: true, maximum: 2.5 }, 2.5],
  [{ type: "number", minimum: 0.25, multipleOf: 0.1, maximum: 0.3 }, 0.3],
  [{ type: "number", minimum: 1, maximum: 0 }, undefined],
  [{ type: "integer", minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: true }, undefined],
])("the example of %j is %j", (schema, expected) => {
  expect(exampleNumber(schema, 1)).toBe(expected);
});

// It was cut at 100 characters, and the SDK refused it.
test("the example of a text has the length and the format that it has to have", () => {
  const lengths = fc.record({
    format: fc.constantFrom(undefined, "byte", "date-time"),
    minLength: fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 1_000 })),
    more: fc.option(fc.nat({ max: 30 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(lengths, ({ format, minLength, more }) => {
      const maxLength = more === undefined ? undefined : roomFor(format, minLength) + more;
      const schema = {
        type: "string",
        minLength,
        ...(maxLength === undefined ? {} : { maxLength }),
        ...(format === undefined ? {} : { format }),
      };
      expectFit(schema, exampleText(schema));
    }),
  );
});

/** A time is never shorter than this, none has 21 characters, and base64 comes in fours. */
function roomFor(format: string | undefined, minLength: number): number {
  return format === "byte"
    ? Math.ceil(minLength / 4) * 4
    : format === "date-time"
      ? Math.max(minLength === 21 ? 22 : minLength, 20)
      : minLength;
}

test("the example of a text says what has to stand there if that is longer than anybody reads, or cannot be", () => {
  expect(exampleText({ minLength: 1_001 })).toBe("put in a text of at least 1001 characters");
  expect(exampleText({ minLength: 3, maxLength: 2 })).toBe("put in a text of at least 3 characters");
});

test.each([
  [{}, 1],
  [{ minItems: 0 }, 1],
  [{ maxItems: 0 }, 0],
  [{ minItems: 12 }, 12],
  [{ minItems: 1_000_000 }, 100],
])("the example of an array with %j has %i items", (schema, count) => {
  expect(exampleCount(schema)).toBe(count);
});
