import * as z from "zod/v4/mini";
import { mustBe } from "../../core/validation/describe-value.ts";

/** The error of a schema: what the value must be, and what it is. */
export function expected(what: string): { readonly error: (issue: z.core.$ZodRawIssue) => string } {
  return { error: ({ input }) => mustBe(what, input) };
}

export const anyString = z.string(expected("a string"));

export const anyBoolean = z.boolean(expected("true or false"));

export const anyObject = z.record(z.string(), z.unknown(), expected("an object"));

/** A check of a string. */
export const notEmpty = z.minLength(1, "must not be empty");

/** A check of a string. */
export function atMostCharacters(max: number) {
  return z.maxLength(max, {
    error: ({ input }) => `must have at most ${max} characters, not ${String(input).length}`,
  });
}

/** A whole number. */
export function wholeNumberFrom(min: number, max: number) {
  const error = expected(`a whole number from ${min} to ${max}`);
  return z.int(error).check(z.gte(min, error), z.lte(max, error));
}
