import type { Json } from "../../../core/data-format/index.ts";
import { asSchema, type Schema } from "../../../core/data-format/json.ts";
import { nameInRef } from "../../../core/data-format/names.ts";
import { compilePattern } from "../../../core/data-format/pattern.ts";
import { memberOf } from "../../../core/validation/path.ts";
import { isRecord } from "../../../support/is-record.ts";
import { type Code, call, type Definition, json, method, type Property, schemaOf } from "./code.ts";
import { Unsayable } from "./unsayable.ts";

/** What a reference leads to, and whether its constant comes later in the file. */
interface Reference {
  readonly definition: Definition;
  readonly isLater: boolean;
}

/** How references are written. */
export interface Place {
  readonly find: (name: string, path: string) => Reference;
  /** Inside a property, which can be a getter: it is noted that it has to be one. Elsewhere a later constant is lazy. */
  getter: "possible" | "needed" | "impossible";
}

/** The keywords that each type has. Those that zod cannot express are missing. */
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  string: ["minLength", "maxLength", "pattern", "format"],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"],
  integer: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"],
  boolean: [],
  null: [],
  array: ["items", "minItems", "maxItems"],
  object: ["properties", "required", "additionalProperties"],
};

/**
 * Writes a schema in zod.
 * @throws {Unsayable} if that is not possible. What comes of it is not always the same: it has to be compared.
 */
export function codeOfSchema(schema: Schema, path: string, place: Place): Code {
  const { title, description, example, ...said } = schema;
  const code = withoutAnnotations(said, path, place);
  const annotations = { title, description, example };
  const given = Object.entries(annotations).filter(([, value]) => value !== undefined);
  if (given.length === 0) {
    return code;
  }
  return given.length === 1 && typeof description === "string"
    ? method(code, "describe", json(description))
    : method(code, "meta", json(Object.fromEntries(given) as Json));
}

function withoutAnnotations(schema: Schema, path: string, place: Place): Code {
  const name = nameInRef(schema);
  if (name !== undefined) {
    return codeOfReference(place.find(name, path), place);
  }
  const { allOf, type, enum: values, ...rest } = schema;
  if (Array.isArray(allOf)) {
    checkKeywords(schema, ["allOf"], path);
    return allOf
      .map((part, index) => codeOfSchema(asSchema(part), `${memberOf(path, "allOf")}[${index}]`, place))
      .reduce((left, right) => call("intersection", left, right));
  }
  if (Array.isArray(values)) {
    checkKeywords(rest, [], path);
    return codeOfValues(values as Json[], type);
  }
  if (type === undefined) {
    checkKeywords(rest, [], path);
    return call("unknown");
  }
  return codeOfTypes([type].flat().map(String), rest, path, place);
}

function codeOfReference({ definition, isLater }: Reference, place: Place): Code {
  if (isLater && place.getter !== "impossible") {
    place.getter = "needed";
  }
  return { kind: "constant", definition, isLazy: isLater && place.getter === "impossible" };
}

function codeOfValues(values: readonly Json[], type: Json | undefined): Code {
  const said = values.filter((value) => value !== null);
  if (said.length > 0 && said.every((value) => typeof value === "string")) {
    const strings = call("enum", json(said));
    return said.length < values.length && Array.isArray(type) ? method(strings, "nullable") : strings;
  }
  return call("literal", json(values.length === 1 ? (values[0] as Json) : values));
}

function codeOfTypes(types: readonly string[], rest: Schema, path: string, place: Place): Code {
  const known = types.flatMap((type) => KEYWORDS[type] ?? []);
  checkKeywords(rest, known, path);
  const alternatives = types
    .filter((type) => type !== "null" || types.length === 1)
    .map((type) => codeOfType(type, rest, path, place));
  const [only] = alternatives;
  const whole =
    alternatives.length === 1 && only !== undefined
      ? only
      : call("union", { kind: "array", items: alternatives });
  return alternatives.length < types.length ? method(whole, "nullable") : whole;
}

function checkKeywords(schema: Schema, known: readonly string[], path: string): void {
  for (const keyword of Object.keys(schema)) {
    if (!known.includes(keyword)) {
      throw new Unsayable(path, `zod cannot express "${keyword}" here`);
    }
  }
}

function codeOfType(type: string, schema: Schema, path: string, place: Place): Code {
  switch (type) {
    case "string":
      return codeOfString(schema, path);
    case "number":
    case "integer":
      return codeOfNumber(schema, type, path);
    case "array": {
      const items = isRecord(schema["items"])
        ? codeOfSchema(asSchema(schema["items"]), `${path}[]`, place)
        : call("unknown");
      return withBounds(call("array", items), schema, { min: "minItems", max: "maxItems" });
    }
    case "object":
      return codeOfObject(schema, path, place);
    default:
      return call(type);
  }
}

function codeOfString(schema: Schema, path: string): Code {
  const { format, pattern } = schema;
  let code = call("string");
  if (format === "date-time") {
    code = call("iso.datetime", json({ offset: true }));
  } else if (format === "byte") {
    code = call("base64");
  } else if (format !== undefined) {
    throw new Unsayable(path, `zod has no string of the format "${format}"`);
  }
  const compiled = typeof pattern === "string" ? compilePattern(pattern) : undefined;
  if (compiled !== undefined) {
    code = method(code, "regex", { kind: "pattern", pattern: compiled });
  }
  return withBounds(code, schema, { min: "minLength", max: "maxLength" });
}

const NUMBERS: Readonly<Record<string, string>> = {
  "integer int32": "int32",
  "integer int64": "int",
  "number float": "float32",
  "number double": "number",
};

function codeOfNumber(schema: Schema, type: "number" | "integer", path: string): Code {
  const { format = type === "integer" ? "int64" : "double", multipleOf } = schema;
  const name = NUMBERS[`${type} ${format}`];
  if (name === undefined) {
    throw new Unsayable(path, `zod has no ${type} of the format "${format}"`);
  }
  const code = withBounds(call(name), schema, {
    min: "minimum",
    max: "maximum",
    ...(schema["exclusiveMinimum"] === true && { minMethod: "gt" }),
    ...(schema["exclusiveMaximum"] === true && { maxMethod: "lt" }),
  });
  return typeof multipleOf === "number" ? method(code, "multipleOf", json(multipleOf)) : code;
}

function withBounds(
  code: Code,
  schema: Schema,
  names: { min: string; max: string; minMethod?: string; maxMethod?: string },
): Code {
  const { [names.min]: min, [names.max]: max } = schema;
  const above = min === undefined ? code : method(code, names.minMethod ?? "min", json(min));
  return max === undefined ? above : method(above, names.maxMethod ?? "max", json(max));
}

function codeOfObject(schema: Schema, path: string, place: Place): Code {
  const { properties, required, additionalProperties: others } = schema;
  const isOpenTo = isRecord(others) ? codeOfSchema(asSchema(others), `${path}.*`, place) : undefined;
  if (properties === undefined && others !== false) {
    return call("record", call("string"), isOpenTo ?? call("unknown"));
  }
  const names = Array.isArray(required) ? required : [];
  const shape: Code = {
    kind: "shape",
    properties: Object.entries(asSchema(properties)).map(([name, property]) =>
      codeOfProperty(name, asSchema(property), names.includes(name), memberOf(path, name), place),
    ),
  };
  if (others === false) {
    return call("strictObject", shape);
  }
  const object = call("object", shape);
  return isOpenTo === undefined ? object : method(object, "catchall", isOpenTo);
}

function codeOfProperty(
  name: string,
  schema: Schema,
  isRequired: boolean,
  path: string,
  outside: Place,
): Property {
  const { default: preset, ...rest } = schema;
  // A property of its own can be a getter, wherever the object is.
  const place: Place = { find: outside.find, getter: "possible" };
  const code = codeOfSchema(rest, path, place);
  const description = typeof rest["description"] === "string" ? rest["description"] : "";
  const whole = { name, description, isGetter: place.getter === "needed" };
  if (preset !== undefined && !isRequired) {
    return { ...whole, code: withDefault(code, preset, path) };
  }
  if (preset !== undefined) {
    throw new Unsayable(path, "in zod a property that is required has no default");
  }
  return { ...whole, code: isRequired ? code : method(code, "optional") };
}

/** zod fills a default in as it is, and its type has to be that of the value. */
function withDefault(code: Code, preset: Json, path: string): Code {
  let result: { success: boolean; data?: unknown } = { success: false };
  try {
    result = schemaOf(code).safeParse(preset);
  } catch {
    // It refers to what is not there yet.
  }
  if (!result.success || JSON.stringify(result.data) !== JSON.stringify(preset)) {
    throw new Unsayable(path, "its default does not fit it");
  }
  return method(code, "default", json(preset));
}
