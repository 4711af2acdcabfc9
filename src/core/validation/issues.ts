import { MsbDefinitionError, type MsbIssue } from "../../support/errors.ts";

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
