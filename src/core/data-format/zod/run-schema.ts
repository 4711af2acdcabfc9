import { type $ZodIssue, type $ZodType, type ParsePayload, safeParse } from "zod/v4/core";
import { describeError, type MsbIssue } from "../../../support/errors.ts";
import { describeIssue } from "../../validation/describe-issue.ts";
import { formatPath } from "../../validation/path.ts";
import { TOO_DEEP } from "../json-value.ts";

export type Direction = "forward" | "backward";

/** Checks and converts a value. Whatever does not fit is added to `issues`. */
export type SchemaRunner = (value: unknown, issues: MsbIssue[]) => unknown;

/**
 * Makes what runs a zod schema: `forward` from the wire to the program, `backward` from the program to the wire.
 * @param root the name of the value, with which the paths of issues begin
 */
export function schemaRunner(schema: $ZodType, direction: Direction, root: string): SchemaRunner {
  // No version of zod before 4.1 has a direction.
  const context = { async: false, direction, error: describeIssue };
  return (value, issues) => {
    try {
      const result = schema._zod.run({ value, issues: [] }, context);
      if (result instanceof Promise) {
        // Its failure is of no interest, and must not become an unhandled rejection.
        result.catch(() => {});
        throw new Error("Encountered Promise");
      }
      if (result.issues.length === 0) {
        return result.value;
      }
      for (const issue of inWords(result)) {
        for (const { path, message } of flattenIssue(issue)) {
          issues.push({ path: formatPath(root, path), message });
        }
      }
    } catch (error) {
      issues.push({ path: root, message: explainThrown(error) });
    }
    return undefined;
  };
}

/** The issues of a result with their messages: zod makes these only in its `parse` functions. */
function inWords(result: ParsePayload): readonly $ZodIssue[] {
  const found = { _zod: { run: () => result } } as unknown as $ZodType;
  return safeParse(found, result.value, { error: describeIssue }).error?.issues ?? [];
}

/** An issue as one or several with whole paths. Of a union only the alternative of the right type counts: its issues say more. */
function flattenIssue(issue: $ZodIssue, prefix: readonly PropertyKey[] = []): $ZodIssue[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === "invalid_union") {
    const close = issue.errors.filter((errors) => !errors.some(isTypeMismatch));
    if (close.length === 1 && close[0] !== undefined) {
      return close[0].flatMap((inner) => flattenIssue(inner, path));
    }
  }
  return [{ ...issue, path }];
}

function isTypeMismatch({ code, path }: $ZodIssue): boolean {
  return path.length === 0 && (code === "invalid_type" || code === "invalid_value");
}

function explainThrown(error: unknown): string {
  const message = describeError(error);
  if (error instanceof RangeError && /stack/i.test(message)) {
    return TOO_DEEP;
  }
  if (message.startsWith("Encountered Promise")) {
    return "the zod schema has an asynchronous check or conversion, which cannot be waited for here; use a synchronous one";
  }
  if (message.startsWith("Encountered unidirectional transform")) {
    return "the zod schema has a one-way transform, which cannot be turned back into what goes on the wire; use z.codec()";
  }
  return `the zod schema failed: ${message}`;
}
