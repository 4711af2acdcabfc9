import { Pair } from "../pair.ts";
import type { Series } from "./plan.ts";

/** Of each size what one unit costs, by the keys of the plan. */
export type Costs = ReadonlyMap<number, Readonly<Record<string, number>>>;

/** Measures a series: each size with a client and a server in processes of their own. */
export async function measureSeries({ runs, sizes, warmUp, enough }: Series): Promise<Costs> {
  const costs = new Map<number, Record<string, number>>();
  for (const size of sizes) {
    const ofSize: Record<string, number> = {};
    for (const [name, { program, work }] of Object.entries(runs)) {
      const pair = await Pair.start({ program: `growth/sides/${program}.mjs`, sink: "sinks/msb.mjs" }, 1);
      const rounds = Math.max(1, Math.min(5, Math.floor(enough / size)));
      const measured = await pair.ask<Record<string, number>>({ work, size, warmUp, rounds });
      for (const [key, cost] of Object.entries(measured)) {
        ofSize[`${name} ${key}`] = cost;
      }
      await pair.stop();
    }
    costs.set(size, ofSize);
  }
  return costs;
}

/** Of two measurements of one series the lesser costs. */
export function leastOf(first: Costs, second: Costs): Costs {
  return new Map(
    [...first].map(([size, costs]) => {
      const others = second.get(size) ?? {};
      const least = Object.entries(costs).map(
        ([key, cost]) => [key, Math.min(cost, others[key] ?? cost)] as const,
      );
      return [size, Object.fromEntries(least)];
    }),
  );
}
