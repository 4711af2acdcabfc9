import { expect } from "vitest";

/** Waits for what is expected. Programs start and connect again meanwhile, on a machine that may be busy. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 30_000 });
}
