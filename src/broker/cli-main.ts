import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { describeError } from "../errors.ts";
import { createCliLog } from "./cli-log.ts";
import { readCommandLine, type StartCommand, USAGE } from "./cli-options.ts";
import { isLoopback } from "./client-url.ts";
import { type Broker, type LogFunction, startBroker } from "./index.ts";

/** The command `msb-broker`. */
export async function runCommand(args: readonly string[]): Promise<void> {
  const command = readCommandLine(args);
  switch (command.kind) {
    case "help":
      print(USAGE);
      break;
    case "version":
      print(readVersion());
      break;
    case "wrong":
      fail(`${command.reason} (see msb-broker --help)`);
      break;
    case "start":
      await start(command).catch((error) => fail(describeError(error)));
      break;
  }
}

async function start(command: StartCommand): Promise<void> {
  const { port, host, flows, record, replay, speed } = command;
  const log = createCliLog(command.log, command.debug);
  const isOpen = !isLoopback(host);
  const token = command.token ?? (isOpen ? randomBytes(16).toString("hex") : undefined);
  const broker = await startBroker({ port, host, token, log, tls: readTls(command) });
  try {
    if (flows !== undefined) {
      await broker.watchFlows(flows);
    }
    if (record !== undefined) {
      await broker.record(record);
    }
  } catch (error) {
    await broker.close();
    throw error;
  }
  announce(broker, command, token, log);
  const stop = () => void broker.close();
  // Once: whoever presses Ctrl+C again does not want to wait.
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  if (replay !== undefined) {
    broker.replay(replay, { speed }).then(
      (count) => log({ level: "info", message: `Replayed ${count} messages of ${replay}` }),
      (error) => {
        fail(describeError(error));
        stop();
      },
    );
  }
}

function announce(broker: Broker, command: StartCommand, token: string | undefined, log: LogFunction): void {
  // A token that the user has given is not written out.
  const query = command.token === undefined && token ? `?token=${token}` : "";
  const lines = [
    `The development broker is running. Connect clients to ${broker.url}`,
    `Console: ${broker.url}/${query}`,
    `REST interface: ${broker.url}/v3/api-docs${query}`,
    ...(command.token === undefined && token ? [`Token of the REST interface: ${token}`] : []),
  ];
  for (const line of lines) {
    if (command.log === "json") {
      log({ level: "info", message: line });
    } else {
      print(line);
    }
  }
  if (command.log === "text") {
    print("Stop it with Ctrl+C.");
  }
}

function readTls({ cert, key }: StartCommand) {
  if (cert === undefined || key === undefined) {
    return undefined;
  }
  return { cert: readFileSync(cert), key: readFileSync(key) };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(reason: string): void {
  process.stderr.write(`msb-broker: ${reason}\n`);
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
