import { defineConfig } from "vitest/config";

/**
 * The tests that `npm run mutation` runs for every mutant: those without real sockets, processes and time. With
 * MUTATION_FUZZ=no without the random programs, for code in which they find faults (no test may fail without a mutant).
 */
export default defineConfig({
  test: {
    include: [
      "tests/unit/*.test.ts",
      ...(process.env["MUTATION_FUZZ"] === "no" ? [] : ["tests/fuzz/**/*.test.ts"]),
    ],
    // About other files than those that are mutated.
    exclude: ["tests/unit/{definitions,properties,self-description,types}.test.ts"],
    env: { FUZZ_ROUNDS: "40", FUZZ_SHRINK: "no", SEED: "1" },
    // On a fake clock a test takes milliseconds, or waits for ever. Longer, and Stryker would start a new process for it.
    testTimeout: 2_000,
  },
});
