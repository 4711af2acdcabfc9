import { measureIdle, measureWorks } from "../measure.ts";
import { type SideName, WORKS, type Work, type WorkName } from "../plan.ts";
import type { Ratios } from "./judge.ts";

/** A fifth of what `npm run bench` does. */
const SCALE = 0.2;
const ROUNDS = 3;
const IDLE_CLIENTS = 1_000;
/** This client, and this client with options. */
const OURS = ["ours", "batch", "merged"] as const satisfies readonly SideName[];
/** The heap of an idle client is measured like a work. */
const IDLE_HEAP = "idle heap";

/** What is measured: each work by each side of ours that does it, `int ours`. */
export const RATIOS: readonly string[] = [
  ...Object.entries<Work>(WORKS)
    .filter(([, { isCold }]) => isCold !== true)
    .flatMap(([work, { sides }]) =>
      OURS.filter((side) => sides.includes(side)).map((side) => nameOf(work, side)),
    ),
  IDLE_HEAP,
];

/** What ours takes of CPU, and of heap, next to bare `ws` in the same run. */
export async function measureRatios(names: readonly string[]): Promise<Ratios> {
  const works = Object.keys(WORKS) as WorkName[];
  const isAsked = (work: string, side: string): boolean => names.includes(nameOf(work, side));
  const rows = await measureWorks({
    rounds: ROUNDS,
    scale: SCALE,
    works: works.filter((work) => OURS.some((side) => isAsked(work, side))),
    sides: ["bare", ...OURS.filter((side) => works.some((work) => isAsked(work, side)))],
  });
  // The least of the rounds: what else the machine does adds to the others.
  const ratios = rows
    .filter(({ work, side }) => isAsked(work, side))
    .map(({ work, side, cpu }) => {
      const bare = rows.find((row) => row.work === work && row.side === "bare")?.cpu.least ?? Number.NaN;
      return [nameOf(work, side), cpu.least / bare] as const;
    });
  return { ...Object.fromEntries(ratios), ...(names.includes(IDLE_HEAP) ? await measureIdleHeap() : {}) };
}

async function measureIdleHeap(): Promise<Ratios> {
  const { bare, ours } = await measureIdle(IDLE_CLIENTS, ["bare", "ours"]);
  return { [IDLE_HEAP]: (ours ?? Number.NaN) / (bare ?? Number.NaN) };
}

function nameOf(work: string, side: string): string {
  return `${work} ${side}`;
}
