// Builds the page. Node runs this, never the page: the package holds what came of it.
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";

/** The files of the page. Together they need nothing else. */
export interface ConsoleFiles {
  readonly page: string;
  readonly script: string;
  readonly style: string;
}

export async function buildConsole(
  plugins: NonNullable<BuildOptions["plugins"]> = [],
): Promise<ConsoleFiles> {
  const { outputFiles } = await build({
    entryPoints: [pathOf("main.tsx"), pathOf("style.css")],
    outdir: pathOf("."),
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    // `light-dark()` needs these. For older ones esbuild would take it apart.
    target: ["chrome123", "firefox120", "safari17.5"],
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    legalComments: "none",
    logLevel: "silent",
    plugins,
  });
  const output = (extension: string): string =>
    outputFiles.find(({ path }) => extname(path) === extension)?.text ?? "";
  return {
    page: await readFile(pathOf("index.html"), "utf8"),
    script: output(".js"),
    style: output(".css"),
  };
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
