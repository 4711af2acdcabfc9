import { isRecord } from "../../support/is-record.ts";

/** Whatever JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One schema node: an object of keywords. Mutable while it is being built. */
export interface Schema {
  [keyword: string]: Json;
}

/** A JSON object as a schema node; anything else as an empty one. */
export function asSchema(value: unknown): Schema {
  return isRecord(value) ? (value as Schema) : {};
}

/** A string that is equal for equal JSON values, whatever the order of their keys. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join()}]`;
  }
  if (isRecord(value)) {
    const members = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
    return `{${members.join()}}`;
  }
  return JSON.stringify(value) ?? "undefined";
}

/** Sets an own property, even one called `__proto__`, which an assignment would turn into the prototype. */
export function setOwn(target: Schema, key: string, value: Json): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}
