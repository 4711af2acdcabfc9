import { availableParallelism } from "node:os";
import { defineConfig, type Plugin } from "vitest/config";

const BROWSER = ["tests/browser/**/*.test.ts", "tests/chaos/browser.test.ts", "tests/docs/site.test.ts"];
const PACKAGING = "tests/packaging/**/*.test.ts";
const INTEROP = "tests/interop/**/*.test.ts";
/** Versions of zod that are supported besides the newest: their packages are called `zod-4.3` and so on. */
const OLDER_ZOD = ["3.25", "4.0", "4.3"];
/** What depends on zod most. */
const ZOD = ["tests/core/{data-format,self-description}/*.test.ts", "tests/level-store/records.test.ts"];
/** vitest itself leaves one core free, which on two of them is half of the machine. */
const CORES = availableParallelism();
/** Files of compilers and browsers at a time: they wait for other programs as often as these take what the machine has. */
const HEAVY = Math.min(2, CORES);
/** With `ZOD=4.3` the tests of the sources run with that version. */
const chosenZod = process.env["ZOD"];
/** How often each property is tried, see `tests/support/properties.ts`. */
const TIMES = Number(process.env["TIMES"] ?? 1);

export default defineConfig({
  test: {
    // For what hangs; long enough for a machine that is busy with something else.
    testTimeout: 60_000 * TIMES,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    // A rejection that nobody handles ends a user's process, so it fails the run here (vitest's default).
    dangerouslyIgnoreUnhandledErrors: false,
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["tests/**/*.test.ts"],
          exclude: [...BROWSER, PACKAGING, INTEROP],
          maxWorkers: CORES,
          sequence: { groupOrder: 0 },
        },
        plugins: chosenZod === undefined ? [] : [zodPlugin(chosenZod)],
      },
      ...OLDER_ZOD.map((version) => ({
        extends: true as const,
        test: { name: `zod-${version}`, include: ZOD, maxWorkers: CORES, sequence: { groupOrder: 0 } },
        plugins: [zodPlugin(version)],
      })),
      {
        extends: true,
        test: {
          name: "packaging",
          include: [PACKAGING],
          globalSetup: "tests/support/package/install.ts",
          // After the others.
          maxWorkers: HEAVY,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: BROWSER,
          maxWorkers: HEAVY,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Needs Python, Java and downloads: `npm run test:interop`, and not a part of `npm test`.
        extends: true,
        test: {
          name: "interop",
          include: [INTEROP],
          globalSetup: "tests/support/interop/prepare.ts",
          maxWorkers: HEAVY,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});

/**
 * Another version in the place of zod, for sources and tests alike. What zod 4 calls `zod` is `zod/v4` in zod 3.25. The broker stays
 * with the newest: what is published has it inside.
 */
function zodPlugin(version: string): Plugin {
  return {
    name: `zod-${version}`,
    enforce: "pre",
    resolveId(source, importer = "") {
      const [, part] = /^zod(?:\/v4)?(|\/core|\/mini)$/.exec(source) ?? [];
      return part === undefined || importer.includes("/src/broker/")
        ? undefined
        : this.resolve(`zod-${version}/v4${part}`, importer, { skipSelf: true });
    },
  };
}
