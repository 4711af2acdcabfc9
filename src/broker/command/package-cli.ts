import { runCommand } from "./main.ts";

// The command of the package's own name, so that `npx msb-client-websocket broker` works without an installation.
const [name, ...args] = process.argv.slice(2);
if (name === "broker") {
  await runCommand(args);
} else {
  const isHelp = name === undefined || name === "--help" || name === "-h";
  const usage =
    "Usage: msb-client-websocket broker [options]     starts a development broker; --help tells more";
  if (isHelp) {
    process.stdout.write(`${usage}\n`);
  } else {
    process.stderr.write(`msb-client-websocket: Unknown command ${JSON.stringify(name)}. ${usage}\n`);
    process.exitCode = 2;
  }
}
