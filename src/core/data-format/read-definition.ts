import type { $ZodType } from "zod/v4/core";
import { describeError, MsbDefinitionError } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import { describeValue } from "../validation/describe-value.ts";
import { throwIssues } from "../validation/issues.ts";
import type { ComplexDataFormat } from "./complex-data-format.ts";
import { DATA_TYPE_NAMES, findDataType, schemaOfDataType } from "./data-type.ts";
import type { Schema } from "./json.ts";
import { KEYWORDS } from "./keywords.ts";
import { checkDataFormatJson } from "./msb-schema.ts";
import { ROOT, refTo } from "./names.ts";
import { explainForeign, isForeign } from "./zod/foreign.ts";
import { isSchema } from "./zod/metadata.ts";

/** What a definition of a data format turned out to be. */
export type Definition =
  | { readonly kind: "none" }
  | { readonly kind: "zod"; readonly schema: $ZodType }
  | { readonly kind: "json"; readonly root: Schema; readonly definitions: Record<string, Schema> };

/**
 * Recognises every form of a definition, and checks those that are JSON.
 * @throws {MsbDefinitionError} listing everything that is wrong with it
 */
export function readDefinition(definition: unknown, subject: string): Definition {
  if (definition === null || definition === undefined) {
    return { kind: "none" };
  }
  if (isSchema(definition)) {
    return { kind: "zod", schema: definition };
  }
  if (isComplex(definition)) {
    return { kind: "json", root: refTo(definition.name), definitions: definition.toDefinitions() };
  }
  const dataType = findDataType(definition);
  if (dataType !== undefined) {
    return { kind: "json", root: schemaOfDataType(dataType), definitions: {} };
  }
  if (typeof definition === "string") {
    return readJson(parse(definition, subject), subject);
  }
  if (isRecord(definition) && !isForeign(definition)) {
    return readJson(definition, subject);
  }
  throw definitionError(subject, explainForm(definition));
}

/** Whether an object is a data format by itself, and not one that has it among other things. */
export function isDataFormatObject(value: object): boolean {
  return isSchema(value) || isComplex(value) || isForeign(value) || Object.hasOwn(value, ROOT);
}

/** By its method, not by its class: that would be loaded by pages that make none. */
function isComplex(definition: object | string | number): definition is ComplexDataFormat {
  return typeof (definition as Partial<ComplexDataFormat>).toDefinitions === "function";
}

function parse(text: string, subject: string): Record<string, unknown> {
  if (!/^\s*[{["]/.test(text)) {
    throw definitionError(
      subject,
      `unknown data type ${describeValue(text)}; the types are ${DATA_TYPE_NAMES}`,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw definitionError(subject, `the data format is not valid JSON: ${describeError(error)}`);
  }
  if (!isRecord(json)) {
    throw definitionError(subject, `the JSON of a data format must be an object, not ${describeValue(json)}`);
  }
  return json;
}

function readJson(value: Record<string, unknown>, subject: string): Definition {
  const format = isBareSchema(value) ? { [ROOT]: value } : value;
  throwIssues(`${subject}, data format`, checkDataFormatJson(format));
  // A copy: a later change of the original must not change what was registered.
  const { [ROOT]: root = {}, ...definitions } = JSON.parse(JSON.stringify(format)) as Record<string, Schema>;
  return { kind: "json", root, definitions };
}

/** One schema instead of named ones. */
function isBareSchema(value: Record<string, unknown>): boolean {
  return (
    !Object.hasOwn(value, ROOT) &&
    Object.keys(value).some((key) => Object.hasOwn(KEYWORDS, key) && !isRecord(value[key]))
  );
}

function explainForm(definition: unknown): string {
  if (isRecord(definition)) {
    return explainForeign(definition);
  }
  return (
    "a data format must be a zod schema, a simple type such as DataType.INT32, a ComplexDataFormat, an object with " +
    `"dataObject", a JSON string, or null for no payload, not ${describeValue(definition)}`
  );
}

export function definitionError(subject: string, message: string): MsbDefinitionError {
  return new MsbDefinitionError(subject, [{ path: "dataFormat", message }]);
}
