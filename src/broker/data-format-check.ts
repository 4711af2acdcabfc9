import type { MsbIssue } from "../errors.ts";

/**
 * What is wrong with a data format of a self-description.
 *
 * The one place where formats are checked: `checkDataFormatJson` of `src/data-format/msb-schema.ts` (the closed subset
 * of JSON Schema that the MSB accepts) is to be called here.
 */
export function checkDataFormat(dataFormat: unknown, path: string): MsbIssue[] {
  if (dataFormat === undefined || dataFormat === null) {
    return [];
  }
  if (typeof dataFormat !== "object" || Array.isArray(dataFormat)) {
    return [{ path, message: "must be an object of named schemas" }];
  }
  return [];
}
