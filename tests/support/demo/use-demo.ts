import { afterAll, beforeAll } from "vitest";
import { Demo } from "./demo.ts";

/** One demo for all tests of a file, or of a part of it. */
export function useDemo(): () => Demo {
  let demo: Demo | undefined;

  beforeAll(async () => {
    demo = await Demo.start();
  });

  afterAll(() => demo?.[Symbol.asyncDispose]());

  return () => {
    if (demo === undefined) {
      throw new Error("The demo runs while there are tests.");
    }
    return demo;
  };
}
