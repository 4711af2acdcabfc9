import type { $ZodRecord, $ZodType, $ZodTypes } from "zod/v4/core";
import { memberOf } from "../../validation/path.ts";
import { type Schema, setOwn } from "../json.ts";
import { checkKey } from "../names.ts";
import { isSchema } from "./metadata.ts";
import { enumValues } from "./values.ts";
import type { SchemaOf, Walk } from "./walk.ts";

export function writeObject({ shape, catchall }: SchemaOf<"object">["_zod"]["def"], walk: Walk): Schema {
  if (Object.getOwnPropertySymbols(shape).length > 0) {
    walk.refuse("the name of a property must be a string, not a symbol");
  }
  const members = Object.entries<$ZodType>(shape);
  const properties = writeProperties(
    members.map(([name]) => name),
    walk,
    (name, path) => walk.write(shape[name] as $ZodType, path),
  );
  const required = members.flatMap(([name, schema]) =>
    isSchema(schema) && schema._zod.optin === undefined ? [name] : [],
  );
  const isStrict = catchall?._zod.def.type === "never";
  const others = catchall === undefined || isStrict ? {} : writeOthers(catchall, walk);
  return objectKeywords(properties, required, isStrict ? false : others);
}

/** What is said of members that have no name. */
function writeOthers(schema: $ZodType, walk: Walk): Schema {
  return walk.write(schema, `${walk.path}.*`);
}

function writeProperties(
  names: readonly string[],
  walk: Walk,
  write: (name: string, path: string) => Schema,
): Schema {
  const properties: Schema = {};
  for (const name of names) {
    const path = memberOf(walk.path, name);
    const problem = checkKey(name);
    if (problem !== undefined) {
      walk.refuse(problem, path);
    }
    setOwn(properties, name, write(name, path));
  }
  return properties;
}

function objectKeywords(properties: Schema, required: readonly string[], others: Schema | false): Schema {
  return {
    type: "object",
    properties,
    ...(required.length > 0 && { required }),
    ...additional(others),
  };
}

/** Nothing, if others may be anything. */
function additional(others: Schema | false): Schema {
  return others === false || Object.keys(others).length > 0 ? { additionalProperties: others } : {};
}

const FREE_KEYS: ReadonlySet<string> = new Set(["string", "any", "unknown"]);

export function writeRecord(def: $ZodRecord["_zod"]["def"], walk: Walk): Schema {
  const { valueType, keyType, mode } = def;
  const { keys, isPartial } = keysOf(def);
  const member = writeOthers(valueType, walk);
  if (keys.length > 0) {
    const properties = writeProperties(keys, walk, () => member);
    const mayLack = isPartial || valueType._zod.optin !== undefined || takesNothing(valueType);
    // The loose kind ignores keys that do not fit, the other kind refuses them.
    return objectKeywords(properties, mayLack ? [] : keys, mode === "loose" ? {} : false);
  }
  const key = keyType._zod.def;
  if (FREE_KEYS.has(key.type) && !("format" in key) && (key.checks?.length ?? 0) === 0) {
    return { type: "object", ...additional(member) };
  }
  return walk.refuse(
    keyType._zod.values === undefined
      ? "the keys of a z.record() cannot be restricted in a data format; use z.string() or z.enum() for the keys, or z.object()"
      : "the keys of a z.record() must be z.string(), z.enum() or z.literal(); or use z.object()",
  );
}

/** The names of `z.enum()` or `z.literal()` as keys, and whether they may be missing. zod has said that in three ways so far. */
function keysOf({ keyType, partial }: $ZodRecord["_zod"]["def"]): { keys: string[]; isPartial: boolean } {
  let { _zod: key } = keyType as $ZodTypes;
  // `z.partialRecord()` before zod 4.5 takes away the values.
  let isPartial = partial === true || key.values === undefined;
  if (key.def.type === "union") {
    // The same before zod 4.1.
    const [first, second, ...more] = key.def.options as readonly $ZodTypes[];
    if (first !== undefined && second?._zod.def.type === "never" && more.length === 0) {
      key = first._zod;
      isPartial = true;
    }
  }
  const { def } = key;
  const values = def.type === "enum" ? enumValues(def.entries) : def.type === "literal" ? def.values : [];
  return { keys: [...new Set(values.map(String))], isPartial };
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
