// The command line and the environment of `npm run demo`.
import { parseArgs } from "node:util";
import { describeUnreadable } from "../src/support/command-line.ts";

export interface DemoOptions {
  /** The address to listen on; `undefined` for this computer only. */
  readonly host: string | undefined;
  /** 0 takes any that is free. */
  readonly brokerPort: number;
  readonly pagePort: number;
}

const OPTIONS = {
  host: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

const ALL_ADDRESSES = "0.0.0.0";

const USAGE = `Usage: npm run demo -- [options]

Starts a development broker, a press, a conveyor and a robot, and a dashboard.

  --host [ADDRESS]   let other machines of your network in: listens on this address, or on all of this computer.
                     Whoever reaches it can work the dashboard; the broker's console then needs the token that is printed
  -h, --help         print this help

Ports come from the environment, 0 for any free one: MSB_PORT for the broker (8085), PAGE_PORT for the page (8080).
Ctrl+C stops it.`;

/** What is said instead of starting: the help, or what is wrong. */
export interface Answer {
  readonly text: string;
  readonly isError: boolean;
}

export function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): DemoOptions | Answer {
  const read = readArguments(args);
  if (typeof read === "string") {
    return { text: `demo: ${read}\nTry: npm run demo -- --help`, isError: true };
  }
  if (read.help === true) {
    return { text: USAGE, isError: false };
  }
  const brokerPort = readPort(env["MSB_PORT"], 8085);
  const pagePort = readPort(env["PAGE_PORT"], 8080);
  if (brokerPort === undefined || pagePort === undefined) {
    const name = brokerPort === undefined ? "MSB_PORT" : "PAGE_PORT";
    const text = `demo: ${name} must be a whole number from 0 to 65535, not ${JSON.stringify(env[name])}`;
    return { text, isError: true };
  }
  return { host: read.host, brokerPort, pagePort };
}

function readArguments(args: readonly string[]): { host?: string; help?: boolean } | string {
  try {
    return parseArgs({ args: withAddress(args), options: OPTIONS }).values;
  } catch (error) {
    return describeUnreadable(error, Object.keys(OPTIONS));
  }
}

/** Node.js knows no option that may be without its value. */
function withAddress(args: readonly string[]): string[] {
  return args.map((each, index) => {
    const isLast = args[index + 1] === undefined || args[index + 1]?.startsWith("-") === true;
    return each === "--host" && isLast ? `--host=${ALL_ADDRESSES}` : each;
  });
}

function readPort(text: string | undefined, fallback: number): number | undefined {
  if (text === undefined || text === "") {
    return fallback;
  }
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : undefined;
}
