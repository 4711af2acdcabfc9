import type * as z from "zod/mini";
import type { MsbIssue } from "../errors.ts";

/** What zod found, with paths as `events[1].eventId`, below `prefix`. */
export function toIssues(error: z.core.$ZodError, prefix = ""): MsbIssue[] {
  return error.issues.map(({ path, message }) => ({ path: joinPath(prefix, path), message }));
}

/** `joinPath("services[0]", ["events", 1, "eventId"])` is `services[0].events[1].eventId`. */
export function joinPath(prefix: string, path: readonly PropertyKey[]): string {
  let joined = prefix;
  for (const key of path) {
    if (typeof key === "number") {
      joined += `[${key}]`;
    } else {
      joined += joined === "" ? String(key) : `.${String(key)}`;
    }
  }
  return joined;
}
