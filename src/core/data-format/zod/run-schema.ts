import { type $ZodIssue, type $ZodType, safeParse } from "zod/v4/core";
import { describeError, type MsbIssue } from "../../../support/errors.ts";
import { describeIssue } from "../../validation/describe-issue.ts";
import { formatPath } from "../../validation/path.ts";
import { TOO_DEEP } from "../json-value.ts";

export type Direction = "forward" | "backward";

/**
 * Runs a zod schema: `forward` from the wire to the program, `backward` from the program to the wire.
 * Whatever does not fit is added to `issues`, with paths below `root`.
 */
export function runSchema(
  schema: $ZodType,
  value: unknown,
  direction: Direction,
  root: string,
  issues: MsbIssue[],
): unknown {
  try {
    const result = safeParse(inDirection(schema, direction), value, { error: describeIssue });
    for (const issue of result.error?.issues ?? []) {
      for (const { path, message } of flattenIssue(issue)) {
        issues.push({ path: formatPath(root, path), message });
      }
    }
    return result.data;
  } catch (error) {
    issues.push({ path: root, message: explainThrown(error) });
    return undefined;
  }
}

/** What `safeParse()` runs instead of the schema: in a direction (no version of zod before 4.1 has one), and without waiting. */
function inDirection(schema: $ZodType, direction: Direction): $ZodType {
  const run: $ZodType["_zod"]["run"] = (payload, context) => {
    const result = schema._zod.run(payload, { ...context, async: false, direction });
    if (result instanceof Promise) {
      // Its failure is of no interest, and must not become an unhandled rejection.
      result.catch(() => {});
      throw new Error("Encountered Promise");
    }
    return result;
  };
  return { _zod: { run } } as $ZodType;
}

/** An issue as one or several with whole paths. Of a union only the alternative of the right type counts: its issues say more. */
export function flattenIssue(issue: $ZodIssue, prefix: readonly PropertyKey[] = []): $ZodIssue[] {
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
