import type { MsbIssue } from "../../support/errors.ts";
import { mustBe } from "../validation/describe-value.ts";
import { formatPath } from "../validation/path.ts";

/** For a value that no check gets to the end of. */
export const TOO_DEEP = "the value is nested too deeply, or contains itself";

/**
 * Adds an issue for each part of a value that JSON cannot carry, or would change silently. Properties that are `undefined` are
 * fine: JSON leaves them out.
 */
export function checkJsonValue(value: unknown, root: string, issues: MsbIssue[]): void {
  try {
    visit(value, [], []);
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error;
    }
    issues.push({ path: root, message: TOO_DEEP });
  }

  function visit(part: unknown, path: PropertyKey[], ancestors: object[]): void {
    const fail = (message: string) => issues.push({ path: formatPath(root, path), message });
    switch (typeof part) {
      case "string":
      case "boolean":
        return;
      case "number":
        if (!Number.isFinite(part)) {
          fail(mustBe("a number that JSON can carry", part));
        }
        return;
      case "object":
        break;
      default:
        fail(mustBe("a value that JSON can carry", part));
        return;
    }
    if (part === null) {
      return;
    }
    if (ancestors.includes(part)) {
      fail("the value contains itself, which JSON cannot carry");
      return;
    }
    if (!isPlain(part)) {
      fail(mustBe("a plain object or array", part));
      return;
    }
    ancestors.push(part);
    if (Array.isArray(part)) {
      for (let i = 0; i < part.length; i++) {
        path.push(i);
        visit(part[i], path, ancestors);
        path.pop();
      }
    } else {
      for (const key of Object.keys(part)) {
        const member: unknown = (part as Record<string, unknown>)[key];
        if (member === undefined) {
          continue;
        }
        path.push(key);
        visit(member, path, ancestors);
        path.pop();
      }
    }
    ancestors.pop();
  }
}

/** No Date, Map, Set, typed array …, and nothing that `JSON.stringify` would turn into something else. */
function isPlain(value: object): boolean {
  if ("toJSON" in value && typeof value.toJSON === "function") {
    return false;
  }
  if (Array.isArray(value)) {
    return true;
  }
  return Object.prototype.toString.call(value) === "[object Object]";
}
