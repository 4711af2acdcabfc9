import { expect, it } from "vitest";
import { runCrash } from "../support/chaos/crash.ts";
import { SEED } from "../support/seed.ts";

it.each([{ sync: false }, { sync: true }])(
  "a publisher killed with SIGKILL 5 times: what was reported as stored arrives, in order (sync: $sync)",
  { timeout: 120_000 },
  async ({ sync }) => {
    const { findings, reported, arrived } = await runCrash({ seed: SEED, kills: 5, sync });
    expect(findings, `SEED=${SEED}`).toEqual([]);
    expect(reported).toBeGreaterThan(0);
    expect(arrived).toBeGreaterThanOrEqual(reported);
  },
);
