// The console page of the development broker: three files that need nothing else.
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import type { ConsoleFiles } from "../src/broker/rest/console/console-files.ts";

const file = (path: string): string => fileURLToPath(new URL(`../src/console/${path}`, import.meta.url));

export async function buildConsole(
  plugins: NonNullable<BuildOptions["plugins"]> = [],
): Promise<ConsoleFiles> {
  const { outputFiles } = await build({
    entryPoints: [file("main.tsx"), file("style.css")],
    outdir: file("."),
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    // `light-dark()` is what these are needed for; it would be taken apart for older ones.
    target: ["chrome123", "firefox120", "safari17.5"],
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    legalComments: "none",
    logLevel: "silent",
    plugins,
  });
  const text = (extension: string): string =>
    outputFiles.find(({ path }) => extname(path) === extension)?.text ?? "";
  return { page: await readFile(file("index.html"), "utf8"), script: text(".js"), style: text(".css") };
}
