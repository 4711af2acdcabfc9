import * as z from "zod/v4/mini";
import { mustBe } from "./describe-value.ts";

/** A string that is there and says something. */
export const nonEmptyString = z
  .string({ error: (issue) => mustBe("a string", issue.input) })
  .check(z.refine((text) => text.trim() !== "", { error: "must not be empty" }));

/** A string that may be empty. */
export const anyString = z.string({ error: (issue) => mustBe("a string", issue.input) });

export const anyBoolean = z.boolean({ error: (issue) => mustBe("true or false", issue.input) });

/** An object with these keys and no others. */
export function strictObject<Shape extends z.core.$ZodShape>(
  shape: Shape,
): z.ZodMiniObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "invalid_type" ? mustBe("an object", issue.input) : undefined),
  });
}
