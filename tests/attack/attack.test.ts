import { expect, test } from "vitest";
import { COST_BOUND, runFuzz } from "../support/attack/fuzz.ts";
import { HEAP_BOUND, runHeap } from "../support/attack/heap.ts";

// The long version of both: npm run attack.
test.each([1, 20])(
  "60 MB of the worst messages on %i connections leave the heap below its bound",
  { timeout: 300_000 },
  async (connections) => {
    const figures = await runHeap({ megabytes: 60, connections, maxHeap: HEAP_BOUND });
    expect(figures.most).toBeLessThanOrEqual(HEAP_BOUND);
    expect(figures.stateSize).toBeLessThan(5_000_000);
  },
);

test("no step of an attack stops the broker", { timeout: 300_000 }, async () => {
  const costs = await runFuzz({ seed: 1, seconds: 0 });
  // Three times what `npm run attack` allows on a quiet machine: here other tests compete for the processor. What it is
  // there to notice took many seconds.
  expect([...costs].filter(([, cost]) => cost > 3 * COST_BOUND)).toEqual([]);
  expect(costs.size).toBeGreaterThan(50);
});
