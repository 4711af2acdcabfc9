export { ComplexDataFormat } from "./complex-data-format.ts";
export { DataType, type DataTypeName } from "./data-type.ts";
export { resolveDataFormat, resolveParameters } from "./resolve.ts";
export type { DataFormat, DataFormatDefinition, DataFormatJson, Json, ValueOf } from "./types.ts";
