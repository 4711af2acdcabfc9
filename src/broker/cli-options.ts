import { parseArgs } from "node:util";
import { describeError } from "../errors.ts";
import type { LogLevel } from "./log.ts";

export const USAGE = `Usage: msb-broker [options]

Starts a development broker: a stand-in for the MSB on this computer.

Options:
  --port NUMBER   port to listen on, 0 for any free one   (default 8085)
  --host ADDRESS  address to listen on                    (default 127.0.0.1: this computer only)
  --debug         show unknown messages, too
  --version       print the version
  --help          print this text

Stop it with Ctrl+C.`;

/** What the command line asks for. */
export type CliCommand =
  | { readonly kind: "help" | "version" }
  | {
      readonly kind: "start";
      readonly port: number;
      readonly host: string;
      readonly levels: ReadonlySet<LogLevel>;
    }
  | { readonly kind: "wrong"; readonly reason: string };

export function readCommandLine(args: readonly string[]): CliCommand {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    return { kind: "wrong", reason: describeError(error) };
  }
  if (values.help === true) {
    return { kind: "help" };
  }
  if (values.version === true) {
    return { kind: "version" };
  }
  if (!/^\d{1,5}$/.test(values.port)) {
    return {
      kind: "wrong",
      reason: `--port must be a number from 0 to 65535, not ${JSON.stringify(values.port)}`,
    };
  }
  const levels = new Set<LogLevel>(["info", "warn", "error"]);
  if (values.debug === true) {
    levels.add("debug");
  }
  return { kind: "start", port: Number(values.port), host: values.host, levels };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "8085" },
      host: { type: "string", default: "127.0.0.1" },
      debug: { type: "boolean" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean", short: "v" },
    },
  }).values;
}
