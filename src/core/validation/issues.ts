import * as z from "zod/v4/mini";
import { MsbDefinitionError, type MsbIssue } from "../../support/errors.ts";
import { formatPath } from "./path.ts";

/** The issues of a definition against its schema; none if it fits. */
export function findIssues(schema: z.ZodMiniType, definition: unknown): MsbIssue[] {
  const result = z.safeParse(schema, definition);
  if (result.success) {
    return [];
  }
  return result.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          path: formatPath("", [...issue.path, key]),
          message: "is not known here",
        }))
      : [{ path: formatPath("", issue.path), message: issue.message }],
  );
}

/** @throws {MsbDefinitionError} with all the issues, if there are any. */
export function throwIssues(subject: string, issues: readonly MsbIssue[]): void {
  if (issues.length > 0) {
    throw new MsbDefinitionError(subject, issues);
  }
}

/** Takes the issues of a definition error thrown by `make`, so that they can be reported together with others. */
export function collectIssues<T>(issues: MsbIssue[], make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof MsbDefinitionError)) {
      throw error;
    }
    issues.push(...error.issues);
    return undefined;
  }
}
