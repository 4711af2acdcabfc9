import { readVersion } from "../broker/command/version.ts";
import { quote } from "../support/clip.ts";
import { suggest } from "../support/command-line.ts";
import { SUB_COMMANDS } from "./sub-commands.ts";

const NAME = "msb-client-websocket";
const WRONG = 2;

/** The command of the package's own name, so that `npx msb-client-websocket broker` works without an installation. */
export async function runMain([name, ...args]: readonly string[]): Promise<void> {
  const command = SUB_COMMANDS.find((each) => each.name === name);
  if (command !== undefined) {
    await command.run(args);
  } else if (name === undefined || name === "--help" || name === "-h") {
    process.stdout.write(`${usage()}\n`);
  } else if (name === "--version" || name === "-v") {
    process.stdout.write(`${readVersion()}\n`);
  } else {
    process.stderr.write(`${NAME}: ${describeUnknown(name)} (see ${NAME} --help)\n`);
    process.exitCode = WRONG;
  }
}

function usage(): string {
  const lines = SUB_COMMANDS.map(
    ({ name, usage, summary }) => [`${NAME} ${name} ${usage}`, summary] as const,
  );
  const width = Math.max(...lines.map(([line]) => line.length));
  return [
    `Usage: ${NAME} COMMAND`,
    "",
    ...lines.map(([line, summary]) => `  ${line.padEnd(width)}   ${summary}`),
    "",
    "COMMAND --help says more about a command. -v or --version prints the version.",
  ].join("\n");
}

function describeUnknown(name: string): string {
  const names = SUB_COMMANDS.map((command) => command.name);
  const suggestion = suggest(name, names);
  const unknown = `Unknown command ${quote(name)}`;
  return suggestion === "" ? `${unknown}. Usage: ${NAME} ${names.join(" | ")}` : `${unknown}${suggestion}`;
}
