import { randomBytes } from "node:crypto";
import { systemClock } from "../../support/clock.ts";
import { type Broker, type BrokerOptions, type LogEntry, startBroker } from "../index.ts";
import { isLoopback } from "../transport/client-url.ts";
import { type Announcement, consoleUrl, describeEnd, describeStart } from "./announce.ts";
import { openBrowser } from "./browser.ts";
import { readTls } from "./files.ts";
import { type CliLog, createCliLog } from "./log.ts";
import type { StartCommand } from "./options.ts";
import { tellTraffic } from "./traffic.ts";

/** How long the last lines have to be read, in milliseconds. */
const EXIT_GRACE = 500;

/** Starts a broker, and says what it does until it is stopped. @param fail is told, in the place of everything else, why not. */
export async function runBroker(
  command: StartCommand,
  version: string,
  fail: (error: unknown) => void,
): Promise<void> {
  const { log: format, verbose, broker: options } = command;
  const log = createCliLog({ format, verbose, output: process.stdout, now: () => performance.now() });
  const made = needsToken(command) ? randomBytes(16).toString("hex") : undefined;
  // Nothing is said before it is certain that it runs.
  const early: LogEntry[] = [];
  let write = (entry: LogEntry): void => void early.push(entry);
  let running: Running;
  try {
    running = await start(command, {
      ...options,
      token: options.token ?? made,
      tls: readTls(command),
      log: (entry) => write(entry),
    });
  } catch (error) {
    fail(error);
    return;
  }
  const announcement: Announcement = { broker: running.broker, command, token: made, version };
  const stop = createStop(running, announcement, log);
  // Before it is said that it runs. Once: whoever presses Ctrl+C again does not want to wait.
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  announce(describeStart(announcement), command, log);
  write = log.write;
  early.forEach(write);

  if (command.open) {
    openConsole(announcement, log);
  }
  replay(running.broker, command, log, (error) => {
    fail(error);
    stop();
  });
}

interface Running {
  readonly broker: Broker;
  readonly stopRecording: (() => Promise<number>) | undefined;
}

/** All of it, or nothing. */
async function start({ flows, record }: StartCommand, options: BrokerOptions): Promise<Running> {
  const broker = await startBroker(options);
  try {
    if (flows !== undefined) {
      await broker.watchFlows(flows);
    }
    return { broker, stopRecording: record === undefined ? undefined : await broker.record(record) };
  } catch (error) {
    await broker.close();
    throw error;
  }
}

/** From now on tells the traffic; the function that it returns ends everything. */
function createStop({ broker, stopRecording }: Running, announcement: Announcement, log: CliLog): () => void {
  const stopTraffic = tellTraffic(broker, systemClock, (message) => {
    log.flush();
    log.write({ level: "info", message });
  });
  const stop = async () => {
    stopTraffic();
    await broker.close();
    const recorded = await stopRecording?.();
    log.flush();
    log.write({ level: "info", message: describeEnd(announcement, recorded) });
    // What nobody reads would otherwise keep the process.
    setTimeout(() => process.exit(), EXIT_GRACE).unref();
  };
  return () => void stop();
}

function openConsole(announcement: Announcement, log: CliLog): void {
  const url = consoleUrl(announcement);
  openBrowser(url, (reason) =>
    log.write({ level: "warn", message: `No browser could be opened (${reason}). The console is at ${url}` }),
  );
}

function needsToken({ broker: { host, token } }: StartCommand): boolean {
  return token === undefined && !isLoopback(host);
}

function announce(lines: readonly string[], { log: format }: StartCommand, log: CliLog): void {
  for (const line of lines) {
    if (format === "json") {
      log.write({ level: "info", message: line.trim() });
    } else {
      process.stdout.write(`${line}\n`);
    }
  }
}

function replay(
  broker: Broker,
  { replay: file, speed }: StartCommand,
  log: CliLog,
  onFailure: (error: unknown) => void,
): void {
  if (file !== undefined) {
    broker
      .replay(file, { speed })
      .then((count) => log.write({ level: "info", message: `Replayed ${count} messages of ${file}` }))
      .catch(onFailure);
  }
}
