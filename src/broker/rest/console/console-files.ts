/** The files of the console page, as texts. */
export interface ConsoleFiles {
  readonly page: string;
  readonly script: string;
  readonly style: string;
}

/**
 * From the sources the page is built when it is first asked for. In the package they are inside the bundle: see
 * `scripts/console-inside.ts`, which puts another function in the place of this one.
 */
export async function readConsoleFiles(): Promise<ConsoleFiles> {
  const { buildConsole } = await import("../../../../scripts/build-console.ts");
  return buildConsole();
}
