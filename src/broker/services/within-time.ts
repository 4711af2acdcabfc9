import { createContext, runInContext } from "node:vm";

/** What `withinTime` throws. */
export class OutOfTime extends Error {}

/** How often it is tried, each time with twice the time. */
const MAX_ATTEMPTS = 3;
/** Whoever has computed for this part of the limit was not kept from it by others on the machine. */
const OWN_SHARE = 0.75;

type CpuUsage = typeof process.cpuUsage;
/** The thread's own, which newer versions of Node.js tell: what other threads do says nothing about the check. */
const { threadCpuUsage } = process as { readonly threadCpuUsage?: CpuUsage };
const cpuUsage: CpuUsage = (threadCpuUsage ?? process.cpuUsage).bind(process);

/**
 * Runs something that others have made the effort of: data formats and values can be chosen so that a check multiplies.
 * It is broken off in the middle, and perhaps begun again, so it must not change anything that stays.
 *
 * The timeout measures the clock on the wall, which runs on while others on the machine compute. So each attempt is judged by
 * what it has computed itself: one that has had too little of the processor is repeated with more time.
 * @param limit in milliseconds.
 * @throws {OutOfTime} if it took longer.
 */
export function withinTime<T>(limit: number, run: () => T): T {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const start = cpuUsage();
    try {
      return runInContext("run()", createContext({ run }), { timeout: limit * 2 ** attempt });
    } catch (error) {
      // An error of the other context, whose Error is another class.
      if ((error as { code?: unknown } | null)?.code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") {
        throw error;
      }
    }
    const { user, system } = cpuUsage(start);
    if (user + system >= OWN_SHARE * limit * 1_000) {
      break;
    }
  }
  throw new OutOfTime(`took more than ${limit} ms`);
}
