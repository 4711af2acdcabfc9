import { MsbDefinitionError } from "../support/errors.ts";

/** The object form of positional arguments; what was left out, or given as undefined, stays out. */
export function byPosition<Definition>(
  idKey: string,
  id: string,
  keys: readonly string[],
  values: readonly unknown[],
): Definition {
  if (values.length > keys.length) {
    throw new MsbDefinitionError(JSON.stringify(id), [
      { path: "", message: `takes at most ${keys.length + 1} arguments: ${[idKey, ...keys].join(", ")}` },
    ]);
  }
  const entries = keys.map((key, index) => [key, values[index]] as const);
  return {
    [idKey]: id,
    ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
  } as Definition;
}
