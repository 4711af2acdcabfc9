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

/** `allOf` in one schema, as far as that goes. */
export function merged(schema: Schema, format: Format): Schema {
  const parts = schema["allOf"];
  if (!Array.isArray(parts)) {
    return schema;
  }
  const { allOf: _, ...rest } = schema;
  const wholes = parts.filter(isRecord).map((part) => {
    const name = refOf(part);
    return name === undefined ? part : (own(format, name) ?? {});
  });
  const properties = Object.fromEntries([rest, ...wholes].flatMap(propertiesOf));
  return Object.assign({}, rest, ...wholes, { properties });
}
