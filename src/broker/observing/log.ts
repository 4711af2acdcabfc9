/** How much an entry matters: `debug` is for anyone looking for a fault, `warn` is what a user should look at. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** One line of the broker's log. */
export interface LogEntry {
  readonly level: LogLevel;
  readonly message: string;
  /** The connection it is about, as in {@link ConnectionInfo.id}. */
  readonly connectionId?: string | undefined;
  /** The service it is about. */
  readonly uuid?: string | undefined;
}

/** Receives every entry of the log, at once and in order. What it throws is ignored. */
export type LogFunction = (entry: LogEntry) => void;

/** The broker's log; never throws. */
export interface Log {
  /** False if nobody reads it, so that no message has to be made. */
  readonly enabled: boolean;
  readonly write: LogFunction;
}

export function createLog(log: LogFunction | undefined): Log {
  if (log === undefined) {
    return { enabled: false, write: () => {} };
  }
  return {
    enabled: true,
    write: (entry) => {
      try {
        log(entry);
      } catch {
        // A log that fails must not end a connection, and there is nowhere left to report it.
      }
    },
  };
}
