import { checkIdentity, type Identity } from "../core/self-description/index.ts";
import { withOwnKeys } from "../core/validation/checks.ts";
import { describeValue } from "../core/validation/describe-value.ts";
import { collectIssues, throwIssues } from "../core/validation/issues.ts";
import { readPropertiesFile } from "../platform/index.ts";
import { MsbDefinitionError, type MsbIssue } from "../support/errors.ts";
import { isRecord } from "../support/is-record.ts";
import { findOptionIssues, type MsbClientOptions } from "./client-options.ts";

const DEFAULT_PROPERTIES_FILE = "application.properties";

const checkSettings = withOwnKeys("{ autoReconnect: false }");

interface ConstructorArguments {
  readonly identity: Identity;
  readonly options: MsbClientOptions;
}

/** Identity and settings out of any form of the constructor. @throws {MsbDefinitionError} listing all that is wrong. */
export function readConstructorArguments(parameters: readonly unknown[]): ConstructorArguments {
  const given = asObject(parameters);
  const { propertiesFile, ...fields } = given;
  const fromFile = propertiesFile === undefined ? {} : readFile(propertiesFile);
  // What the program says stands above what the file says.
  const merged = { ...fromFile, ...fields } as unknown as Identity & MsbClientOptions;
  const { type, uuid, name, description, token, ...options } = merged;
  const issues: MsbIssue[] = [];
  const identity = collectIssues(issues, () => checkIdentity({ type, uuid, name, description, token }));
  issues.push(...findOptionIssues(options));
  if (identity === undefined || issues.length > 0) {
    throw new MsbDefinitionError("The client", issues);
  }
  return { identity, options };
}

function asObject(parameters: readonly unknown[]): Readonly<Record<string, unknown>> {
  const [first, uuid, name, description, token, settings] = parameters;
  if (parameters.length === 0) {
    return { propertiesFile: DEFAULT_PROPERTIES_FILE };
  }
  if (isRecord(first)) {
    return first;
  }
  if (parameters.length === 1) {
    throw notArguments(first);
  }
  const identity = { type: first, uuid, name, description, token };
  if (settings === undefined || settings === null) {
    return identity;
  }
  const issues: MsbIssue[] = [];
  checkSettings(settings, "options", issues);
  throwIssues("The client", issues);
  return { ...identity, ...settings };
}

function notArguments(only: unknown): MsbDefinitionError {
  const message = `must be made of an object with identity and settings, or of type, uuid, name, description and token, not of ${describeValue(only)}.`;
  const remedy = 'For a properties file give { propertiesFile: "path" }.';
  return new MsbDefinitionError("The client", [{ path: "", message }], { remedy });
}

function readFile(propertiesFile: unknown): object {
  if (typeof propertiesFile === "string" && propertiesFile !== "") {
    return readPropertiesFile(propertiesFile);
  }
  throw new MsbDefinitionError("The client", [
    { path: "propertiesFile", message: "must be the path of a file" },
  ]);
}
