import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A rejection that nobody handles ends a user's process, so it fails the run here (vitest's default).
    dangerouslyIgnoreUnhandledErrors: false,
  },
});
