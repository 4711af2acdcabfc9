import type { LogEntry, LogFunction } from "../index.ts";

/**
 * Lines per second; a terminal shows no more, and writing them would slow the broker down. Warnings have a part of their own, so
 * that neither takes the room of the other.
 */
const MAX_LINES = 400;
const MAX_WARNINGS = 100;

/** Where lines go: a stream, such as `process.stdout`. */
interface LineOutput {
  /** False if nothing should be written until `drain`. */
  write(line: string): boolean;
  on(event: "drain" | "error", listener: () => void): unknown;
}

export interface CliLogOptions {
  /** For people, or JSON lines: `{"time","level","message","connectionId","uuid"}`. */
  readonly format: "text" | "json";
  /** Whether entries of the level `debug` are written. */
  readonly verbose: boolean;
  readonly output: LineOutput;
  /** A monotonic clock, in milliseconds. */
  readonly now: () => number;
}

export interface CliLog {
  readonly write: LogFunction;
  /** Says how many lines were left out since it was said last. */
  flush(): void;
}

/** Writes the log, as far as it can be read: lines beyond that are counted, and never kept. */
export function createCliLog({ format, verbose, output, now }: CliLogOptions): CliLog {
  let second = 0;
  let lines = 0;
  let warnings = 0;
  let leftOut = 0;
  let isRead = true;
  const print = (entry: LogEntry) => {
    isRead = output.write(`${format === "json" ? toJson(entry) : toText(entry)}\n`);
  };
  const flush = () => {
    if (leftOut > 0 && isRead) {
      const message = `… ${leftOut} ${leftOut === 1 ? "line" : "lines"} left out: more than can be read`;
      leftOut = 0;
      print({ level: "info", message });
    }
  };
  output.on("drain", () => {
    isRead = true;
    flush();
  });
  output.on("error", () => {
    // Whoever read it has gone, such as `head`. The broker goes on.
    isRead = false;
  });
  const write: LogFunction = (entry) => {
    if (entry.level === "debug" && !verbose) {
      return;
    }
    const current = Math.floor(now() / 1_000);
    if (current !== second) {
      second = current;
      lines = 0;
      warnings = 0;
      flush();
    }
    const matters = entry.level === "warn" || entry.level === "error";
    lines += matters ? 0 : 1;
    warnings += matters ? 1 : 0;
    const isTooMuch = matters ? warnings > MAX_WARNINGS : lines > MAX_LINES;
    if (isTooMuch || !isRead) {
      leftOut += 1;
    } else {
      print(entry);
    }
  };
  return { write, flush };
}

function toText({ level, message, connectionId }: LogEntry): string {
  const time = new Date().toISOString().slice(11, 23);
  const connection = connectionId === undefined ? "" : `[${connectionId}] `;
  return `${time} ${level.padEnd(5)} ${connection}${message}`;
}

function toJson({ level, message, connectionId, uuid }: LogEntry): string {
  return JSON.stringify({ time: new Date().toISOString(), level, message, connectionId, uuid });
}
