import type * as z from "zod/v4/mini";
import { formatPath } from "../../core/validation/path.ts";
import { clip } from "../../support/clip.ts";
import type { MsbIssue } from "../../support/errors.ts";
import { MAX_ISSUE_LENGTH, MAX_ISSUES } from "./limits.ts";

/** What zod found, with paths as `events[1].eventId`, below `prefix`; bounded. */
export function toIssues(error: z.core.$ZodError, prefix = ""): MsbIssue[] {
  return bound(error.issues, ({ path, message }) => ({ path: formatPath(prefix, path), message }));
}

/** The first issues, and how many more there are: who sends a million mistakes must not get a million sentences. */
export function boundIssues(issues: readonly MsbIssue[]): MsbIssue[] {
  return bound(issues, (issue) => issue);
}

/** Describes only the first ones, because there can be a million. */
function bound<T>(issues: readonly T[], describe: (issue: T) => MsbIssue): MsbIssue[] {
  // With the sentence about the others no more than that, so that they can be bounded again.
  const named = issues.length <= MAX_ISSUES ? issues : issues.slice(0, MAX_ISSUES - 1);
  const bounded = named.map((issue) => {
    const { path, message } = describe(issue);
    return { path: clip(path, MAX_ISSUE_LENGTH), message: clip(message, MAX_ISSUE_LENGTH) };
  });
  const more = issues.length - named.length;
  if (more > 0) {
    bounded.push({ path: "", message: `and ${more} more` });
  }
  return bounded;
}
