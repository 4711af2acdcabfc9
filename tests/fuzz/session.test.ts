import { expect, it } from "vitest";
import { describeFailure, fuzz } from "../support/fuzz/fuzz.ts";
import { SEED } from "../support/seed.ts";

const ROUNDS = Number(process.env["FUZZ_ROUNDS"] ?? 300);
/** For mutants it is enough to know that one fails. */
const SHRINK = process.env["FUZZ_SHRINK"] !== "no";

// Each round is a program of its own: tests/support/fuzz/program.ts says what it may do, tests/support/fuzz/run.ts what must hold.
it(`${ROUNDS} random programs (SEED=${SEED}): every promise settles, in order, nothing lost, nothing left`, {
  timeout: 200 * ROUNDS,
}, async () => {
  const failure = await fuzz({ rounds: ROUNDS, seed: SEED, shrink: SHRINK });
  expect(failure && describeFailure(failure, SEED)).toBeUndefined();
});
