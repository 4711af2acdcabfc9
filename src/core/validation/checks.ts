import type { MsbIssue } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import { mustBe } from "./describe-value.ts";
import { memberOf } from "./path.ts";

/** Adds what is wrong with a value to `issues`, and adds nothing for a `Value`. The path is that of the value. */
export interface Check<out Value = unknown> {
  (value: unknown, path: string, issues: MsbIssue[]): void;
  /** Only the compiler reads it. */
  readonly of?: Value;
}

/** What is wrong with a value; nothing if it fits. */
export function findIssues(checkValue: Check, value: unknown): MsbIssue[] {
  const issues: MsbIssue[] = [];
  checkValue(value, "", issues);
  return issues;
}

/** A check of the whole value: what it must be, and how to explain that it is not. */
export function check<Value>(
  fits: (value: unknown) => boolean,
  what: string,
  explain: (what: string, value: unknown) => string = mustBe,
): Check<Value> {
  return (value, path, issues) => {
    if (!fits(value)) {
      issues.push({ path, message: explain(what, value) });
    }
  };
}

/** A check that asks for more than another one, once that has nothing to say. */
export function narrow<Value>(
  checkFirst: Check<Value>,
  fits: (value: Value) => boolean,
  message: string,
): Check<Value> {
  return (value, path, issues) => {
    const before = issues.length;
    checkFirst(value, path, issues);
    if (issues.length === before && !fits(value as Value)) {
      issues.push({ path, message });
    }
  };
}

/** What is checked somewhere else. */
export const anything: Check = () => {};

/** A string that may be empty. */
export const anyString: Check<string> = check((value) => typeof value === "string", "a string");

export const anyBoolean: Check<boolean> = check((value) => typeof value === "boolean", "true or false");

/** A string that is there and says something. */
export const nonEmptyString = narrow(anyString, (text) => text.trim() !== "", "must not be empty");

export const anySignal: Check<AbortSignal> = check((value) => value instanceof AbortSignal, "an AbortSignal");

export function arrayOf<Item>(checkItem: Check<Item>, what = "an array"): Check<Item[]> {
  const isArray = check(Array.isArray, what);
  return (value, path, issues) => {
    isArray(value, path, issues);
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        checkItem(item, `${path}[${index}]`, issues);
      });
    }
  };
}

export const anyObject = check(isRecord, "an object");

/** An object with these keys and no others. */
export function strictObject<Value>(checks: Readonly<Record<string, Check>>): Check<Value> {
  const fields = Object.entries(checks);
  return (value, path, issues) => {
    anyObject(value, path, issues);
    if (!isRecord(value)) {
      return;
    }
    for (const [key, checkField] of fields) {
      checkField(value[key], memberOf(path, key), issues);
    }
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(checks, key)) {
        issues.push({ path: memberOf(path, key), message: "is not known here" });
      }
    }
  };
}

/**
 * An object that says something by its own keys, or is empty. A signal, a `Map` or a `Date` in its place has none, and inherited ones
 * are not read: taken for options, they would say nothing.
 * @param example what would be right
 */
export function withOwnKeys(example: string): Check {
  return check(hasOwnKeys, `an object with keys of its own, such as ${example}`, (what, value) =>
    mustBe(isRecord(value) ? what : "an object", value),
  );
}

/** An object of a class may have options as its fields. */
function hasOwnKeys(value: unknown): boolean {
  return isRecord(value) && (isPlain(value) || Object.keys(value).length > 0);
}

/** Of another window, too: the prototype of its plain objects is another one, but has none itself. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Such an object with these keys and no others. */
export function optionsObject<Value>(checks: Readonly<Record<string, Check>>): Check<Value> {
  const checkKeys = withOwnKeys(`{ ${Object.keys(checks).slice(0, 3).join(", ")} }`);
  const checkFields = strictObject(checks);
  return (value, path, issues) => (hasOwnKeys(value) ? checkFields : checkKeys)(value, path, issues);
}

/** The same check of what may be left out. */
export function optional<Value>(checkValue: Check<Value>): Check<Value | undefined> {
  return (value, path, issues) => value === undefined || checkValue(value, path, issues);
}

/** The same check of what may be left out, or `null`. */
export function nullish<Value>(checkValue: Check<Value>): Check<Value | null | undefined> {
  return (value, path, issues) => value === null || value === undefined || checkValue(value, path, issues);
}

/** The longest time that a timer takes, in milliseconds: one above it would fire at once. */
const MAX_MILLISECONDS = 2 ** 31 - 1;

export function wholeNumber(minimum: number, unit: string, maximum = Number.MAX_SAFE_INTEGER): Check<number> {
  const isAbove = (value: unknown): boolean => typeof value === "number" && value > maximum;
  return check(
    (value) => Number.isSafeInteger(value) && (value as number) >= minimum && !isAbove(value),
    `a whole number of ${unit}, `,
    (what, value) => mustBe(what + (isAbove(value) ? `at most ${maximum}` : `at least ${minimum}`), value),
  );
}

export function milliseconds(minimum: number): Check<number> {
  return wholeNumber(minimum, "milliseconds", MAX_MILLISECONDS);
}

export function choice<const Value>(values: readonly Value[]): Check<Value> {
  return check((value) => values.includes(value as Value), `one of ${values.join(", ")}`);
}

export function anyFunction<Type>(): Check<Type> {
  return check((value) => typeof value === "function", "a function");
}

export function objectWith<Type extends object>(methods: readonly (keyof Type & string)[]): Check<Type> {
  return check(
    (value) =>
      typeof value === "object" &&
      value !== null &&
      methods.every((method) => typeof (value as Record<string, unknown>)[method] === "function"),
    `an object with the methods ${methods.join(", ")}`,
  );
}
