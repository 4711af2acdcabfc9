import { checkDataFormatJson, compileDataFormat } from "../../core/data-format/index.ts";
import { REF_PREFIX, ROOT } from "../../core/data-format/names.ts";
import type { DataFormatJson } from "../../core/data-format/types.ts";
import { type MsbIssue, MsbValueError } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import { boundIssues } from "../support/issues.ts";
import { MAX_CHECK_TIME, MAX_ISSUES } from "../support/limits.ts";
import { compileLinearPattern } from "./linear-pattern.ts";
import { OutOfTime, withinTime } from "./within-time.ts";

/** Whose data format it is: an event has one value, a function may have several named parameters. */
export type FormatOwner = "event" | "function";

/** What was found in a self-description. */
export interface Findings {
  /** For these it is refused. */
  readonly issues: MsbIssue[];
  /** These are only told. */
  readonly warnings: MsbIssue[];
}

/** Adds to what is found; what nobody will read is not collected, because there can be a million of it. */
export function addIssue(found: MsbIssue[], issue: MsbIssue): void {
  if (found.length <= MAX_ISSUES) {
    found.push(issue);
  }
}

/**
 * Checks a data format of a self-description. None, and an empty one, mean no payload.
 *
 * A reference of a function's format that leads nowhere is only a warning: the official Python client leaves out the
 * definitions from the third level on, and works with the MSB.
 */
export function checkDataFormat(
  dataFormat: unknown,
  owner: FormatOwner,
  path: string,
  { issues, warnings }: Findings,
): void {
  if (isEmpty(dataFormat)) {
    return;
  }
  const at = (issue: MsbIssue): MsbIssue => ({
    path: issue.path === "" || issue.path.startsWith("[") ? `${path}${issue.path}` : `${path}.${issue.path}`,
    message: issue.message,
  });
  if (owner === "event") {
    for (const issue of checkDataFormatJson(dataFormat, { isParsed: true })) {
      addIssue(issues, at(issue));
    }
    return;
  }
  const missing = missingDefinitions(dataFormat);
  const completed =
    missing.length === 0
      ? dataFormat
      : { ...(dataFormat as object), ...Object.fromEntries(missing.map((name) => [name, {}])) };
  for (const issue of checkDataFormatJson(completed, { roots: "any", isParsed: true })) {
    addIssue(issues, at(issue));
  }
  for (const name of missing) {
    addIssue(warnings, at({ path: name, message: "is referred to, but not defined" }));
  }
}

/** The names that references lead to, and that are not there. */
function missingDefinitions(dataFormat: unknown): string[] {
  return isRecord(dataFormat)
    ? [...referredNames(dataFormat)].filter((name) => !Object.hasOwn(dataFormat, name))
    : [];
}

/** The names that references lead to. */
function referredNames(dataFormat: object): Set<string> {
  const names = new Set<string>();
  JSON.stringify(dataFormat, (key, value: unknown) => {
    if (key === "$ref" && typeof value === "string" && value.startsWith(REF_PREFIX)) {
      names.add(value.slice(REF_PREFIX.length));
    }
    return value;
  });
  return names;
}

/**
 * What is wrong with the value of an event, by its format of the self-description. A format that cannot be used for a check
 * (none is known that the MSB takes and we do not) lets everything pass. Both come from outside: the check has its time, and a
 * pattern that cannot be run in linear time is not run, which is a warning.
 */
export function checkEventValue(value: unknown, dataFormat: unknown, subject: string): Findings {
  const issues: MsbIssue[] = [];
  const warnings: MsbIssue[] = [];
  const warn = (message: string) => addIssue(warnings, { path: "", message });
  try {
    withinTime(MAX_CHECK_TIME, () =>
      compileDataFormat(isEmpty(dataFormat) ? null : (dataFormat as DataFormatJson), {
        subject,
        compilePattern: (pattern) => compileLinearPattern(pattern, warn),
      }).encode(value ?? undefined, { validate: true }),
    );
  } catch (error) {
    if (error instanceof OutOfTime) {
      issues.push({
        path: "",
        message: `cannot be checked in ${MAX_CHECK_TIME} ms: the format is too complex`,
      });
    } else if (error instanceof MsbValueError) {
      issues.push(...boundIssues(error.issues));
    }
  }
  return { issues, warnings };
}

/** The same for the `functionParameters` of a call. */
export function checkParameters(parameters: unknown, dataFormat: unknown, subject: string): Findings {
  if (!isRecord(dataFormat) || isEmpty(dataFormat) || Object.hasOwn(dataFormat, ROOT)) {
    const value = (parameters as { readonly dataObject?: unknown }).dataObject;
    return checkEventValue(value, dataFormat, subject);
  }
  // The roots that no other one refers to; the others are definitions.
  const referred = referredNames(dataFormat);
  const [definitions, named] = partition(Object.entries(dataFormat), ([name]) => referred.has(name));
  const root = {
    type: "object",
    properties: Object.fromEntries(named),
    required: named.map(([name]) => name),
  };
  const format = { ...Object.fromEntries(definitions), [ROOT]: root };
  const { issues, warnings } = checkEventValue(parameters, format, subject);
  return {
    issues: issues.map(({ path, message }) => ({ path: path.replace(/^dataObject\.?/, ""), message })),
    warnings,
  };
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

function isEmpty(dataFormat: unknown): boolean {
  return (
    dataFormat === undefined ||
    dataFormat === null ||
    (isRecord(dataFormat) && Object.keys(dataFormat).length === 0)
  );
}
