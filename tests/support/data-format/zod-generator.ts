import fc from "fast-check";
import * as z from "zod";
import { anyJson, key } from "./formats.ts";
import { ADDS_UP_INTERSECTIONS, ASKS_FOR_UNKNOWN, LOOKS_INSIDE_INTERSECTIONS } from "./zod-features.ts";

/** A schema together with a generator of values that it (mostly) accepts on the wire. */
export interface Sample {
  readonly schema: z.ZodType;
  readonly values: fc.Arbitrary<unknown>;
}

let counter = 0;

const bounds = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 0, max: 8 }));

const leaves: fc.Arbitrary<Sample>[] = [
  fc.constant({ schema: z.string(), values: fc.string({ unit: "binary", maxLength: 8 }) }),
  fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })).map(([min, more]) => ({
    schema: z
      .string()
      .min(min)
      .max(min + more),
    values: fc.string({ unit: "binary", minLength: min, maxLength: min + more }),
  })),
  fc.constant({ schema: z.string().regex(/^[ab]+$/), values: fc.constantFrom("a", "ab", "c") }),
  fc.constant({ schema: z.string().regex(/a/).regex(/b/).min(2), values: fc.constantFrom("ab", "ba", "a") }),
  fc.constant({
    schema: z.string().startsWith("a").includes("b"),
    values: fc.constantFrom("ab", "acb", "b"),
  }),
  fc.constant({ schema: z.uuid(), values: fc.uuid() }),
  fc.constant({ schema: z.int32(), values: fc.integer() }),
  fc.constant({ schema: z.uint32(), values: fc.nat() }),
  fc.constant({ schema: z.int(), values: fc.maxSafeInteger() }),
  fc.constant({ schema: z.float32(), values: fc.float({ noNaN: true, noDefaultInfinity: true }) }),
  fc.constant({ schema: z.number(), values: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
  bounds.map(([min, more]) => ({
    schema: z
      .number()
      .gt(min)
      .lte(min + more),
    values: fc.oneof(fc.constantFrom(min, min + more), fc.double({ min, max: min + more, noNaN: true })),
  })),
  bounds.map(([min, more]) => ({
    schema: z
      .int32()
      .min(min)
      .lt(min + more)
      .multipleOf(2),
    values: fc.integer({ min: min - 1, max: min + more }),
  })),
  fc.constant({ schema: z.boolean(), values: fc.boolean() }),
  fc.constant({ schema: z.null(), values: fc.constant(null) }),
  fc.constant({
    schema: z.iso.datetime({ offset: true }),
    values: fc.constantFrom("2017-07-14T02:40:00.123Z", "2017-07-14T02:40:00+02:00", "2017-13-01T00:00:00Z"),
  }),
  fc.constant({
    schema: z.iso.datetime({ offset: true, precision: 3 }),
    values: fc.constantFrom("2017-07-14T02:40:00.123Z", "2017-07-14T02:40:00Z"),
  }),
  fc.constant({ schema: z.base64(), values: fc.base64String({ maxLength: 12 }) }),
  fc.constant({ schema: z.enum(["a", "b"]), values: fc.constantFrom("a", "b", "c") }),
  fc.constant({
    schema: z.literal(["a", 1, null, true]),
    values: fc.constantFrom("a", 1, null, true, false),
  }),
  fc.constant({ schema: z.literal(5), values: fc.constantFrom(5, 6, 5.5) }),
  fc.constant({
    schema: z.union([z.string().min(2), z.int32(), z.boolean()]),
    values: fc.constantFrom("a", "ab", 1, 3e9, true),
  }),
  fc.constant({ schema: z.union([z.enum(["a"]), z.literal(4)]), values: fc.constantFrom("a", 4, "4") }),
  ...(ASKS_FOR_UNKNOWN ? [fc.constant({ schema: z.unknown(), values: anyJson })] : []),
  fc.constant({ schema: z.json(), values: anyJson }),
];

const leaf = fc.oneof(...leaves);

const WITHOUT_DEFAULT = ["required", "optional", "nullable", "nullish"];

/** @param presences of the properties in objects, at every depth */
function sampleOf(
  depth: number,
  presences: readonly string[] = [...WITHOUT_DEFAULT, "default"],
): fc.Arbitrary<Sample> {
  if (depth === 0) {
    return leaf;
  }
  const sample = sampleOf(depth - 1, presences);
  const objectOf = (
    kinds = ["strip", "strict", "loose", "catchall"],
    members = sample,
    presencesHere = presences,
  ) =>
    fc
      .tuple(
        fc.dictionary(key, fc.tuple(members, fc.constantFrom(...presencesHere)), {
          maxKeys: 4,
          noNullPrototype: true,
        }),
        fc.constantFrom(...kinds),
      )
      .map(([members, kind]) => objectSample(members, kind));
  const object = objectOf();
  // A default on one side need not fit the other side, however deep it is.
  const side = objectOf(
    ADDS_UP_INTERSECTIONS ? undefined : ["strip", "loose"],
    sampleOf(LOOKS_INSIDE_INTERSECTIONS ? depth - 1 : 0, WITHOUT_DEFAULT),
    WITHOUT_DEFAULT,
  );
  return fc.oneof(
    leaf,
    fc.tuple(sample, fc.nat({ max: 2 }), fc.nat({ max: 3 })).map(([item, min, more]) => ({
      schema: z
        .array(item.schema)
        .min(min)
        .max(min + more),
      values: fc.array(item.values, { minLength: min, maxLength: min + more }),
    })),
    object,
    object,
    object.map(({ schema, values }) => ({ schema: schema.meta({ id: `Named${counter++}` }), values })),
    object.map(({ schema, values }) => ({
      schema: schema
        .meta({ id: `Described${counter++}` })
        .describe("text")
        .nullable(),
      values: fc.option(values),
    })),
    sample.map(({ schema, values }) => ({
      schema: z.record(z.string(), schema),
      values: fc.dictionary(key, values, { noNullPrototype: true }),
    })),
    sample.map(({ schema, values }) => ({
      schema: z.record(z.enum(["a", "b"]), schema),
      values: fc.record({ a: values, b: values }, { noNullPrototype: true }),
    })),
    sample.map(({ schema, values }) => ({ schema: schema.nullable(), values: fc.option(values) })),
    sample.map(({ schema, values }) => ({ schema: schema.readonly().describe("text"), values })),
    fc.tuple(side, side).map(([left, right]) => ({
      schema: z.intersection(left.schema, right.schema),
      values: fc.tuple(left.values, right.values).map(([a, b]) => Object.assign({}, a, b)),
    })),
    sample.map(({ schema, values }) => recursiveSample(schema, values)),
  );
}

/** Schemas of up to three levels. */
export const zodSample: fc.Arbitrary<Sample> = sampleOf(3);

function objectSample(members: Record<string, [Sample, string]>, kind: string): Sample {
  const shape: Record<string, z.ZodType> = {};
  const values: Record<string, fc.Arbitrary<unknown>> = {};
  const requiredKeys: string[] = [];
  for (const [name, [{ schema, values: inner }, presence]] of Object.entries(members)) {
    shape[name] = withPresence(schema, presence);
    values[name] = /null|default/.test(presence) ? fc.option(inner) : inner;
    if (presence === "required" || presence === "nullable") {
      requiredKeys.push(name);
    }
  }
  const make = { strip: z.object, strict: z.strictObject, loose: z.looseObject }[kind];
  return {
    schema: make === undefined ? z.object(shape).catchall(z.int32()) : make(shape),
    values: fc.record(values, { requiredKeys, noNullPrototype: true }),
  };
}

function withPresence(schema: z.ZodType, presence: string): z.ZodType {
  switch (presence) {
    case "optional":
      return schema.optional();
    case "nullable":
      return schema.nullable();
    case "nullish":
      return schema.nullish();
    case "default":
      return schema.nullable().default(null);
    default:
      return schema;
  }
}

function recursiveSample(value: z.ZodType, values: fc.Arbitrary<unknown>): Sample {
  const node: z.ZodType = z.object({
    value,
    get next() {
      return node.optional();
    },
    get children() {
      return z.array(node);
    },
  });
  const leafNode = fc.record({ value: values, children: fc.constant([]) }, { noNullPrototype: true });
  const tree = fc.record(
    { value: values, next: leafNode, children: fc.array(leafNode, { maxLength: 2 }) },
    { noNullPrototype: true, requiredKeys: ["value", "children"] },
  );
  return { schema: node, values: tree };
}
