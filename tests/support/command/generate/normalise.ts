import type { SelfDescriptionJson } from "../../../../src/index.ts";

type Json = Record<string, unknown>;

interface Described extends Json {
  readonly events?: readonly Json[] | null;
  readonly functions?: readonly Json[] | null;
  readonly configuration?: { readonly parameters?: Readonly<Record<string, Json>> } | null;
}

/**
 * What a self-description says, without how it is written: docs/guides/generate.md lists what is taken to be the same. Events and
 * functions stand under their ids, and response events are named by theirs.
 */
export function meaningOf(selfDescription: object | SelfDescriptionJson): Json {
  const { events, functions, configuration } = selfDescription as Described;
  const pool: Json = Object.assign(
    {},
    ...[...(events ?? []), ...(functions ?? [])].map(({ dataFormat }) => dataFormat ?? {}),
  );
  const ids = new Map((events ?? []).map((event) => [event["@id"], event["eventId"]]));
  const described = (item: Json, id: unknown): Json => ({
    name: item["name"] ?? id,
    description: item["description"] ?? "",
    dataFormat: formatOf(item["dataFormat"] as Json | null | undefined, pool),
  });
  return {
    events: Object.fromEntries(
      (events ?? []).map((event) => [event["eventId"], described(event, event["eventId"])]),
    ),
    functions: Object.fromEntries(
      (functions ?? []).map((each) => [
        each["functionId"],
        {
          ...described(each, each["functionId"]),
          responds: [...new Set(((each["responseEvents"] ?? []) as number[]).map((id) => ids.get(id)))],
        },
      ]),
    ),
    parameters: Object.fromEntries(
      Object.entries(configuration?.parameters ?? {}).map(([name, { value, type, format }]) => [
        name,
        { value, type: parameterType(`${type}`.toLowerCase(), format) },
      ]),
    ),
  };
}

function parameterType(type: string, format: unknown): string {
  const usual = type === "integer" ? "int64" : type === "number" ? "double" : "";
  return `${type} ${typeof format === "string" ? format.toLowerCase() : usual}`.trim();
}

/** @param pool has what the format refers to and lacks: the official Python client sends such */
function formatOf(dataFormat: Json | null | undefined, pool: Json): Json | undefined {
  if (dataFormat === undefined || dataFormat === null || Object.keys(dataFormat).length === 0) {
    return undefined;
  }
  const all = Object.fromEntries(
    Object.entries(dataFormat).map(([name, each]) => [name, meaning(each as Json)]),
  );
  const others = Object.entries(pool).map(([name, each]) => [name, meaning(each as Json)]);
  const whole: Json = { ...Object.fromEntries(others), ...all };
  const roots =
    "dataObject" in all ? ["dataObject"] : Object.keys(all).filter((name) => !isInside(name, all));
  const found = new Set(roots);
  for (const name of found) {
    for (const [, next] of JSON.stringify(whole[name] ?? null).matchAll(/"#\/definitions\/([^"]+)"/g)) {
      found.add(next as string);
    }
  }
  return Object.fromEntries(Object.entries(whole).filter(([name]) => found.has(name)));
}

function isInside(name: string, all: Json): boolean {
  return JSON.stringify(all).includes(JSON.stringify(`#/definitions/${name}`));
}

const NOTHING: readonly (readonly [string, unknown])[] = [
  ["title", ""],
  ["description", ""],
  ["exclusiveMaximum", false],
  ["exclusiveMinimum", false],
  ["uniqueItems", false],
  ["readOnly", false],
  ["minLength", 0],
  ["minItems", 0],
  ["minProperties", 0],
  ["additionalProperties", true],
  ["additionalProperties", {}],
];

const LIMITS: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 53 - 1), 2 ** 53 - 1],
  float: [-3.4028234663852886e38, 3.4028234663852886e38],
  double: [-Number.MAX_VALUE, Number.MAX_VALUE],
};

/** One schema. */
function meaning(schema: Json): Json {
  if (typeof schema["$ref"] === "string") {
    return { $ref: schema["$ref"] };
  }
  const same = Object.entries(schema)
    .map(([keyword, value]) => [keyword, inside(keyword, value)] as const)
    .filter(
      ([keyword, value]) =>
        !NOTHING.some((each) => JSON.stringify(each) === JSON.stringify([keyword, value])),
    )
    .filter(([keyword]) => !keyword.startsWith("x-"));
  const result: Json = Object.fromEntries(same);
  const { type, default: preset, enum: values } = result;
  if (type === "boolean" && typeof preset === "string") {
    delete result["default"];
  }
  const [only, ...more] = [type].flat().filter((each) => each !== "null");
  if (more.length > 0 || (only !== "integer" && only !== "number") || values !== undefined) {
    return result;
  }
  result["format"] ??= only === "integer" ? "int64" : "double";
  const [low, high] = LIMITS[result["format"] as string] ?? [Number.NaN, Number.NaN];
  if (result["exclusiveMinimum"] === undefined && (result["minimum"] as number) <= low) {
    delete result["minimum"];
  }
  if (result["exclusiveMaximum"] === undefined && (result["maximum"] as number) >= high) {
    delete result["maximum"];
  }
  return result;
}

function inside(keyword: string, value: unknown): unknown {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  switch (keyword) {
    case "items":
    case "additionalProperties":
      return isObject ? meaning(value as Json) : value;
    case "allOf":
      return (value as Json[]).map(meaning);
    case "properties":
      return Object.fromEntries(
        Object.entries(value as Json).map(([key, each]) => [key, meaning(each as Json)]),
      );
    case "required":
      return (value as string[]).toSorted();
    case "type":
      return Array.isArray(value) && value.length > 1 ? value.toSorted() : [value].flat()[0];
    case "pattern":
      return new RegExp(value as string, "u").source;
    default:
      return value;
  }
}
