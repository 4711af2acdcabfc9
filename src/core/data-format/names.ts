import type { Schema } from "./json.ts";

const USABLE_NAME = /^[\w.-]+$/;

/** The root of a data format, which no definition can be called. */
export const ROOT = "dataObject";

/** Where a definition is found. */
export const REF_PREFIX = "#/definitions/";

/** A reference to a definition. */
export function refTo(name: string): Schema {
  return { $ref: REF_PREFIX + name };
}

/** The name of the definition that a schema refers to, if it is a reference. */
export function nameInRef(schema: Schema | undefined): string | undefined {
  const ref = schema?.["$ref"];
  return typeof ref === "string" && ref.startsWith(REF_PREFIX) ? ref.slice(REF_PREFIX.length) : undefined;
}

/** What is wrong with the name of a definition (a `ComplexDataFormat`, or the `id` of a zod schema), if anything. */
export function checkDefinitionName(name: unknown): string | undefined {
  if (name === ROOT) {
    return `the name "${ROOT}" is reserved for the root of a data format; choose another one`;
  }
  return checkName(name);
}

/** What is wrong with a name that becomes part of a `$ref`, if anything. */
export function checkName(name: unknown): string | undefined {
  if (typeof name !== "string") {
    return `a name must be a string, not ${name === null ? "null" : typeof name}`;
  }
  if (name === "") {
    return "a name must not be empty";
  }
  if (!USABLE_NAME.test(name)) {
    return `the name ${JSON.stringify(name)} cannot be used: only letters, digits, "_", "." and "-" are allowed`;
  }
  return checkKey(name);
}

/** What is wrong with the name of a property, if anything. */
export function checkKey(key: string): string | undefined {
  // `constructor in {}` is true: a missing property of that name could not be told from a present one.
  return key in {}
    ? `the name "${key}" cannot be used, because every JavaScript object has something of that name`
    : undefined;
}
