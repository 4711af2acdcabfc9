import { expect, it } from "vitest";
import { BACKLOG_BOUND, runBacklog } from "../support/chaos/backlog.ts";

it("20,000 stored events: the heap grows by a few pages, and all arrive in order", {
  timeout: 120_000,
}, async () => {
  const { storing, draining, arrived, isInOrder } = await runBacklog(20_000);
  expect({ arrived, isInOrder }).toEqual({ arrived: 20_000, isInOrder: true });
  for (const { before, most } of [storing, draining]) {
    expect(most - before).toBeLessThan(BACKLOG_BOUND);
  }
});
