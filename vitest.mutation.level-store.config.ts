import { defineConfig } from "vitest/config";

/** The tests that `npm run mutation:level-store` runs for every mutant: those on a real LevelDB that start no process. */
export default defineConfig({
  test: {
    include: ["tests/level-store/{lifecycle,platform,key-ranges,records,contract,reading,refused}.test.ts"],
    isolate: false,
    env: { STORE_RUNS: "15" },
    testTimeout: 5_000,
  },
});
