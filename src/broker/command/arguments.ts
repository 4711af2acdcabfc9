import { parseArgs } from "node:util";
import leven from "leven";
import { describeError } from "../../support/errors.ts";

const OPTIONS = {
  port: { type: "string", short: "p", multiple: true },
  "msb-ports": { type: "boolean" },
  host: { type: "string", default: "127.0.0.1" },
  cert: { type: "string" },
  key: { type: "string" },
  "tls-port": { type: "string", multiple: true },
  token: { type: "string" },
  "allow-origin": { type: "string", multiple: true },
  "allow-host": { type: "string", multiple: true },
  "show-tokens": { type: "boolean" },
  flows: { type: "string" },
  record: { type: "string" },
  replay: { type: "string" },
  speed: { type: "string", default: "1" },
  "max-message-size": { type: "string" },
  open: { type: "boolean" },
  verbose: { type: "boolean" },
  debug: { type: "boolean" },
  log: { type: "string", default: "text" },
  version: { type: "boolean", short: "v" },
  help: { type: "boolean", short: "h" },
} as const;

export type Arguments = ReturnType<typeof parse>;

/** The command line as it is, or in one line why it cannot be read. */
export function readArguments(args: readonly string[]): Arguments | string {
  try {
    return parse(args);
  } catch (error) {
    const [reason = ""] = describeError(error).split("\n");
    const [, unknown] = /^Unknown option '(--?[^']*)'/.exec(reason) ?? [];
    const [, lonely] =
      /^Option '(?:-\w, )?(--?[\w-]+).*' argument (?:missing|is ambiguous)/.exec(reason) ?? [];
    if (lonely !== undefined) {
      return `Option '${lonely}' needs a value`;
    }
    return unknown === undefined ? reason : `Unknown option '${unknown}'${suggest(unknown)}`;
  }
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS }).values;
}

/** The options that are as near as a typing mistake; a letter alone is near to all. */
function suggest(unknown: string): string {
  const names = Object.keys(OPTIONS).map((name) => `--${name}`);
  const nearest = names
    .map((name) => ({ name, distance: leven(name, unknown) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const isNear = nearest !== undefined && nearest.distance <= Math.max(1, (unknown.length - 2) / 2);
  return isNear && unknown.startsWith("--") ? `: did you mean ${nearest.name}?` : "";
}
