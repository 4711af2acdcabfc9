import { checkDataFormatJson, resolveDataFormat } from "../data-format/index.ts";
import type { DataFormatJson } from "../data-format/types.ts";
import { type MsbIssue, MsbValueError } from "../errors.ts";

const REF_PREFIX = "#/definitions/";

/** Whose data format it is: an event has one value, a function may have several named parameters. */
export type FormatOwner = "event" | "function";

/** What was found in a self-description. */
export interface Findings {
  /** For these it is refused. */
  readonly issues: MsbIssue[];
  /** These are only told. */
  readonly warnings: MsbIssue[];
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
    issues.push(...checkDataFormatJson(dataFormat).map(at));
    return;
  }
  const missing = missingDefinitions(dataFormat);
  const completed =
    missing.length === 0
      ? dataFormat
      : { ...(dataFormat as object), ...Object.fromEntries(missing.map((name) => [name, {}])) };
  issues.push(...checkDataFormatJson(completed, { roots: "any" }).map(at));
  warnings.push(
    ...missing.map((name) => at({ path: name, message: "is referred to, but there is no such definition" })),
  );
}

/** The names that references lead to, and that are not there. */
function missingDefinitions(dataFormat: unknown): string[] {
  if (typeof dataFormat !== "object" || dataFormat === null || Array.isArray(dataFormat)) {
    return [];
  }
  const names = new Set<string>();
  try {
    JSON.stringify(dataFormat, (key, value: unknown) => {
      if (key === "$ref" && typeof value === "string" && value.startsWith(REF_PREFIX)) {
        names.add(value.slice(REF_PREFIX.length));
      }
      return value;
    });
  } catch {
    // Nested too deeply; the check says so.
    return [];
  }
  return [...names].filter((name) => !Object.hasOwn(dataFormat, name));
}

/**
 * What is wrong with the value of an event, by its format of the self-description. A format that cannot be used for a check
 * (none is known that the MSB takes and we do not) lets everything pass.
 */
export function checkEventValue(value: unknown, dataFormat: unknown, subject: string): MsbIssue[] {
  return issuesOf(() =>
    resolveDataFormat(isEmpty(dataFormat) ? null : (dataFormat as DataFormatJson), { subject }).encode(
      value ?? undefined,
      { validate: true },
    ),
  );
}

/** The same for the `functionParameters` of a call. */
export function checkParameters(parameters: unknown, dataFormat: unknown, subject: string): MsbIssue[] {
  if (isEmpty(dataFormat) || Object.hasOwn(dataFormat as object, "dataObject")) {
    const value = (parameters as { readonly dataObject?: unknown }).dataObject;
    return checkEventValue(value, dataFormat, subject);
  }
  const formats = dataFormat as DataFormatJson;
  const names = parameterNames(formats);
  const definitions = Object.entries(formats).filter(([name]) => !names.includes(name));
  const given = parameters as Readonly<Record<string, unknown>>;
  return names.flatMap((name) =>
    checkEventValue(
      Object.hasOwn(given, name) ? given[name] : undefined,
      Object.fromEntries([...definitions, ["dataObject", formats[name]]]),
      subject,
    ).map(({ path, message }) => ({ path: path.replace(/^dataObject/, () => name), message })),
  );
}

/** The roots that no other one refers to: the others are definitions. */
function parameterNames(formats: DataFormatJson): string[] {
  const text = JSON.stringify(formats);
  return Object.keys(formats).filter((name) => !text.includes(JSON.stringify(`#/definitions/${name}`)));
}

function isEmpty(dataFormat: unknown): boolean {
  return (
    dataFormat === undefined ||
    dataFormat === null ||
    (typeof dataFormat === "object" && !Array.isArray(dataFormat) && Object.keys(dataFormat).length === 0)
  );
}

function issuesOf(check: () => unknown): MsbIssue[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof MsbValueError) {
      return [...error.issues];
    }
    return [];
  }
}
