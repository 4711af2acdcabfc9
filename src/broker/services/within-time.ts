import { createContext, runInContext } from "node:vm";

/** What `withinTime` throws. */
export class OutOfTime extends Error {}

/** How often it is tried again, with twice the time, because others on the machine had the time. */
const MAX_TRIES = 3;

/**
 * Runs something that others have made the effort of: data formats and values can be chosen so that a check multiplies.
 * It is broken off in the middle, and perhaps begun again, so it must not change anything that stays.
 * @param limit in milliseconds.
 * @throws {OutOfTime} where it took longer.
 */
export function withinTime<T>(limit: number, run: () => T): T {
  const start = process.cpuUsage();
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    try {
      return runInContext("run()", createContext({ run }), { timeout: limit * 2 ** attempt });
    } catch (error) {
      // An error of the other context, whose Error is another class.
      if ((error as { code?: unknown } | null)?.code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") {
        throw error;
      }
    }
    const { user, system } = process.cpuUsage(start);
    if (user + system > (limit * 1_000) / 2) {
      break;
    }
  }
  throw new OutOfTime(`took more than ${limit} ms`);
}
