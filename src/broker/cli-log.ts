import type { LogEntry, LogFunction } from "./index.ts";

/** Lines of the levels `debug` and `info` per second; a terminal shows no more, and writing them would slow the broker down. */
const MAX_LINES = 500;

/** Writes the log for people, or as JSON lines: `{"time","level","message","connectionId","uuid"}`. */
export function createCliLog(format: "text" | "json", debug: boolean): LogFunction {
  let second = 0;
  let lines = 0;
  const write = (entry: LogEntry) =>
    void process.stdout.write(`${format === "json" ? toJson(entry) : toText(entry)}\n`);
  return (entry) => {
    if (entry.level === "debug" && !debug) {
      return;
    }
    const now = Math.floor(performance.now() / 1_000);
    if (now !== second) {
      const leftOut = lines - MAX_LINES;
      if (leftOut > 0) {
        write({ level: "info", message: `… ${leftOut} lines left out: more than ${MAX_LINES} in a second` });
      }
      second = now;
      lines = 0;
    }
    const matters = entry.level === "warn" || entry.level === "error";
    lines += matters ? 0 : 1;
    if (matters || lines <= MAX_LINES) {
      write(entry);
    }
  };
}

function toText({ level, message, connectionId }: LogEntry): string {
  const time = new Date().toISOString().slice(11, 23);
  const connection = connectionId === undefined ? "" : `[${connectionId}] `;
  return `${time} ${level.padEnd(5)} ${connection}${message}`;
}

function toJson({ level, message, connectionId, uuid }: LogEntry): string {
  return JSON.stringify({ time: new Date().toISOString(), level, message, connectionId, uuid });
}
