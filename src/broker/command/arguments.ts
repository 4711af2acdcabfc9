import { parseArgs } from "node:util";
import { describeUnreadable } from "../../support/command-line.ts";

/** The options of the command; `USAGE` describes them. */
export const OPTIONS = {
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
    return describeUnreadable(error, Object.keys(OPTIONS));
  }
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS }).values;
}
