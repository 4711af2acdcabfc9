import { measureIdle, measureWorks } from "../measure.ts";
import type { WorkName } from "../plan.ts";
import type { Ratios } from "./judge.ts";

/** A fifth of what `npm run bench` does. */
const SCALE = 0.2;
const ROUNDS = 3;
const IDLE_CLIENTS = 1_000;
/** The heap of an idle client is measured like a work. */
export const IDLE_HEAP = "idle heap";

/** What ours takes of CPU, and of heap, next to bare `ws` in the same run. */
export async function measureRatios(works: readonly string[]): Promise<Ratios> {
  const sides = ["bare", "ours"] as const;
  const rows = await measureWorks({
    rounds: ROUNDS,
    scale: SCALE,
    works: works.filter((work): work is WorkName => work !== IDLE_HEAP),
    sides,
  });
  // The least of the rounds: what else the machine does adds to the others.
  const cpuOf = (work: string, side: string): number =>
    rows.find((row) => row.work === work && row.side === side)?.cpu.least ?? Number.NaN;
  const ratios = Object.fromEntries(
    rows
      .filter(({ side }) => side === "ours")
      .map(({ work }) => [work, cpuOf(work, "ours") / cpuOf(work, "bare")] as const),
  );
  if (!works.includes(IDLE_HEAP)) {
    return ratios;
  }
  const { bare, ours } = await measureIdle(IDLE_CLIENTS, sides);
  return { ...ratios, [IDLE_HEAP]: (ours ?? Number.NaN) / (bare ?? Number.NaN) };
}
