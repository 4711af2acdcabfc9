import { quote } from "../../support/clip.ts";
import { MsbDefinitionError, MsbError, type MsbIssue, MsbValueError } from "../../support/errors.ts";
import {
  DATA_TYPE_NAMES,
  type DataTypeName,
  findDataType,
  schemaOfDataType,
} from "../data-format/data-type.ts";
import { compileDataFormat, type DataFormat, type Json } from "../data-format/index.ts";
import { findIssues, nonEmptyString, strictObject } from "../validation/checks.ts";
import { mustBe } from "../validation/describe-value.ts";
import { collectIssues, throwIssues } from "../validation/issues.ts";
import { subjectOf } from "./event.ts";

/** A parameter in the self-description. Types and formats are in upper case there. */
export interface ParameterJson {
  readonly value: Json;
  /** `INTEGER`, `NUMBER`, `STRING` or `BOOLEAN`. */
  readonly type: string;
  /** `INT32`, `INT64`, `FLOAT`, `DOUBLE`, `BYTE` or `DATE-TIME`. */
  readonly format?: string;
}

interface Parameter {
  readonly dataFormat: DataFormat;
  readonly type: Omit<ParameterJson, "value">;
  value: Json;
}

const checkFields = strictObject({ name: nonEmptyString });

/** The configuration parameters of a service: their types, and their values now. */
export class Configuration {
  /** Made for the first one. */
  #parameters: Map<string, Parameter> | undefined;

  /** @throws {MsbDefinitionError} listing what is wrong with name, type and value. */
  add(name: string, value: unknown, type: DataTypeName): void {
    const issues: MsbIssue[] = [];
    if (this.has(name)) {
      issues.push({ path: "name", message: "was added already; choose another one" });
    }
    const parameter = collectIssues(issues, () => checkParameter(name, value, type));
    throwIssues(subjectOf("Configuration parameter", name), issues);
    this.#parameters ??= new Map();
    this.#parameters.set(name, parameter as Parameter);
  }

  has(name: string): boolean {
    return this.#parameters?.has(name) === true;
  }

  /** @throws {MsbError} `UNKNOWN_PARAMETER`. */
  get(name: string): Json {
    return this.#find(name).value;
  }

  /**
   * Sets a value and returns the one before.
   * @throws {MsbError} `UNKNOWN_PARAMETER`, or `INVALID_VALUE` if the value is of another type.
   */
  set(name: string, value: unknown): Json {
    const parameter = this.#find(name);
    const previous = parameter.value;
    parameter.value = checkedValue(parameter, name, value);
    return previous;
  }

  toJSON(): { readonly parameters: Readonly<Record<string, ParameterJson>> } {
    const entries = [...(this.#parameters ?? [])].map(
      ([name, { value, type }]) => [name, { value, ...type }] as const,
    );
    return { parameters: Object.fromEntries(entries) };
  }

  #find(name: string): Parameter {
    const parameter = this.#parameters?.get(name);
    if (parameter !== undefined) {
      return parameter;
    }
    const names = [...(this.#parameters?.keys() ?? [])].map((each) => JSON.stringify(each));
    const known = names.length === 0 ? "none was added" : `the known ones are ${names.join(", ")}`;
    throw new MsbError("UNKNOWN_PARAMETER", `There is no configuration parameter ${quote(name)}: ${known}.`, {
      remedy: "Add it with addConfigParameter() first.",
    });
  }
}

/** @throws {MsbDefinitionError} listing what is wrong with name, type and value. */
export function checkParameter(name: string, value: unknown, type: unknown): Parameter {
  const subject = subjectOf("Configuration parameter", name);
  const issues = findIssues(checkFields, { name });
  const dataType = findDataType(type);
  if (dataType === undefined) {
    throw new MsbDefinitionError(subject, [
      ...issues,
      { path: "type", message: mustBe(`one of ${DATA_TYPE_NAMES}`, type) },
    ]);
  }
  const dataFormat = compileDataFormat(dataType, { subject });
  const inUpperCase = Object.entries(schemaOfDataType(dataType)).map(
    ([keyword, word]) => [keyword, String(word).toUpperCase()] as const,
  );
  const parameter: Parameter = {
    dataFormat,
    type: Object.fromEntries(inUpperCase) as unknown as Parameter["type"],
    value: null,
  };
  try {
    parameter.value = checkedValue(parameter, name, value);
  } catch (error) {
    if (!(error instanceof MsbValueError)) {
      throw error;
    }
    issues.push(...error.issues);
  }
  throwIssues(subject, issues);
  return parameter;
}

/** @throws {MsbValueError} naming the parameter. */
function checkedValue({ dataFormat }: Parameter, name: string, value: unknown): Json {
  try {
    return dataFormat.encode(value, { validate: true }) ?? null;
  } catch (error) {
    if (!(error instanceof MsbValueError)) {
      throw error;
    }
    // For a data format every value is a dataObject; here it is just the value.
    const issues = error.issues.map(({ message }) => ({ path: "value", message }));
    throw new MsbValueError(subjectOf("Configuration parameter", name), issues);
  }
}
