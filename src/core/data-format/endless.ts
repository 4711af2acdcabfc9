import { asSchema } from "./json.ts";
import { nameInRef } from "./names.ts";

/** The names of the definitions whose references lead in a circle, without anything else on the way. */
export function endlessNames(roots: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const endless = new Set(Object.keys(roots));
  const left = new Map<string, number>();
  const users = new Map([...endless].map((name) => [name, [] as string[]] as const));
  for (const name of endless) {
    const targets = targetsOf(roots[name]).filter((target) => users.has(target));
    left.set(name, targets.length);
    for (const target of targets) {
      users.get(target)?.push(name);
    }
  }
  // What refers to nothing comes to an end, and so does what refers only to such. The list grows while it runs.
  const ending = [...endless].filter((name) => left.get(name) === 0);
  for (const name of ending) {
    endless.delete(name);
    for (const user of users.get(name) ?? []) {
      const count = (left.get(user) ?? 0) - 1;
      left.set(user, count);
      if (count === 0) {
        ending.push(user);
      }
    }
  }
  return endless;
}

/** The names of the definitions that a value has to fit at once if it fits a schema. */
function targetsOf(schema: unknown): string[] {
  const node = asSchema(schema);
  const name = nameInRef(node);
  if (name !== undefined) {
    return [name];
  }
  const members = node["allOf"];
  return Array.isArray(members) ? members.flatMap(targetsOf) : [];
}
