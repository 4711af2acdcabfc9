import type { $ZodRecord, $ZodType, $ZodTypes } from "zod/v4/core";
import { memberStep } from "../../validation/path.ts";
import { type Schema, setOwn } from "../json.ts";
import { checkKey } from "../names.ts";
import { enumValues } from "./values.ts";
import type { SchemaOf, Walk } from "./walk.ts";

export function writeObject({ _zod: { def } }: SchemaOf<"object">, path: string, walk: Walk): Schema {
  const { shape, catchall } = def;
  if (Object.getOwnPropertySymbols(shape).length > 0) {
    walk.refuse(path, "the name of a property must be a string, not a symbol");
  }
  const properties: Schema = {};
  const required: string[] = [];
  for (const [name, member] of Object.entries(shape) as [string, $ZodType][]) {
    setOwn(properties, name, writeProperty(name, member, path, walk));
    if (member._zod.optin === undefined) {
      required.push(name);
    }
  }
  const isStrict = catchall?._zod.def.type === "never";
  const others = catchall === undefined || isStrict ? {} : walk.write(catchall, `${path}.*`);
  return objectKeywords(properties, required, isStrict ? false : others);
}

function writeProperty(name: string, schema: $ZodType, path: string, walk: Walk): Schema {
  const inside = path + memberStep(name);
  const problem = checkKey(name);
  if (problem !== undefined) {
    walk.refuse(inside, problem);
  }
  return walk.write(schema, inside);
}

function objectKeywords(properties: Schema, required: readonly string[], others: Schema | false): Schema {
  const result: Schema = { type: "object", properties };
  if (required.length > 0) {
    result["required"] = required;
  }
  if (others === false || Object.keys(others).length > 0) {
    result["additionalProperties"] = others;
  }
  return result;
}

const FREE_KEYS: ReadonlySet<string> = new Set(["string", "any", "unknown"]);

export function writeRecord({ _zod: { def } }: $ZodRecord, path: string, walk: Walk): Schema {
  const { keys, isPartial } = keysOf(def);
  const member = walk.write(def.valueType, `${path}.*`);
  if (keys === undefined) {
    const key = def.keyType._zod.def;
    if (FREE_KEYS.has(key.type) && !("format" in key) && (key.checks?.length ?? 0) === 0) {
      return { type: "object", ...(Object.keys(member).length > 0 && { additionalProperties: member }) };
    }
    return walk.refuse(
      path,
      def.keyType._zod.values === undefined
        ? "the keys of a z.record() cannot be restricted in a data format; use z.string() or z.enum() for the keys, or z.object()"
        : "the keys of a z.record() must be z.string(), z.enum() or z.literal(); or use z.object()",
    );
  }
  const properties: Schema = {};
  for (const key of keys) {
    const problem = checkKey(key);
    if (problem !== undefined) {
      walk.refuse(path + memberStep(key), problem);
    }
    setOwn(properties, key, member);
  }
  const required =
    isPartial || def.valueType._zod.optin !== undefined || takesNothing(def.valueType) ? [] : keys;
  // The loose kind ignores keys that do not fit, the other kind refuses them.
  return objectKeywords(properties, required, def.mode === "loose" ? {} : false);
}

/** The names of `z.enum()` or `z.literal()` as keys, and whether they may be missing. zod has said that in three ways so far. */
function keysOf(def: $ZodRecord["_zod"]["def"]): { keys?: string[]; isPartial: boolean } {
  let key = def.keyType as $ZodTypes;
  let isPartial = def.partial === true;
  if (key._zod.def.type === "union") {
    // `z.partialRecord()` before zod 4.1.
    const [first, second, ...more] = key._zod.def.options as readonly $ZodTypes[];
    if (first !== undefined && second?._zod.def.type === "never" && more.length === 0) {
      key = first;
      isPartial = true;
    }
  }
  // `z.partialRecord()` before zod 4.5 takes away the values.
  isPartial ||= key._zod.values === undefined;
  const keyDef = key._zod.def;
  if (keyDef.type !== "enum" && keyDef.type !== "literal") {
    return { isPartial };
  }
  const values = keyDef.type === "enum" ? enumValues(keyDef.entries) : keyDef.values;
  return values.length > 0 ? { keys: [...new Set(values.map(String))], isPartial } : { isPartial };
}

/** Whether zod takes a missing member of a record: `z.any()` does, however it is wrapped. */
function takesNothing(schema: $ZodType): boolean {
  try {
    const result = schema._zod.run({ value: undefined, issues: [] }, { async: true });
    if (result instanceof Promise) {
      // Its failure is of no interest, and must not become an unhandled rejection.
      result.catch(() => {});
      return false;
    }
    return result.issues.length === 0;
  } catch {
    // A check that cannot do without a value.
    return false;
  }
}
