import * as z from "zod/v4/mini";
import type { MsbIssue } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import { describeIssue } from "../validation/describe-issue.ts";
import { formatPath } from "../validation/path.ts";
import { asSchema, canonical, type Schema } from "./json.ts";
import { checkJsonValue } from "./json-value.ts";
import { nameInRef, REF_PREFIX, ROOT } from "./names.ts";
import { flattenIssue } from "./zod/run-schema.ts";

const TYPES = ["string", "number", "integer", "boolean", "object", "array", "null"] as const;
const count = z.int().check(z.gte(0, "must be a whole number of 0 or more"));

const type = z.union([
  z.enum(TYPES),
  z.array(z.enum(TYPES)).check(z.minLength(1), z.refine(isUnique, "must name each type once")),
]);

/** The closed subset of JSON Schema draft 4 that the MSB takes as one schema (docs/protocol.md, section 5). */
const keywords: Record<string, z.ZodMiniType> = {
  $ref: z.optional(z.string()),
  format: z.optional(z.string()),
  title: z.optional(z.string()),
  description: z.optional(z.string()),
  default: z.optional(z.unknown()),
  multipleOf: z.optional(z.number().check(z.gt(0, "must be a number above 0"))),
  maximum: z.optional(z.number()),
  exclusiveMaximum: z.optional(z.boolean()),
  minimum: z.optional(z.number()),
  exclusiveMinimum: z.optional(z.boolean()),
  maxLength: z.optional(count),
  minLength: z.optional(count),
  pattern: z.optional(z.string().check(z.refine(isPattern, "must be a valid regular expression"))),
  maxItems: z.optional(count),
  minItems: z.optional(count),
  uniqueItems: z.optional(z.boolean()),
  maxProperties: z.optional(count),
  minProperties: z.optional(count),
  required: z.optional(
    z
      .array(z.string())
      .check(
        z.minLength(1, "must have at least one name; leave the keyword out if no property is required"),
        z.refine(isUnique, "must have each name once"),
      ),
  ),
  enum: z.optional(
    z.array(z.unknown()).check(
      z.minLength(1),
      z.refine((values) => isUnique(values.map(canonical)), "must have each value once"),
    ),
  ),
  additionalProperties: z.optional(z.union([z.boolean(), z.lazy(() => schemaNode)])),
  type: z.optional(type),
  items: z.optional(z.lazy(() => schemaNode)),
  allOf: z.optional(z.array(z.lazy(() => schemaNode)).check(z.minLength(1))),
  properties: z.optional(
    z.record(
      z.string(),
      z.lazy(() => schemaNode),
    ),
  ),
  discriminator: z.optional(z.string()),
  readOnly: z.optional(z.boolean()),
  example: z.optional(z.unknown()),
};

const schemaNode: z.ZodMiniType = z.strictObject(keywords);
const formatNode = z.record(z.string(), schemaNode);

/** The keywords of one schema. */
export const KEYWORDS: ReadonlySet<string> = new Set(Object.keys(keywords));

/** The keywords that say nothing about which values fit. */
export const ANNOTATIONS: ReadonlySet<string> = new Set([
  "title",
  "description",
  "default",
  "discriminator",
  "readOnly",
  "example",
]);

export interface CheckOptions {
  /** What stands at the root: `dataObject` (the default), or, for functions with named parameters, any names. */
  readonly roots?: "dataObject" | "any";
}

/** Everything that is wrong with a data format as it stands in a self-description; an empty array if the MSB takes it. */
export function checkDataFormatJson(value: unknown, options: CheckOptions = {}): MsbIssue[] {
  const issues: MsbIssue[] = [];
  if (!isRecord(value)) {
    const error = describeIssue({ code: "invalid_type", expected: "object", input: value });
    return [{ path: "", message: error ?? "" }];
  }
  checkJsonValue(value, "", issues);
  if (issues.length > 0) {
    return issues;
  }

  const result = z.safeParse(formatNode, value, { error: describeIssue });
  for (const issue of (result.error?.issues ?? []).flatMap((each) => flattenIssue(each))) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) {
        issues.push({ path: schemaPath([...issue.path, key]), message: explainKeyword(key) });
      }
    } else {
      issues.push({ path: schemaPath(issue.path), message: issue.message });
    }
  }
  if (options.roots !== "any" && !Object.hasOwn(value, ROOT)) {
    issues.push({ path: ROOT, message: `missing: the root of a data format is called "${ROOT}"` });
  }
  checkRefs(value, { roots: value, endless: endlessNames(value) }, [], issues);
  return issues;
}

function explainKeyword(key: string): string {
  const advice: Readonly<Record<string, string>> = {
    const: 'write "enum" with one value',
    anyOf: 'write a "type" with several types, or one schema that covers all cases',
    oneOf: 'write a "type" with several types, or one schema that covers all cases',
    examples: 'write "example"',
    definitions: 'put the definitions beside "dataObject"',
    $defs: 'put the definitions beside "dataObject"',
    nullable: 'write "type": ["…", "null"]',
  };
  const hint = advice[key];
  return `the MSB does not know the keyword "${key}"${hint === undefined ? "" : `; ${hint}`}`;
}

interface Definitions {
  readonly roots: Record<string, unknown>;
  /** The names of those that refer only to themselves. */
  readonly endless: ReadonlySet<string>;
}

/** Finds names that zod passes over, and references that lead nowhere. */
function checkRefs(node: unknown, definitions: Definitions, path: PropertyKey[], issues: MsbIssue[]): void {
  if (!isRecord(node)) {
    return;
  }
  const at = (...steps: PropertyKey[]) => schemaPath([...path, ...steps]);
  const isRoot = path.length === 0;
  const names = isRoot ? node : node["properties"];
  if (isRecord(names)) {
    for (const key of Object.keys(names)) {
      const steps = isRoot ? [key] : ["properties", key];
      if (key === "__proto__") {
        issues.push({ path: at(...steps), message: 'the name "__proto__" cannot be used' });
      } else {
        checkRefs(names[key], definitions, [...path, ...steps], issues);
      }
    }
  }
  if (isRoot) {
    return;
  }
  const ref = node["$ref"];
  if (typeof ref === "string") {
    const name = nameInRef(asSchema(node));
    if (name === undefined) {
      issues.push({ path: at("$ref"), message: `must be "${REF_PREFIX}NAME", not "${ref}"` });
    } else if (!Object.hasOwn(definitions.roots, name)) {
      issues.push({ path: at("$ref"), message: `there is no definition called "${name}" beside the root` });
    } else if (definitions.endless.has(name)) {
      issues.push({ path: at("$ref"), message: `the definition "${name}" refers only to itself` });
    }
  }
  checkRefs(node["items"], definitions, [...path, "items"], issues);
  checkRefs(node["additionalProperties"], definitions, [...path, "additionalProperties"], issues);
  if (Array.isArray(node["allOf"])) {
    node["allOf"].forEach((member, i) => {
      checkRefs(member, definitions, [...path, "allOf", i], issues);
    });
  }
}

/**
 * The definitions whose references lead in a circle, without anything else on the way: those that are left if all that come to an
 * end are taken away.
 */
function endlessNames(roots: Record<string, unknown>): ReadonlySet<string> {
  const left = new Map<string, number>();
  const users = new Map<string, string[]>();
  for (const name of Object.keys(roots)) {
    const targets = targetsOf(asSchema(roots[name])).filter((target) => Object.hasOwn(roots, target));
    left.set(name, targets.length);
    for (const target of targets) {
      const known = users.get(target) ?? [];
      known.push(name);
      users.set(target, known);
    }
  }
  const ends = [...left.keys()].filter((name) => left.get(name) === 0);
  // Grows while it runs.
  for (const end of ends) {
    left.delete(end);
    for (const user of users.get(end) ?? []) {
      const count = (left.get(user) ?? 0) - 1;
      left.set(user, count);
      if (count === 0) {
        ends.push(user);
      }
    }
  }
  return new Set(left.keys());
}

/** The definitions that a value has to fit at once if it fits a schema. */
function targetsOf(node: Schema): string[] {
  const name = nameInRef(node);
  const members = node["allOf"];
  if (name !== undefined) {
    return [name];
  }
  return Array.isArray(members) ? members.flatMap((member) => targetsOf(asSchema(member))) : [];
}

/** The path of a keyword, such as `dataObject.properties.limits.minItems`. */
function schemaPath(path: readonly PropertyKey[]): string {
  return formatPath("", path);
}

function isUnique(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

function isPattern(source: string): boolean {
  return compilePattern(source) !== undefined;
}

/** A pattern as JSON Schema means it: over code points if its syntax allows that. */
export function compilePattern(source: string): RegExp | undefined {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(source, flags);
    } catch {
      // Try the older syntax.
    }
  }
  return undefined;
}
