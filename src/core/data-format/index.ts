export { compileDataFormat } from "./compile-data-format.ts";
export { compileParameters } from "./compile-parameters.ts";
export { ComplexDataFormat } from "./complex-data-format.ts";
export { DataType, type DataTypeName, type ValueOfDataType } from "./data-type.ts";
export type { Json } from "./json.ts";
export { checkDataFormatJson } from "./msb-schema.ts";
export type {
  DataFormat,
  DataFormatDefinition,
  DataFormatJson,
  ParametersOf,
  PayloadOf,
  ValueOf,
} from "./types.ts";
