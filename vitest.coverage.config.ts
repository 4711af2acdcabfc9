import { defineConfig } from "vitest/config";

/**
 * What `npm run coverage` runs: the tests that execute the sources in this process. Those of the package and of the browser run what
 * was built; chaos, attack and the tests of processes start processes of their own, which are not counted.
 */
export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    include: ["tests/**/*.test.ts"],
    exclude: [
      "tests/{attack,browser,chaos,docs,interop,packaging}/**",
      "tests/broker/processes.test.ts",
      // Looks at how long checks take, and code that is being measured is slower.
      "tests/broker/protocol/limits.test.ts",
    ],
    coverage: {
      enabled: true,
      provider: "v8",
      include: ["src/**/*.ts"],
      // Runs in a browser only.
      exclude: ["src/console/**"],
      reporter: ["html", "json-summary"],
      reportsDirectory: "reports/coverage",
      // Figures of a run that failed are still figures: what did not run shows.
      reportOnFailure: true,
    },
  },
});
