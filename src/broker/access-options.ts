import type { MsbIssue } from "../support/errors.ts";

const HOST = /^[^\s/:]+$/;
const ORIGIN = /^(\*|null|[a-z][a-z0-9+.-]*:\/\/[^\s/]*)$/;

/** In lower case. */
export function resolveHosts(value: readonly string[] | undefined, issues: MsbIssue[]): string[] {
  return resolveNames("allowHosts", value, HOST, "a name such as broker.example", issues);
}

/** In lower case. */
export function resolveOrigins(value: readonly string[] | undefined, issues: MsbIssue[]): string[] {
  const what = "an origin such as https://app.example:8443, without a path, or *";
  return resolveNames("allowOrigins", value, ORIGIN, what, issues).map(asBrowsersWriteIt);
}

/** Without the port that is its scheme's own, and in ASCII; `*`, `null` and schemes of programs as they are. */
function asBrowsersWriteIt(origin: string): string {
  const written = URL.canParse(origin) ? new URL(origin).origin : "null";
  return written === "null" ? origin : written;
}

function resolveNames(
  path: string,
  value: readonly string[] | undefined,
  pattern: RegExp,
  what: string,
  issues: MsbIssue[],
): string[] {
  if (value !== undefined && !Array.isArray(value)) {
    issues.push({ path, message: `must be a list` });
    return [];
  }
  return (value ?? []).flatMap((each: unknown, index) => {
    // A browser names a page without the slash.
    const name = String(each).toLowerCase().replace(/\/$/, "");
    if (typeof each !== "string" || !pattern.test(name)) {
      issues.push({
        path: `${path}[${index}]`,
        message: `must be ${what}, not ${JSON.stringify(each)}`,
      });
      return [];
    }
    return [name];
  });
}
