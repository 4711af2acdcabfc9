import { isRecord } from "../../support/is-record.ts";
import { exampleOfSchema, hasNamedParameters } from "./example.ts";
import { type JsonNode, nodeOf } from "./lossless.ts";
import { asFormat, type Format, merged, own, propertiesOf, refOf, rootsOf, type Schema } from "./schema.ts";

/** What a person fills in for one value of a data format. What is below it is made when it is asked for: formats can contain themselves. */
export type Field = NumberField | TextField | ChoiceField | PlainField | EitherField | ListField | GroupField;

interface Described {
  readonly description: string | undefined;
  /** A value to begin with; `undefined` if none can be made up. */
  readonly example: () => JsonNode | undefined;
}

export interface NumberField extends Described {
  readonly kind: "number";
  readonly isInteger: boolean;
  readonly min: number;
  readonly max: number;
  /** Whether the bound itself is too small, or too large. */
  readonly isAbove: boolean;
  readonly isBelow: boolean;
  readonly step: number | undefined;
  /** Whether the bounds are those of the type: nothing to speak of. */
  readonly hasOwnMin: boolean;
  readonly hasOwnMax: boolean;
}

export interface TextField extends Described {
  readonly kind: "text" | "date-time" | "base64";
  readonly minLength: number;
  readonly maxLength: number;
  /** Not checked here: a pattern of a stranger can take forever. The broker has an engine that cannot. */
  readonly pattern: string | undefined;
}

export interface ChoiceField extends Described {
  readonly kind: "choice";
  readonly values: readonly JsonNode[];
}

export interface PlainField extends Described {
  /** `any` is what fields cannot show: anything fits. */
  readonly kind: "switch" | "null" | "any";
}

export interface EitherField extends Described {
  readonly kind: "either";
  readonly types: readonly (readonly [type: string, field: Field])[];
}

export interface ListField extends Described {
  readonly kind: "list";
  readonly item: () => Field;
  readonly minItems: number;
  readonly maxItems: number;
  readonly isUnique: boolean;
}

export interface Member {
  readonly name: string;
  readonly isRequired: boolean;
  readonly field: () => Field;
}

export interface GroupField extends Described {
  readonly kind: "group";
  readonly members: readonly Member[];
  /** Of members with other names; `undefined` if there must be none. */
  readonly others: (() => Field) | undefined;
  /** Whether others are described, so that they have fields. */
  readonly hasOthers: boolean;
  readonly minMembers: number;
  readonly maxMembers: number;
}

/** The field for a payload: of an event, or of all parameters of a function. `undefined` for no payload. */
export function fieldOf(dataFormat: unknown): Field | undefined {
  const format = asFormat(dataFormat);
  if (format === undefined) {
    return undefined;
  }
  const roots = rootsOf(format);
  if (!hasNamedParameters(dataFormat)) {
    const [root] = roots;
    return root && toField(root[1], format);
  }
  const properties = Object.fromEntries(roots);
  return toField({ type: "object", properties, required: Object.keys(properties) }, format);
}

/** The field for a value of one simple type, such as a configuration parameter. */
export function fieldOfType(type: string, format: string | undefined): Field {
  return toField(format === undefined ? { type } : { type, format }, {});
}

function toField(schema: Schema, format: Format): Field {
  const target = resolve(schema, format);
  const described: Described = {
    description: [schema["description"], target["description"]].find((text) => typeof text === "string"),
    example: () => {
      const example = exampleOfSchema(schema, format);
      return example === undefined ? undefined : nodeOf(example);
    },
  };
  const values = target["enum"];
  if (Array.isArray(values) && values.length > 0) {
    return { kind: "choice", values: values.map(nodeOf), ...described };
  }
  const type = target["type"] ?? (isRecord(target["properties"]) ? "object" : undefined);
  if (Array.isArray(type) && type.length > 1) {
    const types = type.map((each) => [String(each), toField({ ...target, type: each }, format)] as const);
    return { kind: "either", types, ...described };
  }
  return ofType(Array.isArray(type) ? type[0] : type, target, format, described);
}

function ofType(type: unknown, schema: Schema, format: Format, described: Described): Field {
  switch (type) {
    case "integer":
    case "number":
      return { ...numberField(schema, type === "integer"), ...described };
    case "boolean":
      return { kind: "switch", ...described };
    case "null":
      return { kind: "null", ...described };
    case "string":
      return {
        kind:
          schema["format"] === "date-time" ? "date-time" : schema["format"] === "byte" ? "base64" : "text",
        minLength: numberOf(schema, "minLength", 0),
        maxLength: numberOf(schema, "maxLength", Number.POSITIVE_INFINITY),
        pattern: typeof schema["pattern"] === "string" ? schema["pattern"] : undefined,
        ...described,
      };
    case "array": {
      const items = isRecord(schema["items"]) ? schema["items"] : {};
      return {
        kind: "list",
        item: () => toField(items, format),
        minItems: numberOf(schema, "minItems", 0),
        maxItems: numberOf(schema, "maxItems", Number.POSITIVE_INFINITY),
        isUnique: schema["uniqueItems"] === true,
        ...described,
      };
    }
    case "object":
      return { ...groupField(schema, format), ...described };
    default:
      return { kind: "any", ...described };
  }
}

const RANGES: Readonly<Record<string, number>> = { int32: 2 ** 31 - 1, float: 3.4028234663852886e38 };

function numberField(schema: Schema, isInteger: boolean): Omit<NumberField, keyof Described> {
  const { format } = schema;
  // An int64 of a service in JavaScript, and the check of the broker, end where JavaScript begins to round.
  const range = RANGES[String(format)] ?? (isInteger ? Number.MAX_SAFE_INTEGER : Number.POSITIVE_INFINITY);
  const lowest = format === "int32" ? -range - 1 : -range;
  const min = numberOf(schema, "minimum", lowest);
  const max = numberOf(schema, "maximum", range);
  return {
    kind: "number",
    isInteger: isInteger || format === "int32" || format === "int64",
    min: Math.max(lowest, min),
    max: Math.min(range, max),
    isAbove: schema["exclusiveMinimum"] === true && min >= lowest,
    isBelow: schema["exclusiveMaximum"] === true && max <= range,
    step: typeof schema["multipleOf"] === "number" ? schema["multipleOf"] : undefined,
    hasOwnMin: typeof schema["minimum"] === "number" && min >= lowest,
    hasOwnMax: typeof schema["maximum"] === "number" && max <= range,
  };
}

function groupField(schema: Schema, format: Format): Omit<GroupField, keyof Described> {
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  const additional = schema["additionalProperties"];
  const others =
    additional === false ? undefined : () => toField(isRecord(additional) ? additional : {}, format);
  const declared = propertiesOf(schema);
  const names = declared.map(([name]) => name);
  // Required, and described by nothing but the schema of all others.
  const further = required.filter((name) => !names.includes(name)).map((name) => [name, others] as const);
  return {
    kind: "group",
    members: [
      ...declared.map(([name, part]) => ({
        name,
        isRequired: required.includes(name),
        field: () => toField(part, format),
      })),
      ...further.map(([name, field]) => ({
        name,
        isRequired: true,
        field: field ?? (() => toField({}, format)),
      })),
    ],
    others,
    hasOthers: isRecord(additional),
    minMembers: numberOf(schema, "minProperties", 0),
    maxMembers: numberOf(schema, "maxProperties", Number.POSITIVE_INFINITY),
  };
}

/** What a schema is after all references; nothing for one that leads nowhere, or back to itself. */
function resolve(schema: Schema, format: Format): Schema {
  const passed = new Set<string>();
  let target = schema;
  for (let name = refOf(target); name !== undefined; name = refOf(target)) {
    if (passed.has(name)) {
      return {};
    }
    passed.add(name);
    target = own(format, name) ?? {};
  }
  return merged(target, format);
}

function numberOf(schema: Schema, keyword: string, fallback: number): number {
  const value = schema[keyword];
  return typeof value === "number" ? value : fallback;
}
