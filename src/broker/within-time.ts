import { createContext, runInContext } from "node:vm";

/** What `withinTime` throws. */
export class OutOfTime extends Error {}

/**
 * Runs something that others have made the effort of: data formats and values can be chosen so that a check multiplies.
 * It is broken off in the middle, so it must not change anything that stays.
 * @param limit in milliseconds.
 * @throws {OutOfTime} where it took longer.
 */
export function withinTime<T>(limit: number, run: () => T): T {
  try {
    return runInContext("run()", createContext({ run }), { timeout: limit });
  } catch (error) {
    // An error of the other context, whose Error is another class.
    if ((error as { code?: unknown } | null)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") {
      throw new OutOfTime(`took more than ${limit} ms`);
    }
    throw error;
  }
}
