import { describe, expect, it } from "vitest";
import { runChaos } from "../support/chaos/chaos.ts";
import { FAULT_KINDS, type FaultKind } from "../support/chaos/faults.ts";
import { makePlan } from "../support/chaos/plan.ts";
import { SEED } from "../support/seed.ts";

describe("3,000 cached events under 60 faults: none lost, in order, duplicates only of what was in flight", () => {
  it.concurrent.each([
    { framing: "sockjs", ids: 1_000, seed: 1 },
    { framing: "raw", ids: 1, seed: 2 },
    { framing: "sockjs", ids: 1, seed: SEED },
  ] as const)("$framing, $ids ids, seed $seed", { timeout: 60_000 }, async (variant) => {
    const report = await runChaos({ ...variant, events: 3_000, faults: 60, ackTimeout: 250 });
    expect(report.findings, `SEED=${variant.seed} npm run chaos -- --events 3000 --faults 60`).toEqual([]);
    // As many events as were published, less those that were refused and never sent again.
    expect(report.arrived + report.refused).toBeGreaterThanOrEqual(3_000);
    expect([...report.faults.values()].reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(report.registrations).toBeGreaterThan(5);
  });

  it("has every kind of fault in its plans", () => {
    const kinds = new Set(makePlan(1, 100_000, 1_000).map(({ fault }) => fault.kind));
    expect([...kinds].sort()).toEqual([...FAULT_KINDS].sort());
  });
});

describe("one kind of fault alone", () => {
  const variants = (["sockjs", "raw"] as const).flatMap((framing) =>
    (["delay", "split", "joined", "slow reader"] as const).map((kind): [FaultKind, typeof framing] => [
      kind,
      framing,
    ]),
  );
  const run = (kind: FaultKind, framing: "sockjs" | "raw") =>
    runChaos({ seed: 1, events: 500, faults: 10, ids: 1, framing, kinds: [kind], ackTimeout: 10_000 });

  it.concurrent.each(variants)("%s (%s): one connection, and every event once", async (kind, framing) => {
    const { findings, arrived, duplicates, dials } = await run(kind, framing);
    expect({ findings, arrived, duplicates, dials }).toEqual({
      findings: [],
      arrived: 500,
      duplicates: 0,
      dials: 1,
    });
  });

  it.concurrent("NIO injected: the publishers of just those events are told", async () => {
    const { findings, arrived, duplicates, dials, refused } = await run("NIO injected", "sockjs");
    expect(refused).toBeGreaterThan(10);
    expect({ findings, arrived, duplicates, dials }).toEqual({
      findings: [],
      arrived: 500 - refused,
      duplicates: 0,
      dials: 1,
    });
  });
});
