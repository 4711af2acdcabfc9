import * as z from "zod/mini";
import { MsbDefinitionError, type MsbIssue } from "../../support/errors.ts";
import { formatPath } from "./path.ts";

/** A text that is there and says something. */
export const nonEmptyText = z
  .string({ error: required })
  .check(z.refine((text) => text.trim() !== "", { error: "must not be empty" }));

/** A text that may be empty. */
export const anyText = z.string({ error: (issue) => `must be a text, not ${nameOf(issue.input)}` });

export const anyBoolean = z.boolean({
  error: (issue) => `must be true or false, not ${nameOf(issue.input)}`,
});

/** An object with these keys and no others. */
export function strictObject<Shape extends z.core.$ZodShape>(
  shape: Shape,
): z.ZodMiniObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "invalid_type" ? `must be an object, not ${nameOf(issue.input)}` : undefined,
  });
}

function required(issue: { readonly input?: unknown }): string {
  return issue.input === undefined ? "is missing" : `must be a text, not ${nameOf(issue.input)}`;
}

/** How a wrong value is called in a message: what it is, not all that it holds. */
export function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "object") return "an object";
  if (typeof value === "function") return "a function";
  return String(value);
}

/** The issues of a definition against its schema; none where it fits. */
export function findIssues(schema: z.ZodMiniType, definition: unknown): MsbIssue[] {
  const result = z.safeParse(schema, definition);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          path: formatPath("", [...issue.path, key]),
          message: "is not known here",
        }))
      : [{ path: formatPath("", issue.path), message: issue.message }],
  );
}

/** @throws {MsbDefinitionError} with all the issues, where there are any. */
export function throwIssues(subject: string, issues: readonly MsbIssue[]): void {
  if (issues.length > 0) throw new MsbDefinitionError(subject, issues);
}

/** Takes the issues of a definition error thrown by `make`, so that they can be reported together with others. */
export function collectIssues<T>(issues: MsbIssue[], make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof MsbDefinitionError)) throw error;
    issues.push(...error.issues);
    return undefined;
  }
}
