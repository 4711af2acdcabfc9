import { REF_PREFIX } from "../../core/data-format/names.ts";
import { isRecord } from "../../support/is-record.ts";

/** A schema of a data format, as it came: nothing in it is certain. */
export type Schema = Readonly<Record<string, unknown>>;
/** The named schemas of a data format. */
export type Format = Readonly<Record<string, Schema>>;

/** The format; `undefined` for no payload, and for what is not a format. */
export function asFormat(value: unknown): Format | undefined {
  return isRecord(value) && Object.values(value).every(isRecord) && Object.keys(value).length > 0
    ? (value as Format)
    : undefined;
}

/** The schemas that a value is made of: `dataObject`, or the named parameters of a function of the Java and C# clients. */
export function rootsOf(format: Format): [name: string, schema: Schema][] {
  const root = own(format, "dataObject");
  if (root !== undefined) {
    return [["dataObject", root]];
  }
  const json = JSON.stringify(format);
  return Object.entries(format).filter(([name]) => !json.includes(JSON.stringify(REF_PREFIX + name)));
}

/** The name of the definition that a schema refers to. */
export function refOf(schema: Schema): string | undefined {
  const ref = schema["$ref"];
  return typeof ref === "string" && ref.startsWith(REF_PREFIX) ? ref.slice(REF_PREFIX.length) : undefined;
}

export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

export function propertiesOf(schema: Schema): [name: string, schema: Schema][] {
  const properties = isRecord(schema["properties"]) ? schema["properties"] : {};
  return Object.entries(properties).filter((entry): entry is [string, Schema] => isRecord(entry[1]));
}

/** A schema, and the definitions on the way to it: one that is met again is inside of itself. */
export interface Followed {
  readonly schema: Schema;
  readonly inside: readonly string[];
}

/** `allOf` in one schema, as far as that goes; of what is inside of itself nothing. */
export function mergedInside(schema: Schema, format: Format, inside: readonly string[]): Followed {
  const parts = schema["allOf"];
  if (!Array.isArray(parts)) {
    return { schema, inside };
  }
  const { allOf: _, ...rest } = schema;
  const names = parts.flatMap((part) => (isRecord(part) ? (refOf(part) ?? []) : []));
  const wholes = parts.filter(isRecord).map((part) => {
    const name = refOf(part);
    if (name === undefined) {
      return part;
    }
    return inside.includes(name) ? {} : (own(format, name) ?? {});
  });
  const all = [rest, ...wholes];
  const properties = Object.fromEntries(all.flatMap(propertiesOf));
  const required = all.flatMap((each) => (Array.isArray(each["required"]) ? each["required"] : []));
  const members = {
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
  // An `allOf` in an `allOf` is where that ends.
  const { allOf: __, ...schemaOfAll } = Object.assign({}, rest, ...wholes, members);
  return { schema: schemaOfAll, inside: [...inside, ...names] };
}

/** The same where nothing goes on by itself. */
export function merged(schema: Schema, format: Format): Schema {
  return mergedInside(schema, format, []).schema;
}
