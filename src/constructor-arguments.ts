import { findOptionIssues, type MsbClientOptions } from "./client-options.ts";
import { MsbDefinitionError, type MsbIssue } from "./errors.ts";
import { DEFAULT_PROPERTIES_FILE, readPropertiesFile } from "./properties-file.ts";
import { collectIssues } from "./self-description/check.ts";
import { checkIdentity, type Identity } from "./self-description/index.ts";

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
  if (identity === undefined || issues.length > 0) throw new MsbDefinitionError("The client", issues);
  return { identity, options };
}

function asObject(parameters: readonly unknown[]): Readonly<Record<string, unknown>> {
  const [first, uuid, name, description, token, settings] = parameters;
  if (parameters.length === 0) return { propertiesFile: DEFAULT_PROPERTIES_FILE };
  if (typeof first === "object" && first !== null) return first as Record<string, unknown>;
  return { type: first, uuid, name, description, token, ...(settings as object | undefined) };
}

function readFile(propertiesFile: unknown): object {
  if (typeof propertiesFile === "string" && propertiesFile !== "") return readPropertiesFile(propertiesFile);
  throw new MsbDefinitionError("The client", [
    { path: "propertiesFile", message: "must be the path of a file" },
  ]);
}
