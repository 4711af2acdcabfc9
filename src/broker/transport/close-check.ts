import { MsbDefinitionError, type MsbIssue } from "../../support/errors.ts";

/** What a close frame has room for, in bytes. */
const MAX_REASON = 123;

/** Whether a connection can be closed with these. @throws {MsbDefinitionError} */
export function checkClose(code: number, reason: string): void {
  const issues: MsbIssue[] = [];
  if (code !== 1000 && !(Number.isInteger(code) && code >= 3000 && code <= 4999)) {
    issues.push({ path: "code", message: "must be 1000, or from 3000 to 4999" });
  }
  if (Buffer.byteLength(reason) > MAX_REASON) {
    issues.push({ path: "reason", message: `must be ${MAX_REASON} bytes or less` });
  }
  if (issues.length > 0) {
    throw new MsbDefinitionError("disconnect", issues);
  }
}
