import { Pair } from "./pair.ts";
import { SIDES, type SideName, WORKS, type Work, type WorkName } from "./plan.ts";
import { type Row, spreadOf } from "./statistics.ts";

export interface MeasureOptions {
  readonly rounds: number;
  /** Part of the events: 0.1 is a tenth. */
  readonly scale: number;
  readonly works: readonly WorkName[];
  readonly sides: readonly SideName[];
}

/** Events, or calls, before those that are measured: while V8 compiles, any program takes several times as much. */
const WARM_UP = 20_000;

/** Measures works by sides that take turns, round by round. */
export async function measureWorks({ rounds, scale, works, sides }: MeasureOptions): Promise<readonly Row[]> {
  const measured = new Map<string, { rate: number; cpu: number }[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const side of sides) {
      const own = works.filter((work) => isDoneBy(work, side));
      if (own.length === 0) {
        continue;
      }
      const pair = await Pair.start(SIDES[side], Math.max(...own.map((work) => WORKS[work].count)));
      for (const work of own) {
        const { count: whole, isCold = false }: Work = WORKS[work];
        const count = Math.max(100, Math.round((whole * scale) / 100) * 100);
        const key = `${work} ${side}`;
        const runs = measured.get(key) ?? [];
        measured.set(key, runs);
        runs.push(await pair.measure(work, count, isCold ? 0 : Math.max(WARM_UP, count)));
      }
      await pair.stop();
      process.stderr.write(`round ${round + 1} of ${rounds}: ${side}\n`);
    }
  }
  return works.flatMap((work) => {
    const of = (side: SideName) => {
      const runs = measured.get(`${work} ${side}`) ?? [];
      return { rate: spreadOf(runs.map(({ rate }) => rate)), cpu: spreadOf(runs.map(({ cpu }) => cpu)) };
    };
    const bare = of("bare");
    return sides
      .filter((side) => isDoneBy(work, side))
      .map((side): Row => {
        const { rate, cpu } = of(side);
        return {
          work,
          title: WORKS[work].title,
          side,
          rate,
          cpu,
          rateRatio: rate.median / bare.rate.median,
          cpuRatio: cpu.median / bare.cpu.median,
        };
      });
  });
}

/** Bytes of heap of a client that is connected and does nothing, for each side. */
export async function measureIdle(
  count: number,
  sides: readonly SideName[],
): Promise<Readonly<Record<string, number>>> {
  const heaps: Record<string, number> = {};
  for (const side of sides) {
    const pair = await Pair.start(SIDES[side], 1);
    heaps[side] = await pair.measureIdle(count);
    await pair.stop();
  }
  return heaps;
}

function isDoneBy(work: WorkName, side: SideName): boolean {
  return (WORKS[work].sides as readonly SideName[]).includes(side);
}
