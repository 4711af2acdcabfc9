import { defineConfig } from "vitest/config";

/** The tests that `npm run mutation` runs for every mutant: those without real sockets, processes and time. */
export default defineConfig({
  test: {
    include: ["tests/unit/*.test.ts", "tests/fuzz/**/*.test.ts"],
    // Of other files than those that are mutated.
    exclude: ["tests/unit/{definitions,properties,self-description,types}.test.ts"],
    env: { FUZZ_ROUNDS: "40", SEED: "1" },
    testTimeout: 20_000,
  },
});
