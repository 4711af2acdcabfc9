import { clip } from "./clip.ts";
import type { Clock } from "./clock.ts";
import { ignore } from "./ignore.ts";
import { LogThrottle } from "./log-throttle.ts";

/**
 * Where the client writes what happens. `console` works, and so do pino, winston and the like.
 * @example
 * const log = (level: string) => (message: string) => console.log(JSON.stringify({ level, message }));
 * const logger: Logger = { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") };
 * const client = new MsbClient({ ...identity, logger, logLevel: "info" });
 */
export interface Logger {
  /** What helps to find a fault. */
  debug(message: string): void;
  /** What happens: connected, registered, lost. */
  info(message: string): void;
  /** What may be wrong, and goes on. */
  warn(message: string): void;
  /** What failed, and nobody else hears of. */
  error(message: string): void;
}

/** What is written: `trace` adds every message sent and received to `debug`. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "silent";

type LineLevel = keyof Logger;

const RANK: Record<LogLevel, number> = { trace: 0, debug: 1, info: 2, warn: 3, error: 4, silent: 5 };

/** A line is never longer, but for a trace: errors may quote what the server sent. */
const MAX_LINE = 2_000;

/** Writes to the console, each line headed by what it comes from. */
export const consoleLogger: Logger = {
  debug: (message) => console.debug(`[msb] ${message}`),
  info: (message) => console.info(`[msb] ${message}`),
  warn: (message) => console.warn(`[msb] ${message}`),
  error: (message) => console.error(`[msb] ${message}`),
};

/** A logger that passes on only what the level asks for, and of one cause only a few lines a second. */
export class LevelLogger {
  #target: Logger;
  #level: LogLevel;
  readonly #clock: Clock;
  /** Made for the first line: most clients have none to write. */
  #throttle: LogThrottle<LineLevel> | undefined;
  /** What was said by `enableDebug` and `enableTrace`, if anything. */
  #debug: boolean | undefined;
  #trace: boolean | undefined;

  constructor(target: Logger, level: LogLevel, clock: Clock) {
    this.#target = target;
    this.#level = level;
    this.#clock = clock;
  }

  /** Two flags and an option, one level: trace stands above debug, and both above the option. */
  get level(): LogLevel {
    if (this.#trace === true) {
      return "trace";
    }
    if (this.#debug === true) {
      return "debug";
    }
    // What was turned off is off, whatever the option says.
    if (this.#debug === false) {
      return lessOf(this.#level, "info");
    }
    if (this.#trace === false) {
      return lessOf(this.#level, "debug");
    }
    return this.#level;
  }

  /** Both from the next line on. */
  change(target: Logger, level: LogLevel): void {
    this.#target = target;
    this.#level = level;
  }

  enableDebug(enabled: boolean): void {
    this.#debug = enabled;
  }

  enableTrace(enabled: boolean): void {
    this.#trace = enabled;
  }

  /** Asked before what is traced for every message, so that it costs nothing while nobody reads it. */
  get isTracing(): boolean {
    return this.level === "trace";
  }

  /** Takes a function, so that nothing is put together that nobody reads. Never held back: who asks for all gets all. */
  trace(message: () => string): void {
    if (this.isTracing) {
      this.#write("debug", message());
    }
  }

  debug(message: string): void {
    this.#log("debug", message);
  }

  info(message: string): void {
    this.#log("info", message);
  }

  warn(message: string): void {
    this.#log("warn", message);
  }

  error(message: string): void {
    this.#log("error", message);
  }

  /** Says at once what was left out so far; no timer is left. */
  flush(): void {
    this.#throttle?.flush();
  }

  #log(level: LineLevel, message: string): void {
    if (RANK[level] < RANK[this.level]) {
      return;
    }
    this.#throttle ??= new LogThrottle(this.#clock, (lineLevel, line) => this.#write(lineLevel, line));
    this.#throttle.log(level, clip(message, MAX_LINE));
  }

  #write(level: LineLevel, line: string): void {
    try {
      // A logger may be async although its type says void.
      const returned: unknown = this.#target[level](line);
      if (returned instanceof Promise) {
        returned.catch(ignore);
      }
    } catch {
      // A logger that throws must not take the connection with it.
    }
  }
}

function lessOf(one: LogLevel, other: LogLevel): LogLevel {
  return RANK[one] > RANK[other] ? one : other;
}
