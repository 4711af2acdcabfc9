import type * as z from "zod/v4/mini";
import { formatPath } from "../../core/validation/path.ts";
import { clip } from "../../support/clip.ts";
import type { MsbIssue } from "../../support/errors.ts";
import { MAX_ISSUE_LENGTH, MAX_ISSUES } from "./limits.ts";

/** What zod found, with paths as `events[1].eventId`, below `prefix`. */
export function toIssues(error: z.core.$ZodError, prefix = ""): MsbIssue[] {
  return boundIssues(error.issues, ({ path, message }) => ({ path: formatPath(prefix, path), message }));
}

/** The first issues, and how many more there are: who sends a million mistakes must not get a million sentences. */
export function boundIssues<T = MsbIssue>(
  issues: readonly T[],
  describe: (issue: T) => MsbIssue = (issue) => issue as MsbIssue,
): MsbIssue[] {
  // With the sentence about the others no more than that, so that they can be bounded again.
  const told = issues.length <= MAX_ISSUES ? issues : issues.slice(0, MAX_ISSUES - 1);
  const first = told.map((issue) => {
    const { path, message } = describe(issue);
    return { path: clip(path, MAX_ISSUE_LENGTH), message: clip(message, MAX_ISSUE_LENGTH) };
  });
  const more = issues.length - first.length;
  return more === 0 ? first : [...first, { path: "", message: `and ${more} more` }];
}
