import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Those with the most to do: a mutant that another test kills needs none of them. */
const LAST = /\/(stored|framing|registration|listeners|session)\.test\.ts$|\/fuzz\//;

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLast = ({ moduleId }: TestSpecification): number => (LAST.test(moduleId) ? 1 : 0);
    return [...files].sort((a, b) => isLast(a) - isLast(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

/**
 * The tests that `npm run mutation` runs for every mutant: those without real sockets, processes and time. With
 * MUTATION_FUZZ=no without the random programs, for code in which they find faults (no test may fail without a mutant).
 */
export default defineConfig({
  test: {
    include: [
      "tests/core/{codec,event-cache}/*.test.ts",
      "tests/session/**/*.test.ts",
      "tests/client/{call-queue,listeners,told-once}.test.ts",
      ...(process.env["MUTATION_FUZZ"] === "no" ? [] : ["tests/fuzz/**/*.test.ts"]),
    ],
    env: { FUZZ_ROUNDS: "40", FUZZ_SHRINK: "no", SEED: "1" },
    // Nothing here replaces modules. Loading them anew for every file would take most of the time.
    isolate: false,
    sequence: { sequencer: QuickFirst },
    // On a fake clock a test takes milliseconds, or waits for ever. Longer, and Stryker would start a new process for it.
    testTimeout: 2_000,
  },
});
