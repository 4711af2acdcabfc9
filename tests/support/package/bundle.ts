import { gzipSync } from "node:zlib";
import { type BuildOptions, build } from "esbuild";

/** What an application's bundler makes of a file. */
export interface Bundle {
  readonly code: string;
  readonly bytes: number;
  readonly gzippedBytes: number;
  /** The bytes of the bundle that come from each file; files that were read, and left out again, have 0. */
  readonly inputs: ReadonlyMap<string, number>;
  /** What the bundle still imports or requires. */
  readonly imports: readonly string[];
}

/** Bundles one file for a browser, unless the options say otherwise. */
export async function bundle(entry: string, options: BuildOptions = {}): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
    ...options,
  });
  const [file] = outputFiles ?? [];
  const [output] = Object.values(metafile?.outputs ?? {});
  if (file === undefined || output === undefined) {
    throw new Error(`esbuild made nothing of ${entry}.`);
  }
  return {
    code: file.text,
    bytes: file.contents.length,
    gzippedBytes: gzipSync(file.contents).length,
    inputs: new Map([
      ...Object.keys(metafile?.inputs ?? {}).map((path) => [path, 0] as const),
      ...Object.entries(output.inputs).map(([path, { bytesInOutput }]) => [path, bytesInOutput] as const),
    ]),
    imports: [...new Set(output.imports.map(({ path }) => path))].sort(),
  };
}

/** The bytes that come from files whose path fits. */
export function share({ inputs }: Bundle, path: RegExp): number {
  return [...inputs].reduce((sum, [each, bytes]) => (path.test(each) ? sum + bytes : sum), 0);
}
