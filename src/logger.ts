/** Where the client writes what happens. `console` fits, and so do pino, winston and the like. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** What is written: `trace` adds every message sent and received to `debug`. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "silent";

const RANK: Record<LogLevel, number> = { trace: 0, debug: 1, info: 2, warn: 3, error: 4, silent: 5 };

/** Writes to the console, each line headed by what it comes from. */
export const consoleLogger: Logger = {
  debug: (message) => console.debug(`[msb] ${message}`),
  info: (message) => console.info(`[msb] ${message}`),
  warn: (message) => console.warn(`[msb] ${message}`),
  error: (message) => console.error(`[msb] ${message}`),
};

/** A logger that passes on only what the level asks for. */
export class LevelLogger {
  readonly #target: Logger;
  level: LogLevel;

  constructor(target: Logger, level: LogLevel) {
    this.#target = target;
    this.level = level;
  }

  /** Takes a function, so that nothing is put together that nobody reads. */
  trace(message: () => string): void {
    if (this.level === "trace") this.#target.debug(message());
  }

  debug(message: string): void {
    this.#write("debug", message);
  }

  info(message: string): void {
    this.#write("info", message);
  }

  warn(message: string): void {
    this.#write("warn", message);
  }

  error(message: string): void {
    this.#write("error", message);
  }

  #write(level: "debug" | "info" | "warn" | "error", message: string): void {
    if (RANK[level] < RANK[this.level]) return;
    try {
      this.#target[level](message);
    } catch {
      // A logger that throws must not take the connection with it.
    }
  }
}
