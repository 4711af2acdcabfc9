export { type CompileOptions, compileDataFormat } from "./compile-data-format.ts";
export { compileParameters } from "./compile-parameters.ts";
export { ComplexDataFormat } from "./complex-data-format.ts";
export { DataType, type DataTypeName, type ValueOfDataType } from "./data-type.ts";
export { type CheckOptions, checkDataFormatJson } from "./msb-schema.ts";
export type {
  DataFormat,
  DataFormatDefinition,
  DataFormatJson,
  Json,
  ParametersOf,
  PayloadOf,
  ValueOf,
} from "./types.ts";
