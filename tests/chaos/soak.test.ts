import { expect, it } from "vitest";
import { SEED } from "../support/seed.ts";
import { runSoak } from "../support/soak/soak.ts";

it("a client under steady load and faults always comes back by itself, and loses nothing", {
  timeout: 120_000,
}, async () => {
  const report = await runSoak({ seed: SEED, seconds: 20, restEvery: 8 });
  expect(report.findings, `npm run soak -- --minutes 1 --seed ${SEED}`).toEqual([]);
  expect(report.faults).toBeGreaterThan(5);
  expect(report.registrations).toBeGreaterThan(5);
  expect(report.answeredCalls).toBeGreaterThan(20);
});
