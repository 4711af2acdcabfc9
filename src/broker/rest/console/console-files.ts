import type { ConsoleFiles } from "../../../console/build.ts";

/**
 * Builds the page from its sources. In the package it is built already: `scripts/console-page.ts` replaces this
 * module there, so that neither the builder nor esbuild is in it.
 */
export async function readConsoleFiles(): Promise<ConsoleFiles> {
  const { buildConsole } = await import("../../../console/build.ts");
  return buildConsole();
}
