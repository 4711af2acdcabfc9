import { resolve } from "node:path";
import type { Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/** Takes another module of the sources in the place of one. */
export function inPlaceOf(source: string, other: string): Plugin {
  return {
    name: `${other} in place of ${source}`,
    setup(build) {
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ path, resolveDir }) =>
        resolve(resolveDir, path) === resolve(source) ? { path: resolve(other) } : undefined,
      );
    },
  };
}

/** Leaves a module of the sources out of a bundle: the bundle imports what another entry makes of it, from beside it. */
export function besideTheBundle(source: string, name: string): Plugin {
  const file = resolve(source);
  return {
    name: `${name} beside the bundle`,
    setup(build) {
      const extension = build.initialOptions.format === "cjs" ? "cjs" : "js";
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) =>
        kind !== "entry-point" && resolve(resolveDir, path) === file
          ? { path: `./${name}.${extension}`, external: true }
          : undefined,
      );
    },
  };
}
