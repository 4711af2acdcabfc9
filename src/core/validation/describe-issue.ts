import type { $ZodIssue, $ZodRawIssue } from "zod/v4/core";
import { describeValue, mustBe, oneOf } from "./describe-value.ts";

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "an array",
  null: "null",
  date: "a Date object",
  never: "nothing",
  nonoptional: "a value",
  map: "a Map",
  set: "a Set",
  bigint: "a bigint",
  undefined: "nothing",
};

const FORMAT_NAMES: Readonly<Record<string, string>> = {
  datetime: 'a date and time such as "2017-07-14T02:40:00.123Z"',
  base64: 'a base64 string such as "SGVsbG8="',
  date: 'a date such as "2017-07-14"',
  email: "an e-mail address",
  url: "a URL",
};

const SAFE_INTEGER = "a whole number between -(2^53 - 1) and 2^53 - 1 (a larger one would lose digits)";

/** One issue of zod in English: what must be there, and what is. The messages a schema brings along win over these. */
export function describeIssue(issue: $ZodRawIssue): string | undefined {
  const { input } = issue;
  switch (issue.code) {
    case "invalid_type":
      return mustBe(TYPE_NAMES[issue.expected] ?? issue.expected, input);
    case "invalid_value":
      return mustBe(oneOf(issue.values.map(describeValue)), input);
    case "too_big":
      if (issue.maximum === Number.MAX_SAFE_INTEGER) {
        return mustBe(SAFE_INTEGER, input);
      }
      return describeBound("at most", "less than", issue.maximum, issue);
    case "too_small":
      if (issue.minimum === Number.MIN_SAFE_INTEGER) {
        return mustBe(SAFE_INTEGER, input);
      }
      return describeBound("at least", "more than", issue.minimum, issue);
    case "not_multiple_of":
      return mustBe(`a multiple of ${issue.divisor}`, input);
    case "invalid_format":
      if (issue["pattern"] !== undefined && issue.format === "regex") {
        return mustBe(`a string that matches ${issue["pattern"]}`, input);
      }
      return mustBe(FORMAT_NAMES[issue.format] ?? `a string in the format ${issue.format}`, input);
    case "unrecognized_keys":
      return `has the unknown ${issue.keys.length === 1 ? "property" : "properties"} ${issue.keys.map((key) => `"${key}"`).join(", ")}`;
    case "invalid_key":
      return `has the property name ${describeValue(input)}, which is not allowed`;
    case "invalid_union":
      return describeUnion(issue.errors, input);
    case "custom":
      return `must pass the check that the schema makes, which ${describeValue(input)} does not`;
    default:
      return undefined;
  }
}

function describeBound(
  inclusive: string,
  exclusive: string,
  bound: number | bigint,
  { input, origin, ...issue }: { inclusive?: boolean; exact?: boolean; origin?: string; input?: unknown },
): string {
  const amount = `${issue.exact ? "exactly" : issue.inclusive === false ? exclusive : inclusive} ${bound}`;
  const mustHave = (unit: string, units: string, size: number): string =>
    `must have ${amount} ${bound === 1 ? unit : units}, not ${size}`;
  if (typeof input === "string") {
    return mustHave("character", "characters", [...input].length);
  }
  if (Array.isArray(input)) {
    return mustHave("item", "items", input.length);
  }
  if (origin === "object") {
    return mustHave(
      "property",
      "properties",
      Object.values(Object(input)).filter((member) => member !== undefined).length,
    );
  }
  return mustBe(amount, input);
}

function describeUnion(errors: readonly (readonly $ZodIssue[])[], input: unknown): string {
  const kinds = new Set<string>();
  for (const issue of errors.flat()) {
    if (issue.path.length > 0) {
      continue;
    }
    if (issue.code === "invalid_type") {
      kinds.add(TYPE_NAMES[issue.expected] ?? issue.expected);
    }
    if (issue.code === "invalid_value") {
      for (const value of issue.values) {
        kinds.add(describeValue(value));
      }
    }
  }
  return mustBe(kinds.size === 0 ? "another value" : oneOf([...kinds]), input);
}
