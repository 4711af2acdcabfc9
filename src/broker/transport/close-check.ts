import { mustBe } from "../../core/validation/describe-value.ts";
import { MsbDefinitionError, type MsbIssue } from "../../support/errors.ts";

/** What a close frame has room for, in bytes. */
const MAX_REASON = 123;

/** Whether a connection can be closed with these. @throws {MsbDefinitionError} */
export function checkClose(code: number, reason: string): void {
  const issues: MsbIssue[] = [];
  if (code !== 1000 && !(Number.isInteger(code) && code >= 3000 && code <= 4999)) {
    issues.push({ path: "code", message: mustBe("1000, or from 3000 to 4999", code) });
  }
  const bytes = Buffer.byteLength(reason);
  if (bytes > MAX_REASON) {
    issues.push({ path: "reason", message: `must have at most ${MAX_REASON} bytes, not ${bytes}` });
  }
  if (issues.length > 0) {
    throw new MsbDefinitionError("disconnect", issues);
  }
}
