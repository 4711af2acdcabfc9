import type { Options } from "tsup";
import { buildConsole } from "../src/console/build.ts";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/**
 * Puts the console page in the place of what builds it, as strings: nothing is built where the package is used.
 * @param plugins take part in the building of the page, too.
 */
export function consolePage(plugins: readonly Plugin[]): Plugin {
  return {
    name: "console page",
    setup(build) {
      build.onLoad({ filter: /src[\\/]broker[\\/]rest[\\/]console[\\/]console-files\.ts$/ }, async () => ({
        contents: `export const readConsoleFiles = async () => (${JSON.stringify(await buildConsole([...plugins]))});`,
        loader: "js",
      }));
    },
  };
}
