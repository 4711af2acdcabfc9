import type { Json, Schema } from "../json.ts";
import type { Walk } from "./walk.ts";

/** The values of an enum, without the names that TypeScript adds to one of numbers, as in `{ A: 1, 1: "A" }`. */
export function enumValues(entries: Readonly<Record<string, unknown>>): unknown[] {
  const numbers = Object.values(entries).filter((value) => typeof value === "number");
  return Object.entries(entries).flatMap(([name, value]) => (numbers.includes(Number(name)) ? [] : [value]));
}

export const NO_VALUE = "no value fits this schema, which a data format cannot say; leave it out";

/** The values of `z.enum()` or `z.literal()`. */
export function writeValues(values: readonly unknown[], walk: Walk): Schema {
  const bad = values.filter((value) => !isJsonPrimitive(value)).map(String);
  if (bad.length > 0) {
    return walk.refuse(
      `the value ${bad.join(", ")} cannot travel as JSON; use strings, finite numbers, booleans and null`,
    );
  }
  const [type, ...otherTypes] = new Set(values.map((value) => (value === null ? "null" : typeof value)));
  if (type === undefined) {
    return walk.refuse(NO_VALUE);
  }
  return {
    enum: [...new Set(values as Json[])],
    ...(otherTypes.length === 0 && { type: values.every(Number.isInteger) ? "integer" : type }),
  };
}

function isJsonPrimitive(value: unknown): boolean {
  return value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
}
