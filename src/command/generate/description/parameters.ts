import { compileDataFormat, DataType, type Json } from "../../../core/data-format/index.ts";
import { type MsbIssue, MsbValueError } from "../../../support/errors.ts";
import { isRecord } from "../../../support/is-record.ts";
import type { Parameter } from "./service.ts";

type TypeName = keyof typeof DataType;

/** The simple types by what a self-description calls them; in lower case, as Java and C# write them. */
const TYPES: Readonly<Record<string, TypeName>> = {
  string: "STRING",
  "string date-time": "DATETIME",
  "string byte": "BYTE",
  integer: "INT64",
  "integer int32": "INT32",
  "integer int64": "INT64",
  number: "DOUBLE",
  "number float": "FLOAT",
  "number double": "DOUBLE",
  boolean: "BOOLEAN",
};

const EMPTY: Readonly<Record<string, Json>> = {
  string: "",
  integer: 0,
  number: 0,
  boolean: false,
  "string date-time": "1970-01-01T00:00:00.000Z",
};

/** Reads a configuration parameter. A contract has to know its type, and a value that fits. */
export function readParameter(name: string, given: unknown): Parameter {
  const notes: MsbIssue[] = [];
  const { type, format, value } = isRecord(given) ? given : {};
  const word = (text: unknown): string => (typeof text === "string" ? text.toLowerCase() : "");
  const said = `${word(type)} ${word(format)}`.trim();
  const known = TYPES[said] ?? TYPES[word(type)] ?? "STRING";
  if (TYPES[said] === undefined) {
    notes.push({
      path: "type",
      message: `${JSON.stringify(said)} is not a parameter type: taken as ${known}`,
    });
  }
  if (fits(known, value)) {
    return { name, type: known, value: value as Json, notes };
  }
  const empty = EMPTY[known === "DATETIME" ? said : word(type)] ?? "";
  notes.push({
    path: "value",
    message: `does not fit ${known}: ${JSON.stringify(empty)} stands here instead`,
  });
  return { name, type: known, value: empty, notes };
}

function fits(type: TypeName, value: unknown): boolean {
  if (value === undefined || value === null) {
    return false;
  }
  try {
    compileDataFormat(DataType[type], { subject: "" }).encode(value, { validate: true });
    return true;
  } catch (error) {
    if (error instanceof MsbValueError) {
      return false;
    }
    throw error;
  }
}
