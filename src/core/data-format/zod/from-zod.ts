import { $ZodRegistry, type $ZodType, type $ZodTypes, globalRegistry, toJSONSchema } from "zod/v4/core";
import { describeError, MsbDefinitionError, type MsbIssue } from "../../../support/errors.ts";
import { formatSchemaPath } from "../../validation/path.ts";
import { asSchema, type Schema } from "../json.ts";
import { checkDefinitionName, checkKey, REF_PREFIX } from "../names.ts";
import { adapt } from "./zod-override.ts";
import { explainUnrepresentable, findProblem } from "./zod-problems.ts";
import { freeName, SubsetWriter } from "./zod-subset.ts";

export interface ZodFormat {
  readonly root: Schema;
  readonly definitions: Record<string, Schema>;
  /** Whether the value in the program may differ from the one on the wire: codecs, defaults, texts that are trimmed … */
  readonly converts: boolean;
  /** Whether the schema lets through what JSON cannot carry: it takes anything somewhere, or values that contain themselves. */
  readonly needsWalk: boolean;
}

export interface FromZodOptions {
  /** For error messages, such as `event "TEMPERATURE"`. */
  readonly subject: string;
  /** The name of the root: `dataObject`, or the name of a parameter. */
  readonly root: string;
  /** Whether the whole value may be missing: a parameter may, a payload may not. */
  readonly mayBeOptional?: boolean;
}

/** @throws {MsbDefinitionError} listing everything in the schema that a data format cannot say, and what can be used instead */
export function fromZod(schema: $ZodType, { subject, root, mayBeOptional }: FromZodOptions): ZodFormat {
  const issues = new IssueSet();
  let converts = false;
  let takesAnything = false;
  const report = (path: readonly PropertyKey[], message: string | undefined) => {
    if (message !== undefined) {
      issues.push({ path: formatSchemaPath(root, path), message });
    }
  };

  let json: Schema = {};
  try {
    if (mayBeOptional !== true && schema._zod.optout === "optional") {
      report(
        [],
        "the whole payload cannot be optional; use z.nullable(), or null as the data format for no payload",
      );
    }
    json = toJSONSchema(schema as $ZodTypes, {
      target: "draft-04",
      io: "input",
      cycles: "ref",
      reused: "inline",
      metadata: new Annotations(),
      unrepresentable: ({ zodSchema, path, message }) => {
        report(path, explainUnrepresentable(zodSchema, message));
        return "any";
      },
      override: ({ zodSchema, jsonSchema, path }) => {
        report(path, findProblem(zodSchema) ?? adapt(zodSchema, jsonSchema as Schema));
        const { def } = zodSchema._zod;
        if (def.type === "object") {
          for (const key in def.shape) {
            report([...path, "properties", key], checkKey(key));
          }
        }
        converts ||= CONVERTING.has(def.type) || hasOverwrite(zodSchema);
        takesAnything ||= def.type === "any" || def.type === "unknown";
      },
    }) as Schema;
  } catch (error) {
    report([], explainFailure(describeError(error)));
  }
  const { definitions: named, $schema: _, ...top } = json;
  const [source, renamedRoot] = nameEverything(top, asSchema(named) as Record<string, Schema>, root, issues);
  const writer = new SubsetWriter(source, issues);
  const written = writer.write(renamedRoot, root);
  writer.writeDefinitions();
  if (issues.length > 0) {
    throw new MsbDefinitionError(subject, [...issues]);
  }
  return {
    root: written,
    definitions: writer.definitions,
    converts,
    needsWalk: takesAnything || isRecursive(writer.definitions),
  };
}

const CONVERTING: ReadonlySet<string> = new Set(["pipe", "default", "prefault", "readonly"]);

function hasOverwrite(schema: $ZodType): boolean {
  return (schema._zod.def.checks ?? []).some((check) => check._zod.def.check === "overwrite");
}

/** The annotations that a data format knows. Others could be mistaken for constraints. */
class Annotations extends $ZodRegistry<Record<string, unknown>> {
  override get(schema: $ZodType): Record<string, unknown> | undefined {
    const all: Record<string, unknown> = globalRegistry.get(schema) ?? {};
    const known = Object.entries(all).filter(([key, value]) =>
      ["id", "title", "description"].includes(key)
        ? typeof value === "string"
        : key === "example" || (key === "examples" && Array.isArray(value)),
    );
    return known.length > 0 ? Object.fromEntries(known) : undefined;
  }
}

/** zod's names for unnamed recursive schemas, and `#` for the root, become usable names. */
function nameEverything(
  top: Schema,
  named: Record<string, Schema>,
  root: string,
  issues: MsbIssue[],
): [definitions: Record<string, Schema>, root: Schema] {
  const names = new Map<string, string>();
  const isTaken = (name: string) => Object.hasOwn(named, name) || [...names.values()].includes(name);
  const base = root === "dataObject" ? "Recursive" : `${root}Recursive`;
  const refersToRoot = JSON.stringify([top, named]).includes('"$ref":"#"');
  if (refersToRoot) {
    names.set("#", freeName(base, isTaken));
  }
  for (const name of Object.keys(named)) {
    if (/^__schema\d+$/.test(name)) {
      names.set(REF_PREFIX + name, freeName(base, isTaken));
    } else {
      const problem = checkDefinitionName(name);
      if (problem !== undefined) {
        issues.push({ path: root, message: problem });
      }
    }
  }
  const target = (ref: string): string => {
    const schema = ref === "#" ? top : named[ref.slice(REF_PREFIX.length)];
    // z.lazy() around a named schema: only another name of it
    const inner = names.has(ref) && schema !== undefined ? onlyRef(schema) : undefined;
    if (inner !== undefined && inner !== ref) {
      return target(inner);
    }
    const name = names.get(ref);
    return name === undefined ? decodePointer(ref) : REF_PREFIX + name;
  };
  const rename = (_: string, value: unknown) => {
    const ref = asSchema(value)["$ref"];
    return typeof ref === "string" ? { ...asSchema(value), $ref: target(ref) } : value;
  };
  const renamed = (schema: Schema) => JSON.parse(JSON.stringify(schema), rename) as Schema;
  const definitions: Record<string, Schema> = {};
  const refs = Object.keys(named).map((name) => REF_PREFIX + name);
  for (const ref of refersToRoot ? ["#", ...refs] : refs) {
    const name = names.get(ref) ?? ref.slice(REF_PREFIX.length);
    const schema = ref === "#" ? top : named[ref.slice(REF_PREFIX.length)];
    const isAlias = target(ref) !== decodePointer(REF_PREFIX + name);
    if (schema !== undefined && !isAlias) {
      definitions[name] = renamed(schema);
    }
  }
  return [definitions, refersToRoot ? { $ref: target("#") } : renamed(top)];
}

/** The reference that is all a schema consists of. */
function onlyRef(schema: Schema): string | undefined {
  if (Object.keys(schema).length !== 1) {
    return undefined;
  }
  const [only] = Array.isArray(schema["allOf"]) && schema["allOf"].length === 1 ? schema["allOf"] : [schema];
  const ref = asSchema(only)["$ref"];
  return typeof ref === "string" ? ref : undefined;
}

function isRecursive(definitions: Readonly<Record<string, Schema>>): boolean {
  const refs = new Map(
    Object.entries(definitions).map(([name, schema]) => [
      name,
      [...JSON.stringify(schema).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)].map(([, to = ""]) => to),
    ]),
  );
  const reaches = (from: string, to: string, visited = new Set<string>()): boolean =>
    (refs.get(from) ?? []).some((next) => {
      if (next === to) {
        return true;
      }
      if (visited.has(next)) {
        return false;
      }
      visited.add(next);
      return reaches(next, to, visited);
    });
  return [...refs.keys()].some((name) => reaches(name, name));
}

/** zod escapes names as JSON pointers do; names that need it are refused anyway. */
function decodePointer(ref: string): string {
  return ref.replaceAll("~1", "/").replaceAll("~0", "~");
}

function explainFailure(message: string): string {
  const id = /^Duplicate schema id "(.*?)"/.exec(message)?.[1];
  return id === undefined
    ? `zod cannot describe this schema: ${message}`
    : `two different schemas are named "${id}" by .meta({ id }); give them different names`;
}

/** The same schema may be seen more than once. */
class IssueSet extends Array<MsbIssue> {
  override push(...issues: MsbIssue[]): number {
    for (const issue of issues) {
      if (!this.some(({ path, message }) => path === issue.path && message === issue.message)) {
        super.push(issue);
      }
    }
    return this.length;
  }
}
