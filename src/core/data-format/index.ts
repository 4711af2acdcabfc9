export { compileDataFormat } from "./compile-data-format.ts";
export { compileParameters } from "./compile-parameters.ts";
export { ComplexDataFormat } from "./complex-data-format.ts";
export { DataType, type DataTypeName, type ValueOfDataType } from "./data-type.ts";
export type { Json, Schema } from "./json.ts";
export { checkDataFormatJson } from "./msb-schema.ts";
export { leaveOutPrototypeKeys } from "./prototype-key.ts";
export { isDataFormatObject } from "./read-definition.ts";
export type {
  DataFormat,
  DataFormatDefinition,
  DataFormatJson,
  IsLiteral,
  ParametersOf,
  PayloadOf,
  StartsAsJson,
  ValidDataFormat,
  ValidDataFormats,
  ValueOf,
} from "./types.ts";
