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

/** The longest time that a timer takes, in milliseconds: one above it would fire at once. */
const MAX_MILLISECONDS = 2 ** 31 - 1;

export function wholeNumber(
  minimum: number,
  unit: string,
  maximum = Number.MAX_SAFE_INTEGER,
): z.ZodMiniType<number> {
  const isAbove = (value: unknown): boolean => typeof value === "number" && value > maximum;
  return z.custom<number>(
    (value) => Number.isSafeInteger(value) && (value as number) >= minimum && !isAbove(value),
    {
      error: ({ input }) => {
        const bound = isAbove(input) ? `at most ${maximum}` : `at least ${minimum}`;
        return mustBe(`a whole number of ${unit}, ${bound}`, input);
      },
    },
  );
}

export function milliseconds(minimum: number): z.ZodMiniType<number> {
  return wholeNumber(minimum, "milliseconds", MAX_MILLISECONDS);
}

export function choice<const Value extends string>(values: readonly Value[]): z.ZodMiniType<Value> {
  return z.enum(values, { error: (issue) => mustBe(`one of ${values.join(", ")}`, issue.input) });
}

export function anyFunction<Type>(): z.ZodMiniType<Type> {
  return z.custom<Type>((value) => typeof value === "function", {
    error: (issue) => mustBe("a function", issue.input),
  });
}

export function objectWith<Type extends object>(
  methods: readonly (keyof Type & string)[],
): z.ZodMiniType<Type> {
  return z.custom<Type>(
    (value) =>
      typeof value === "object" &&
      value !== null &&
      methods.every((method) => typeof (value as Record<string, unknown>)[method] === "function"),
    { error: (issue) => mustBe(`an object with the methods ${methods.join(", ")}`, issue.input) },
  );
}
