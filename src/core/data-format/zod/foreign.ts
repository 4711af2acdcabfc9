import { isRecord } from "../../../support/is-record.ts";

export const FUNCTION = "z.function() cannot travel as JSON; leave it out";

/** Whether something is a schema of zod 3, or what zod 4.0 makes of `z.function()`, which is not a schema there. */
export function isForeign(value: object): boolean {
  if (!("_def" in value) || "_zod" in value || !isRecord(value._def)) {
    return false;
  }
  return "typeName" in value._def || isFunction(value._def);
}

/** Why something that is in the place of a schema of zod 4 is not one. */
export function explainForeign({ _def: def }: { readonly _def?: unknown }): string {
  return isRecord(def) && isFunction(def)
    ? FUNCTION
    : 'this is a schema of zod 3; import zod 4 from "zod/v4"';
}

/** Schemas of zod 3 have a `type` as well: that of their items, for example. */
function isFunction(def: Readonly<Record<string, unknown>>): boolean {
  return def["type"] === "function";
}
