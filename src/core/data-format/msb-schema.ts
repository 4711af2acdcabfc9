import * as z from "zod/v4/mini";
import type { MsbIssue } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import { describeIssue } from "../validation/describe-issue.ts";
import { formatPath } from "../validation/path.ts";
import { asSchema, canonical } from "./json.ts";
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
  /** It came out of `JSON.parse`, so that JSON can carry it. @default false */
  readonly isParsed?: boolean;
}

/** Everything that is wrong with a data format as it stands in a self-description; an empty array if the MSB takes it. */
export function checkDataFormatJson(value: unknown, options: CheckOptions = {}): MsbIssue[] {
  const issues: MsbIssue[] = [];
  if (!isRecord(value)) {
    const error = describeIssue({ code: "invalid_type", expected: "object", input: value });
    return [{ path: "", message: error ?? "" }];
  }
  if (options.isParsed !== true) {
    checkJsonValue(value, "", issues);
  }
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

/** Finds names that zod passes over, and references that lead nowhere. `path` is the same array all the way, for there can be many. */
function checkRefs(node: unknown, definitions: Definitions, path: PropertyKey[], issues: MsbIssue[]): void {
  if (!isRecord(node)) {
    return;
  }
  const check = (part: unknown, ...steps: PropertyKey[]): void => {
    path.push(...steps);
    checkRefs(part, definitions, path, issues);
    path.length -= steps.length;
  };
  const isRoot = path.length === 0;
  const names = isRoot ? node : node["properties"];
  if (isRecord(names)) {
    const above = isRoot ? [] : ["properties"];
    for (const key of Object.keys(names)) {
      if (key === "__proto__") {
        const message = 'the name "__proto__" cannot be used';
        issues.push({ path: schemaPath([...path, ...above, key]), message });
      } else {
        check(names[key], ...above, key);
      }
    }
  }
  if (isRoot) {
    return;
  }
  if (typeof node["$ref"] === "string") {
    const message = findRefProblem(node["$ref"], definitions);
    if (message !== undefined) {
      issues.push({ path: schemaPath([...path, "$ref"]), message });
    }
  }
  check(node["items"], "items");
  check(node["additionalProperties"], "additionalProperties");
  if (Array.isArray(node["allOf"])) {
    node["allOf"].forEach((member, i) => {
      check(member, "allOf", i);
    });
  }
}

function findRefProblem(ref: string, { roots, endless }: Definitions): string | undefined {
  const name = nameInRef({ $ref: ref });
  if (name === undefined) {
    return `must be "${REF_PREFIX}NAME", not "${ref}"`;
  }
  if (!Object.hasOwn(roots, name)) {
    return `there is no definition called "${name}" beside the root`;
  }
  return endless.has(name) ? `the definition "${name}" refers only to itself` : undefined;
}

/** The definitions whose references lead in a circle, without anything else on the way; each definition is followed once. */
function endlessNames(roots: Record<string, unknown>): ReadonlySet<string> {
  const endless = new Set<string>();
  const done = new Set<string>();
  for (const start of Object.keys(roots)) {
    // Not by recursion: a chain may have thousands of definitions.
    const way = done.has(start) ? [] : [start];
    const onWay = new Set(way);
    const next = way.map((name) => targetsOf(roots[name]));
    for (let name = way.at(-1); name !== undefined; name = way.at(-1)) {
      const target = next.at(-1)?.pop();
      if (target === undefined) {
        way.pop();
        next.pop();
        onWay.delete(name);
        done.add(name);
        const user = way.at(-1);
        if (user !== undefined && endless.has(name)) {
          endless.add(user);
        }
      } else if (onWay.has(target) || endless.has(target)) {
        endless.add(name);
      } else if (!done.has(target) && Object.hasOwn(roots, target)) {
        way.push(target);
        onWay.add(target);
        next.push(targetsOf(roots[target]));
      }
    }
  }
  return endless;
}

/** The names of the definitions that a value has to fit at once if it fits a schema. */
function targetsOf(schema: unknown): string[] {
  const node = asSchema(schema);
  const name = nameInRef(node);
  if (name !== undefined) {
    return [name];
  }
  const members = node["allOf"];
  return Array.isArray(members) ? members.flatMap(targetsOf) : [];
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
