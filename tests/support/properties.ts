import fc from "fast-check";
import { SEED } from "./seed.ts";

const TIMES = Number(process.env["TIMES"] ?? 1);

/** How often a property is tried: `count` times, with `TIMES=50` fifty times as often. */
export function runs(count: number): number {
  return count * TIMES;
}

fc.configureGlobal({ seed: SEED, numRuns: runs(100) });

/** fast-check with the seed of the tests. */
export default fc;
