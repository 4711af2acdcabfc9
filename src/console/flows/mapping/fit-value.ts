import { isRecord } from "../../../support/is-record.ts";
import { own, propertiesOf } from "../../format/schema.ts";
import {
  alternativesOf,
  itemsOf,
  kindOf,
  kindOfValue,
  requiredOf,
  type Typed,
  typeInWords,
} from "./typed.ts";

/** Values are looked at so deep, and so many of an array. */
const MAX_DEPTH = 20;
const MAX_ITEMS = 100;

/** What is wrong with a value; `undefined` if it fits. Patterns are not looked at: they may never end. */
export function misfitOf(value: unknown, target: Typed, depth = 0): string | undefined {
  if (depth > MAX_DEPTH) {
    return undefined;
  }
  const name = typeInWords(target);
  const misfits = alternativesOf(target).map((each) => misfitOfOne(value, each, name, depth));
  return misfits.includes(undefined) ? undefined : misfits[0];
}

function misfitOfOne(value: unknown, target: Typed, name: string, depth: number): string | undefined {
  const { schema, format } = target;
  const wanted = kindOf(target);
  const given = kindOfValue(value);
  if (wanted !== undefined && given !== wanted && !(given === "integer" && wanted === "number")) {
    return `${shortJson(value)} is not ${name}`;
  }
  const choices = schema["enum"];
  if (Array.isArray(choices) && !choices.some((each) => JSON.stringify(each) === JSON.stringify(value))) {
    return `${shortJson(value)} is none of ${choices.map((each) => JSON.stringify(each)).join(", ")}`;
  }
  if (typeof value === "number") {
    return limitsOf(value, target, "minimum", "maximum", "");
  }
  if (typeof value === "string") {
    return limitsOf(value.length, target, "minLength", "maxLength", " characters");
  }
  if (Array.isArray(value)) {
    return (
      limitsOf(value.length, target, "minItems", "maxItems", " items") ??
      first(value.slice(0, MAX_ITEMS), (item, index) =>
        at(`[${index}]`, misfitOf(item, itemsOf(target), depth + 1)),
      )
    );
  }
  if (!isRecord(value)) {
    return undefined;
  }
  const missing = requiredOf(target).find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) {
    return `${missing} is missing`;
  }
  const properties = Object.fromEntries(propertiesOf(schema));
  return first(Object.entries(value), ([name, part]) => {
    const property = own(properties, name);
    if (property === undefined) {
      return schema["additionalProperties"] === false ? `${name} is not known there` : undefined;
    }
    return at(name, misfitOf(part, { schema: property, format }, depth + 1));
  });
}

function limitsOf(
  size: number,
  { schema }: Typed,
  lowest: string,
  highest: string,
  unit: string,
): string | undefined {
  const { [lowest]: min, [highest]: max } = schema;
  if (typeof min === "number" && (size < min || (schema["exclusiveMinimum"] === true && size === min))) {
    return `${size}${unit} is less than ${min}`;
  }
  if (typeof max === "number" && (size > max || (schema["exclusiveMaximum"] === true && size === max))) {
    return `${size}${unit} is more than ${max}`;
  }
  return undefined;
}

function first<T>(
  items: readonly T[],
  find: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function at(place: string, misfit: string | undefined): string | undefined {
  return misfit === undefined ? undefined : `${place}: ${misfit}`;
}

/** A value in one short line. */
export function shortJson(value: unknown, length = 60): string {
  const json = JSON.stringify(value) ?? "nothing";
  return json.length <= length ? json : `${json.slice(0, length - 1)}…`;
}
