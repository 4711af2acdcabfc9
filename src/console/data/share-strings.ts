import { rememberRecent } from "./remember-recent.ts";

/** Longer ones are seldom the same. */
const MAX_LENGTH = 64;

/** The string that was seen with these characters first. */
const sameOf = rememberRecent(1_000, (text: string) => text);

/**
 * Has equal strings of an answer, and of those before it, in memory once: the same uuids, names and replies stand in thousands of
 * messages, and `JSON.parse()` makes a new string of each.
 * @returns the answer, changed in place
 */
export function shareStrings<T>(answer: T): T {
  return share(answer) as T;
}

function share(value: unknown): unknown {
  if (typeof value === "string") {
    return value.length > MAX_LENGTH ? value : sameOf(value);
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      value[index] = share(item);
    }
  } else if (typeof value === "object" && value !== null) {
    const members = value as Record<string, unknown>;
    for (const name in members) {
      const member = members[name];
      if (typeof member === "string" || typeof member === "object") {
        members[name] = share(member);
      }
    }
  }
  return value;
}
