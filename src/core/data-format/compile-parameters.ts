import { MsbDefinitionError, type MsbIssue, MsbValueError } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import { mustBe } from "../validation/describe-value.ts";
import { collectIssues, throwIssues } from "../validation/issues.ts";
import { type CompiledRoot, compileRoot } from "./compile-root.ts";
import type { Json } from "./json.ts";
import { canonical, type Schema } from "./json.ts";
import { checkName } from "./names.ts";
import type { DataFormat, DataFormatDefinition, DataFormatJson } from "./types.ts";
import { isForeign } from "./zod/foreign.ts";
import { isSchema } from "./zod/metadata.ts";

/**
 * The data format of a function with named parameters: one root for each. Values are objects by parameter name.
 * A parameter is optional if its zod schema is; the names that a call brings besides are ignored.
 * @throws {MsbDefinitionError} listing everything that is wrong with the definitions
 */
export function compileParameters(
  parameters: Readonly<Record<string, DataFormatDefinition>>,
  { subject }: { readonly subject: string },
): DataFormat {
  if (!isRecord(parameters) || isSchema(parameters) || isForeign(parameters)) {
    const message = mustBe("an object with a data format for each parameter", parameters);
    throw new MsbDefinitionError(subject, [{ path: "parameters", message }]);
  }
  const issues: MsbIssue[] = [];
  const compiled = new Map<string, CompiledRoot>();
  for (const [name, definition] of Object.entries(parameters)) {
    const one = compileParameter(name, definition, subject, issues);
    if (one !== undefined) {
      compiled.set(name, one);
    }
  }
  const json = joinRoots(compiled, issues);
  throwIssues(subject, issues);
  return {
    json,
    encode: (value, { validate }) => {
      const given = asParameters(value, subject);
      const unknown = validate ? Object.keys(given).filter((name) => !compiled.has(name)) : [];
      const problems = unknown.map((path) => ({ path, message: "there is no parameter of this name" }));
      return convert(given, problems, (one, value) => one.encode(value, validate, problems)) as Json;
    },
    decode(wire, options) {
      const problems: MsbIssue[] = [];
      const given = asParameters(wire ?? {}, subject);
      return convert(given, problems, (one, value) => one.decode(value, options, problems));
    },
  };

  function convert(
    given: Record<string, unknown>,
    problems: readonly MsbIssue[],
    convertOne: (one: CompiledRoot, value: unknown) => unknown,
  ): Record<string, unknown> {
    const converted = [...compiled].map(([name, one]) => [name, convertOne(one, given[name])] as const);
    if (problems.length > 0) {
      throw new MsbValueError(subject, problems);
    }
    return Object.fromEntries(converted.filter(([, value]) => value !== undefined));
  }
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
  const found: MsbIssue[] = [];
  const options = { subject: `${subject}, parameter "${name}"`, isArray: false, root: name };
  const one = collectIssues(found, () => compileRoot(definition, options));
  if (one === undefined && found.length === 0) {
    found.push({
      path: name,
      message: "a parameter needs a data format; leave it out if it carries nothing",
    });
  }
  for (const { path, message } of found) {
    const isInside = path.startsWith(name) && ["", ".", "["].includes(path.charAt(name.length));
    issues.push({ path: isInside ? path : `${name}: ${path}`, message });
  }
  return one;
}

/** The definitions of all parameters, then the roots. */
function joinRoots(
  compiled: ReadonlyMap<string, CompiledRoot>,
  issues: MsbIssue[],
): DataFormatJson | undefined {
  const definitions: Record<string, Schema> = {};
  for (const [path, one] of compiled) {
    for (const [name, schema] of Object.entries(one.definitions)) {
      if (compiled.has(name)) {
        const message = `"${name}" is the name of a parameter and of a definition; rename one of them`;
        issues.push({ path, message });
      } else if (canonical(definitions[name] ?? schema) !== canonical(schema)) {
        const message = `another parameter has a different definition named "${name}"; rename one of them`;
        issues.push({ path, message });
      }
      definitions[name] = schema;
    }
  }
  const roots = [...compiled].map(([name, { root }]) => [name, root] as const);
  return roots.length === 0 ? undefined : { ...definitions, ...Object.fromEntries(roots) };
}

function asParameters(value: unknown, subject: string): Record<string, unknown> {
  if (isRecord(value)) {
    return value;
  }
  const message = mustBe("an object with the parameters by name", value);
  throw new MsbValueError(subject, [{ path: "", message }]);
}
