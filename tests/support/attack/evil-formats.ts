import type { Random } from "../chaos/random.ts";

/** A data format of a service, with a value for which its check is hard. */
export interface EvilFormat {
  readonly dataFormat: object;
  readonly value: unknown;
}

const ref = (name: string) => ({ $ref: `#/definitions/${name}` });
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const named = (count: number, make: (index: number) => object) =>
  Object.fromEntries(times(count, (index) => [`D${index}`, make(index)]));

export const EVIL_FORMATS: Readonly<Record<string, (random: Random) => EvilFormat>> = {
  "a pattern that doubles": (random) => ({
    dataFormat: {
      dataObject: { type: "string", pattern: random.pick(["^(a+)+$", "^(a|a)*$", "^(a*)*b$", "(.*a){20}"]) },
    },
    value: `${"a".repeat(random.int(20, 200_000))}!`,
  }),
  "many patterns": (random) => ({
    dataFormat: {
      dataObject: {
        type: "string",
        allOf: times(random.int(1, 10_000), (i) => ({ pattern: `^(a{1,99}){9}${i}` })),
      },
    },
    value: "a".repeat(1_000),
  }),
  "a pattern that is huge": (random) => ({
    dataFormat: {
      dataObject: { type: "string", pattern: "(".repeat(400) + "a{1000}".repeat(20) + ")".repeat(400) },
    },
    value: "a".repeat(random.int(1, 100_000)),
  }),
  "allOf that doubles": (random) => {
    const depth = random.int(10, 60);
    return {
      dataFormat: {
        dataObject: ref("D0"),
        ...named(depth, (i) => (i === depth - 1 ? {} : { allOf: [ref(`D${i + 1}`), ref(`D${i + 1}`)] })),
      },
      value: random.pick<unknown>([0, "x", {}]),
    };
  },
  "allOf that doubles with each level of the value": () => ({
    dataFormat: {
      dataObject: ref("D"),
      D: { allOf: times(2, () => ({ type: "object", properties: { x: ref("D") } })) },
    },
    value: times(90, () => 0).reduce<unknown>((inner) => ({ x: inner }), {}),
  }),
  "a chain of references": (random) => {
    const length = random.int(1_000, 15_000);
    return {
      dataFormat: {
        dataObject: ref("D0"),
        ...named(length, (i) => ref(i === length - 1 ? "none" : `D${i + 1}`)),
      },
      value: 0,
    };
  },
  "many named parameters": (random) => ({
    dataFormat: named(random.int(1_000, 20_000), () => ({ type: "string" })),
    value: {},
  }),
  "many required properties of many objects": (random) => ({
    dataFormat: {
      dataObject: { type: "array", items: { type: "object", required: times(20_000, (i) => `p${i}`) } },
    },
    value: times(random.int(1_000, 100_000), () => ({})),
  }),
  "a long list of allowed values": (random) => ({
    dataFormat: { dataObject: { type: "array", items: { enum: times(20_000, (i) => `value ${i}`) } } },
    value: times(random.int(1_000, 100_000), () => 0),
  }),
  "many schemas": (random) => ({
    dataFormat: {
      dataObject: {
        type: "object",
        properties: named(random.int(1_000, 8_000), () => ({
          type: "object",
          properties: { x: { type: "integer" } },
        })),
      },
    },
    value: {},
  }),
  "items that must be unique": (random) => ({
    dataFormat: { dataObject: { type: "array", uniqueItems: true } },
    value: times(random.int(1_000, 100_000), (i) => ({ i })),
  }),
};
