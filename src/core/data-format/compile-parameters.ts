import { MsbDefinitionError, type MsbIssue, MsbValueError } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import { mustBe } from "../validation/describe-value.ts";
import { type CompiledRoot, compileRoot } from "./compile-root.ts";
import type { Json } from "./json.ts";
import { canonical, type Schema } from "./json.ts";
import { checkName } from "./names.ts";
import type { DataFormat, DataFormatDefinition, DataFormatJson } from "./types.ts";

/**
 * The data format of a function with named parameters: one root for each. Values are objects by parameter name.
 * A parameter is optional if its zod schema is; the names that a call brings besides are ignored.
 * @throws {MsbDefinitionError} listing everything that is wrong with the definitions
 */
export function compileParameters(
  parameters: Readonly<Record<string, DataFormatDefinition>>,
  { subject }: { readonly subject: string },
): DataFormat {
  if (!isRecord(parameters) || "_zod" in parameters) {
    const message = mustBe("an object with a data format for each parameter", parameters);
    throw new MsbDefinitionError(subject, [{ path: "parameters", message }]);
  }
  const issues: MsbIssue[] = [];
  const compiled = new Map<string, CompiledRoot>();
  for (const name of Object.keys(parameters)) {
    const one = compileParameter(name, parameters[name], subject, issues);
    if (one !== undefined) {
      compiled.set(name, one);
    }
  }
  const json = joinRoots(compiled, issues);
  if (issues.length > 0) {
    throw new MsbDefinitionError(subject, issues);
  }
  return {
    json,
    encode: (value, { validate }) => {
      const problems: MsbIssue[] = [];
      const given = asParameters(value, subject);
      if (validate) {
        for (const name of Object.keys(given)) {
          if (!compiled.has(name)) {
            problems.push({ path: name, message: "there is no parameter of this name" });
          }
        }
      }
      return each(compiled, subject, problems, (name, one) =>
        one.encode(given[name], validate, problems),
      ) as Json;
    },
    decode: (wire, { validate }) => {
      const problems: MsbIssue[] = [];
      const given = asParameters(wire ?? {}, subject);
      return each(compiled, subject, problems, (name, one) => one.decode(given[name], validate, problems));
    },
  };
}

function compileParameter(
  name: string,
  definition: DataFormatDefinition | undefined,
  subject: string,
  issues: MsbIssue[],
): CompiledRoot | undefined {
  const problem = checkName(name);
  if (problem !== undefined) {
    issues.push({ path: `parameters[${JSON.stringify(name)}]`, message: problem });
    return undefined;
  }
  try {
    const one = compileRoot(definition, {
      subject: `${subject}, parameter "${name}"`,
      isArray: false,
      root: name,
    });
    if (one === undefined) {
      issues.push({
        path: name,
        message: "a parameter needs a data format; leave it out if it carries nothing",
      });
    }
    return one;
  } catch (error) {
    if (!(error instanceof MsbDefinitionError)) {
      throw error;
    }
    for (const { path, message } of error.issues) {
      const inside = path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`);
      issues.push({ path: inside ? path : `${name}: ${path}`, message });
    }
    return undefined;
  }
}

/** The definitions of all parameters, then the roots. */
function joinRoots(
  compiled: ReadonlyMap<string, CompiledRoot>,
  issues: MsbIssue[],
): DataFormatJson | undefined {
  const definitions: Record<string, Schema> = {};
  for (const [parameter, one] of compiled) {
    for (const [name, schema] of Object.entries(one.definitions)) {
      const other = definitions[name];
      if (compiled.has(name)) {
        issues.push({
          path: parameter,
          message: `"${name}" is the name of a parameter and of a definition; rename one of them`,
        });
      } else if (other !== undefined && canonical(other) !== canonical(schema)) {
        issues.push({
          path: parameter,
          message: `another parameter has a different definition named "${name}"; rename one of them`,
        });
      }
      definitions[name] = schema;
    }
  }
  if (compiled.size === 0) {
    return undefined;
  }
  return { ...definitions, ...Object.fromEntries([...compiled].map(([name, { root }]) => [name, root])) };
}

function asParameters(value: unknown, subject: string): Record<string, unknown> {
  if (isRecord(value)) {
    return value;
  }
  const message = mustBe("an object with the parameters by name", value);
  throw new MsbValueError(subject, [{ path: "", message }]);
}

function each(
  compiled: ReadonlyMap<string, CompiledRoot>,
  subject: string,
  problems: MsbIssue[],
  convert: (name: string, one: CompiledRoot) => unknown,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, one] of compiled) {
    const value = convert(name, one);
    if (value !== undefined) {
      result[name] = value;
    }
  }
  if (problems.length > 0) {
    throw new MsbValueError(subject, problems);
  }
  return result;
}
