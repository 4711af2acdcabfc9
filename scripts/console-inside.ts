import type { Options } from "tsup";
import { buildConsole } from "../src/console/build.ts";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/**
 * Puts the console page into the bundle of the broker, as strings: nothing is built where the package is used.
 * @param plugins take part in the building of the page, too.
 */
export function consoleInside(plugins: readonly Plugin[]): Plugin {
  return {
    name: "console inside",
    setup(build) {
      build.onLoad({ filter: /src[\\/]broker[\\/]rest[\\/]console[\\/]console-files\.ts$/ }, async () => ({
        contents: `export const readConsoleFiles = async () => (${JSON.stringify(await buildConsole([...plugins]))});`,
        loader: "js",
      }));
    },
  };
}
