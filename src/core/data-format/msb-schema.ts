import type { MsbIssue } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import {
  anyObject,
  anyString,
  arrayOf,
  type Check,
  check,
  findIssues,
  narrow,
} from "../validation/checks.ts";
import { memberOf } from "../validation/path.ts";
import { endlessNames } from "./endless.ts";
import { asSchema } from "./json.ts";
import { checkJsonValue } from "./json-value.ts";
import { explainUnknown, KEYWORDS, NO_ITEM } from "./keywords.ts";
import { checkKey, nameInRef, REF_PREFIX, ROOT } from "./names.ts";

export interface CheckOptions {
  /** What stands at the root: `dataObject` (the default), or, for functions with named parameters, any names. */
  readonly roots?: "dataObject" | "any";
  /** It came out of `JSON.parse`, so that JSON can carry it. @default false */
  readonly isParsed?: boolean;
  /** All properties have names that a JavaScript program can use. @default false */
  readonly areNamesUsable?: boolean;
}

/** Everything that is wrong with a data format as it stands in a self-description; an empty array if the MSB takes it. */
export function checkDataFormatJson(
  value: unknown,
  { roots, isParsed, areNamesUsable = false }: CheckOptions = {},
): MsbIssue[] {
  if (!isRecord(value)) {
    return findIssues(anyObject, value);
  }
  const issues: MsbIssue[] = [];
  if (isParsed !== true) {
    checkJsonValue(value, "", issues);
  }
  if (issues.length > 0) {
    return issues;
  }
  namedSchemas(schemaOf(value, areNamesUsable), false)(value, "", issues);
  if (roots !== "any" && value[ROOT] === undefined) {
    issues.push({ path: ROOT, message: `missing: the root of a data format is called "${ROOT}"` });
  }
  return issues;
}

/** The check of one schema of a data format. */
function schemaOf(format: Readonly<Record<string, unknown>>, areNamesUsable: boolean): Check {
  const keywords: Readonly<Record<string, Check>> = {
    ...KEYWORDS,
    $ref: refCheck(format),
    items: schema,
    additionalProperties: (value, path, issues) =>
      (isRecord(value) ? schema : booleanOrObject)(value, path, issues),
    allOf: narrow(arrayOf(schema), (members) => members.length > 0, NO_ITEM),
    properties: namedSchemas(schema, areNamesUsable),
  };
  return schema;

  function schema(node: unknown, path: string, issues: MsbIssue[]): void {
    anyObject(node, path, issues);
    // What is undefined is not there for JSON.
    const entries = Object.entries(isRecord(node) ? node : {}).filter(([, value]) => value !== undefined);
    for (const [keyword, value] of entries) {
      if (Object.hasOwn(keywords, keyword)) {
        keywords[keyword]?.(value, memberOf(path, keyword), issues);
      }
    }
    for (const [keyword] of entries) {
      if (!Object.hasOwn(keywords, keyword)) {
        issues.push({ path: memberOf(path, keyword), message: explainUnknown(keyword) });
      }
    }
  }
}

const booleanOrObject = check((value) => typeof value === "boolean", "true or false or an object");

/** Schemas by their names: definitions, or the properties of an object. */
function namedSchemas(schema: Check, areUsable: boolean): Check {
  return (schemas, path, issues) => {
    anyObject(schemas, path, issues);
    for (const [name, each] of Object.entries(isRecord(schemas) ? schemas : {})) {
      const inside = memberOf(path, name);
      const problem = areUsable ? checkKey(name) : undefined;
      if (name === "__proto__") {
        issues.push({ path: inside, message: 'the name "__proto__" cannot be used' });
      } else if (problem !== undefined) {
        issues.push({ path: inside, message: problem });
      } else if (each !== undefined) {
        schema(each, inside, issues);
      }
    }
  };
}

/** Finds references that lead nowhere. */
function refCheck(format: Readonly<Record<string, unknown>>): Check {
  const endless = endlessNames(format);
  return (ref, path, issues) => {
    const before = issues.length;
    anyString(ref, path, issues);
    const name = nameInRef(asSchema({ $ref: ref }));
    if (issues.length > before) {
      return;
    }
    if (name === undefined) {
      issues.push({ path, message: `must be "${REF_PREFIX}NAME", not "${ref}"` });
    } else if (!Object.hasOwn(format, name)) {
      issues.push({ path, message: `there is no definition called "${name}" beside the root` });
    } else if (endless.has(name)) {
      issues.push({ path, message: `the definition "${name}" refers only to itself` });
    }
  };
}
