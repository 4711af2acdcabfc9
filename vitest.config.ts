import { defineConfig } from "vitest/config";

const BROWSER = ["tests/browser/**/*.test.ts", "tests/chaos/browser.test.ts"];
const PACKAGING = "tests/packaging/**/*.test.ts";
const INTEROP = "tests/interop/**/*.test.ts";

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A rejection that nobody handles ends a user's process, so it fails the run here (vitest's default).
    dangerouslyIgnoreUnhandledErrors: false,
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["tests/**/*.test.ts"],
          exclude: [...BROWSER, PACKAGING, INTEROP],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "packaging",
          include: [PACKAGING],
          globalSetup: "tests/support/package/install.ts",
          // One file at a time, and after the others: compilers and browsers take what the machine has.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: BROWSER,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // Needs Python, Java and downloads: `npm run test:interop`, and not a part of `npm test`.
        extends: true,
        test: {
          name: "interop",
          include: [INTEROP],
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
