import { readFileSync } from "node:fs";
import { describeError } from "../errors.ts";
import { readCommandLine, USAGE } from "./cli-options.ts";
import { type LogEntry, type LogLevel, startBroker } from "./index.ts";

const command = readCommandLine(process.argv.slice(2));
switch (command.kind) {
  case "help":
    console.log(USAGE);
    break;
  case "version":
    console.log(readVersion());
    break;
  case "wrong":
    fail(`${command.reason} (see msb-broker --help)`);
    break;
  case "start":
    await start(command.port, command.host, command.levels);
    break;
}

async function start(port: number, host: string, levels: ReadonlySet<LogLevel>): Promise<void> {
  const log = (entry: LogEntry) => {
    if (levels.has(entry.level)) {
      print(entry);
    }
  };
  try {
    const broker = await startBroker({ port, host, log });
    console.log(`The development broker is running. Connect clients to ${broker.url}`);
    console.log("Stop it with Ctrl+C.");
    const stop = () => void broker.close();
    // Once: whoever presses Ctrl+C again does not want to wait.
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  } catch (error) {
    fail(describeError(error));
  }
}

function print({ level, message, connectionId }: LogEntry): void {
  const time = new Date().toISOString().slice(11, 23);
  const connection = connectionId === undefined ? "" : `[${connectionId}] `;
  console.log(`${time} ${level.padEnd(5)} ${connection}${message}`);
}

function fail(reason: string): void {
  console.error(`msb-broker: ${reason}`);
  process.exitCode = 1;
}

/** The package is one folder up from the bundle, and two from the source. */
function readVersion(): string {
  for (const path of ["../package.json", "../../package.json"]) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
      if (name === "msb-client-websocket") {
        return version;
      }
    } catch {
      // Not here.
    }
  }
  return "unknown";
}
