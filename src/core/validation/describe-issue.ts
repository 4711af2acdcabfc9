import type { $ZodIssue, $ZodRawIssue } from "zod/v4/core";

/** The value of an error message: short, and never a wall of text. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.length > 60 ? `${JSON.stringify(value.slice(0, 57))}…` : JSON.stringify(value);
    case "undefined":
      return "nothing";
    case "bigint":
      return `the bigint ${value}n`;
    case "function":
    case "symbol":
      return `a ${typeof value}`;
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return "an array";
      return describeObject(value);
    default:
      return String(value);
  }
}

function describeObject(value: object): string {
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  if (typeof name !== "string" || name === "Object" || name === "") return "an object";
  return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name} object`;
}

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
  base64: 'base64 text such as "SGVsbG8="',
  date: 'a date such as "2017-07-14"',
  email: "an e-mail address",
  url: "a URL",
};

/** One issue of zod in English: what is expected, and what was received. The messages a schema brings along win over these. */
export function describeIssue(issue: $ZodRawIssue): string | undefined {
  const received = () => `received ${describeValue(issue.input)}`;
  switch (issue.code) {
    case "invalid_type":
      return `expected ${TYPE_NAMES[issue.expected] ?? issue.expected}, ${received()}`;
    case "invalid_value":
      return `expected ${oneOf(issue.values.map(describeValue))}, ${received()}`;
    case "too_big":
      if (issue.maximum === Number.MAX_SAFE_INTEGER) return unsafeInteger(received());
      return `expected ${limit("at most", "less than", issue.maximum, issue)}`;
    case "too_small":
      if (issue.minimum === Number.MIN_SAFE_INTEGER) return unsafeInteger(received());
      return `expected ${limit("at least", "more than", issue.minimum, issue)}`;
    case "not_multiple_of":
      return `expected a multiple of ${issue.divisor}, ${received()}`;
    case "invalid_format":
      if (issue["pattern"] !== undefined && issue.format === "regex") {
        return `expected text that matches ${issue["pattern"]}, ${received()}`;
      }
      return `expected ${FORMAT_NAMES[issue.format] ?? `text in the format ${issue.format}`}, ${received()}`;
    case "unrecognized_keys":
      return `unknown ${issue.keys.length === 1 ? "property" : "properties"} ${issue.keys.map((key) => `"${key}"`).join(", ")}`;
    case "invalid_key":
      return `the property name ${describeValue(issue.input)} is not allowed`;
    case "invalid_union":
      return describeUnion(issue.errors, issue.input);
    case "custom":
      return `does not pass the check that the schema makes, ${received()}`;
    default:
      return undefined;
  }
}

function unsafeInteger(received: string): string {
  return `expected a whole number between -(2^53 - 1) and 2^53 - 1 (a larger one would lose digits), ${received}`;
}

function limit(
  inclusive: string,
  exclusive: string,
  bound: number | bigint,
  issue: { inclusive?: boolean; exact?: boolean; origin?: string; input?: unknown },
): string {
  const { input, origin } = issue;
  const amount = `${issue.exact ? "exactly" : issue.inclusive ? inclusive : exclusive} ${bound}`;
  if (typeof input === "string") {
    return `${amount} ${bound === 1 ? "character" : "characters"}, received ${[...input].length}`;
  }
  if (Array.isArray(input)) {
    return `${amount} ${bound === 1 ? "item" : "items"}, received ${input.length}`;
  }
  const unit = origin === "object" ? (bound === 1 ? " property" : " properties") : "";
  return `${amount}${unit}, received ${describeValue(input)}`;
}

function describeUnion(errors: readonly (readonly $ZodIssue[])[], input: unknown): string {
  const expected = new Set<string>();
  for (const issue of errors.flat()) {
    if (issue.path.length > 0) continue;
    if (issue.code === "invalid_type") expected.add(TYPE_NAMES[issue.expected] ?? issue.expected);
    if (issue.code === "invalid_value") for (const value of issue.values) expected.add(describeValue(value));
  }
  const list = [...expected];
  return `expected ${list.length === 0 ? "another value" : oneOf(list)}, received ${describeValue(input)}`;
}

export function oneOf(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? "nothing";
  return `${names.slice(0, -1).join(", ")} or ${names[names.length - 1]}`;
}
