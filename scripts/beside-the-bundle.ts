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
  return fileBeside(source, (format) => `${name}.${format === "cjs" ? "cjs" : "js"}`);
}

/** The same with one file for both formats. */
export function fileBeside(source: string, file: string | ((format: string | undefined) => string)): Plugin {
  const left = resolve(source);
  return {
    name: `${source} beside the bundle`,
    setup(build) {
      const name = typeof file === "string" ? file : file(build.initialOptions.format);
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) =>
        kind !== "entry-point" && resolve(resolveDir, path) === left
          ? { path: `./${name}`, external: true }
          : undefined,
      );
    },
  };
}

/** Leaves a large package out of a bundle: it is in a file beside it, once for those who import and those who require. */
export function packageBeside(name: string, file: string): Plugin {
  return {
    name: `${name} beside the bundle`,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, ({ kind }) =>
        kind === "entry-point" ? undefined : { path: `./${file}`, external: true },
      );
    },
  };
}

/** Takes nothing in the place of a package. For those who ask whether it is there. */
export function without(name: string): Plugin {
  return {
    name: `without ${name}`,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, ({ path }) => ({ path, namespace: "nothing" }));
      build.onLoad({ filter: /./, namespace: "nothing" }, () => ({
        contents: "module.exports = undefined;",
      }));
    },
  };
}
