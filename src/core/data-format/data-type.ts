import type { Schema } from "./json.ts";

/** The eight simple types of the MSB, named as in the other clients. */
export const DataType = {
  STRING: "string",
  INT32: "int32",
  INT64: "int64",
  FLOAT: "float",
  DOUBLE: "double",
  BOOLEAN: "boolean",
  /** A date and time as an ISO 8601 string with `Z` or an offset. */
  DATETIME: "date-time",
  /** Bytes as a base64 string. */
  BYTE: "byte",
} as const;

export type DataType = (typeof DataType)[keyof typeof DataType];

/** Other names of the simple types. Upper case and lower case are the same. */
const ALIASES = {
  int: DataType.INT64,
  integer: DataType.INT64,
  number: DataType.DOUBLE,
  datetime: DataType.DATETIME,
  bool: DataType.BOOLEAN,
} as const satisfies Record<string, DataType>;

/** A simple type by its name or alias. */
export type DataTypeName = DataType | keyof typeof ALIASES;

/** The TypeScript type of a value of a simple type. Dates and bytes are strings: that is what travels. */
export type ValueOfDataType<D extends DataTypeName> = D extends "boolean" | "bool"
  ? boolean
  : D extends "string" | "date-time" | "datetime" | "byte"
    ? string
    : number;

const SCHEMAS: { readonly [D in DataType]: Schema } = {
  string: { type: "string" },
  int32: { type: "integer", format: "int32" },
  int64: { type: "integer", format: "int64" },
  float: { type: "number", format: "float" },
  double: { type: "number", format: "double" },
  boolean: { type: "boolean" },
  "date-time": { type: "string", format: "date-time" },
  byte: { type: "string", format: "byte" },
};

/** The simple type of that name or alias, in any case; `undefined` if there is none. */
export function findDataType(name: unknown): DataType | undefined {
  if (typeof name !== "string") {
    return undefined;
  }
  const lower = name.toLowerCase();
  const type = Object.hasOwn(ALIASES, lower) ? ALIASES[lower as keyof typeof ALIASES] : lower;
  return Object.hasOwn(SCHEMAS, type) ? (type as DataType) : undefined;
}

/** The schema of a simple type (docs/reference/protocol.md#data-formats). */
export function schemaOfDataType(type: DataType): Schema {
  return { ...SCHEMAS[type] };
}

/** For error messages. */
export const DATA_TYPE_NAMES: string = /* @__PURE__ */ Object.keys({ ...SCHEMAS, ...ALIASES }).join(", ");
