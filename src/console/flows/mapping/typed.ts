import { isRecord } from "../../../support/is-record.ts";
import { shortFormat } from "../../format/describe.ts";
import { type Format, merged, own, refOf, type Schema } from "../../format/schema.ts";

/** A schema, and the format that its references lead into. */
export interface Typed {
  readonly schema: Schema;
  readonly format: Format;
}

/** References that lead to references, at most. */
const MAX_STEPS = 20;

/** What the schema refers to, with what `allOf` adds. */
export function resolve({ schema, format }: Typed): Typed {
  let found = schema;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const name = refOf(found);
    if (name === undefined) {
      break;
    }
    found = own(format, name) ?? {};
  }
  return { schema: merged(found, format), format };
}

/** One for each type that a value can have; a schema without a type stands for anything. */
export function alternativesOf(typed: Typed): Typed[] {
  const { schema, format } = resolve(typed);
  const choices = schema["oneOf"] ?? schema["anyOf"];
  if (Array.isArray(choices)) {
    return choices.filter(isRecord).flatMap((choice) => alternativesOf({ schema: choice, format }));
  }
  const { type } = schema;
  return Array.isArray(type)
    ? type.map((each) => ({ schema: { ...schema, type: each }, format }))
    : [{ schema, format }];
}

/** Such as `string`; `undefined` if the schema lets everything pass. */
export function kindOf({ schema }: Typed): string | undefined {
  if (typeof schema["type"] === "string") {
    return schema["type"];
  }
  if (isRecord(schema["properties"])) {
    return "object";
  }
  const [first] = Array.isArray(schema["enum"]) ? schema["enum"] : [];
  return first === undefined ? undefined : kindOfValue(first);
}

export function kindOfValue(value: unknown): string {
  if (value === null) {
    return "null";
  }
  if (Array.isArray(value)) {
    return "array";
  }
  return Number.isInteger(value) ? "integer" : typeof value;
}

/** The type as people read it, such as `number (float)` or `Row[]`. */
export function typeInWords({ schema, format }: Typed): string {
  return shortFormat({ ...format, dataObject: schema });
}

export function itemsOf({ schema, format }: Typed): Typed {
  return { schema: isRecord(schema["items"]) ? schema["items"] : {}, format };
}

export function requiredOf({ schema }: Typed): readonly string[] {
  const { required } = schema;
  return Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
}
