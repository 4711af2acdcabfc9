import type { RuntimeCase } from "../case.ts";
import { BUN } from "./bun.ts";
import { BUNDLER_CASES } from "./bundlers.ts";
import { CHROMIUM } from "./chromium.ts";
import { DENO } from "./deno.ts";
import { ESBUILD_NODE } from "./esbuild-node.ts";
import { FIREFOX } from "./firefox.ts";
import { NODE_CASES } from "./node.ts";
import { TEST_RUNNER_CASES } from "./test-runners.ts";

/** In the order of the table. */
export const CASES: readonly RuntimeCase[] = [
  ...NODE_CASES,
  BUN,
  DENO,
  CHROMIUM,
  FIREFOX,
  ESBUILD_NODE,
  ...TEST_RUNNER_CASES,
  ...BUNDLER_CASES,
];
