import type { $ZodType } from "zod/v4/core";
import { describeError, MsbDefinitionError, type MsbIssue } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import { describeValue } from "../validation/describe-value.ts";
import { ComplexDataFormat } from "./complex-data-format.ts";
import { DATA_TYPE_NAMES, findDataType, schemaOfDataType } from "./data-type.ts";
import type { Schema } from "./json.ts";
import { checkJsonValue } from "./json-value.ts";
import { KEYWORDS } from "./keywords.ts";
import { checkDataFormatJson } from "./msb-schema.ts";
import { checkKey, ROOT, refTo } from "./names.ts";
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
  if (definition instanceof ComplexDataFormat) {
    return {
      kind: "json",
      root: refTo(definition.name),
      definitions: definition.toDefinitions(),
    };
  }
  if (typeof definition === "string") {
    const dataType = findDataType(definition);
    if (dataType !== undefined) {
      return { kind: "json", root: schemaOfDataType(dataType), definitions: {} };
    }
    return readJson(parse(definition, subject), subject);
  }
  if (isRecord(definition) && !("_def" in definition)) {
    return readJson(definition, subject);
  }
  throw definitionError(subject, explainForm(definition));
}

function parse(text: string, subject: string): unknown {
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

function readJson(value: unknown, subject: string): Definition {
  // A copy: a later change of the original must not change what was registered.
  const source = copyJson(isBareSchema(value) ? { [ROOT]: value } : value, subject);
  const issues = checkDataFormatJson(source, { isParsed: true });
  if (issues.length === 0) {
    checkPropertyNames(source, "", issues);
  }
  if (issues.length > 0) {
    throw new MsbDefinitionError(`${subject}, data format`, issues);
  }
  const { [ROOT]: root = {}, ...definitions } = source as Record<string, Schema>;
  return { kind: "json", root, definitions };
}

function copyJson(value: unknown, subject: string): unknown {
  const issues: MsbIssue[] = [];
  checkJsonValue(value, "", issues);
  if (issues.length > 0) {
    throw new MsbDefinitionError(`${subject}, data format`, issues);
  }
  return JSON.parse(JSON.stringify(value));
}

/** One schema instead of named ones. */
function isBareSchema(value: unknown): boolean {
  if (!isRecord(value) || Object.hasOwn(value, ROOT)) {
    return false;
  }
  const keys = Object.keys(value);
  return keys.length > 0 && keys.some((key) => Object.hasOwn(KEYWORDS, key) && !isRecord(value[key]));
}

function checkPropertyNames(node: unknown, path: string, issues: MsbIssue[]): void {
  if (Array.isArray(node)) {
    for (const each of node) {
      checkPropertyNames(each, path, issues);
    }
    return;
  }
  if (!isRecord(node)) {
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    const inside = path === "" ? key : `${path}.${key}`;
    if (key === "properties" && isRecord(value)) {
      for (const name of Object.keys(value)) {
        const problem = checkKey(name);
        if (problem !== undefined) {
          issues.push({ path: `${inside}.${name}`, message: problem });
        }
      }
    }
    if (!["enum", "default", "example"].includes(key)) {
      checkPropertyNames(value, inside, issues);
    }
  }
}

function explainForm(definition: unknown): string {
  if (isRecord(definition)) {
    return "this is a schema of zod 3; use zod 4";
  }
  return (
    "a data format must be a zod schema, a simple type such as DataType.INT32, a ComplexDataFormat, an object with " +
    `"dataObject", a JSON string, or null for no payload, not ${describeValue(definition)}`
  );
}

export function definitionError(subject: string, message: string): MsbDefinitionError {
  return new MsbDefinitionError(subject, [{ path: "dataFormat", message }]);
}
