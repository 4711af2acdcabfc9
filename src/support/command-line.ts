import leven from "leven";
import { describeError } from "./errors.ts";

/**
 * In one line why a command line cannot be read.
 * @param error what `parseArgs` of Node.js threw
 * @param options the names of the options that there are, without dashes
 */
export function describeUnreadable(error: unknown, options: readonly string[]): string {
  const [reason = ""] = describeError(error).split("\n");
  const [, unknown] = /^Unknown option '(--?[^']*)'/.exec(reason) ?? [];
  const [, lonely] = /^Option '(?:-\w, )?(--?[\w-]+).*' argument (?:missing|is ambiguous)/.exec(reason) ?? [];
  if (lonely !== undefined) {
    return `Option '${lonely}' needs a value`;
  }
  if (unknown === undefined) {
    return reason;
  }
  // A letter alone is near to all.
  const suggestion = unknown.startsWith("--") ? suggest(unknown.slice(2), options, "--") : "";
  return `Unknown option '${unknown}'${suggestion}`;
}

/** `: did you mean NAME?` with the name that is as near as a typing mistake; else nothing. */
export function suggest(unknown: string, names: readonly string[], prefix = ""): string {
  const nearest = names
    .map((name) => ({ name, distance: leven(name, unknown) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const isNear = nearest !== undefined && nearest.distance <= Math.max(1, unknown.length / 2);
  return isNear ? `: did you mean ${prefix}${nearest.name}?` : "";
}

/** As shells count a process that was ended by SIGPIPE. */
const NOBODY_READS = 141;

/** Ends the process without a word when nobody reads its output any more, as with `… | head`: Node.js would print a stack. */
export function endWithItsReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
      throw error;
    }
    process.exit(NOBODY_READS);
  });
}
