// The page's program and styles, made of demo/page/main.tsx and style.css, and the SDK for pages without a bundler.
import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildContext, type BuildOptions, context } from "esbuild";

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const COMMON: BuildOptions = {
  bundle: true,
  write: false,
  platform: "browser",
  legalComments: "none",
  logLevel: "silent",
};

const PAGE: BuildOptions = {
  ...COMMON,
  entryPoints: { app: pathOf("../page/main.tsx"), style: pathOf("../page/style.css") },
  outdir: pathOf("../page"),
  format: "esm",
  // `light-dark()` needs these. For older ones esbuild would take it apart.
  target: ["chrome123", "firefox120", "safari17.5"],
  jsx: "automatic",
  jsxImportSource: "preact",
  sourcemap: "inline",
};

/** As `dist/index.global.js`, of the sources as they are: a clone has no `dist` yet. */
const SDK: BuildOptions = {
  ...COMMON,
  entryPoints: { msb: pathOf("../../src/index.ts") },
  outdir: pathOf("../page"),
  format: "iife",
  globalName: "msb",
  target: "es2022",
};

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** A file that was built. */
export interface BuiltFile {
  readonly type: string;
  readonly body: string;
}

export class PageBundle {
  readonly #contexts = new Map<BuildOptions, Promise<BuildContext>>();

  /**
   * A file of the page, as the sources are now: `app.js`, `app.css` with the styles that its modules import, `style.css`.
   * Several that are asked for at once share a build.
   */
  page(name: "app.js" | "app.css" | "style.css"): Promise<BuiltFile> {
    return this.#build(PAGE, name);
  }

  /** What the script tag of `plain.html` loads. */
  sdk(): Promise<BuiltFile> {
    return this.#build(SDK, "msb.js");
  }

  async close(): Promise<void> {
    await Promise.all([...this.#contexts.values()].map(async (each) => (await each).dispose()));
  }

  async #build(options: BuildOptions, name: string): Promise<BuiltFile> {
    const made = this.#contexts.get(options) ?? context(options);
    this.#contexts.set(options, made);
    const { outputFiles = [] } = await (await made).rebuild();
    const body = outputFiles.find(({ path }) => basename(path) === name)?.text ?? "";
    return { type: TYPES[extname(name)] ?? "", body };
  }
}
