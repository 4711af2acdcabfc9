import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { PLACEHOLDER } from "./placeholder.ts";
import { relativePage } from "./relative-page.ts";
import { relativeScript } from "./relative-script.ts";

/** Makes the built site one that works wherever its folder is: served at any path, or opened as files. */
export async function makeRelative(folder: string, assets: string): Promise<void> {
  await copyFile(
    fileURLToPath(import.meta.resolve("systemjs/dist/s.min.js")),
    join(folder, assets, "system.js"),
  );
  await copyFile(join(import.meta.dirname, "start.js"), join(folder, assets, "start.js"));
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    const change = CHANGES[extname(name)];
    if (change !== undefined) {
      const root = relative(dirname(name), ".").split(sep).join("/");
      const text = await readFile(path, "utf8");
      await writeFile(path, change(text, root === "" ? "./" : `${root}/`, assets));
    }
  }
}

const CHANGES: Readonly<Record<string, (text: string, root: string, assets: string) => string>> = {
  ".html": relativePage,
  ".js": relativeScript,
  ".css": (text, root) => text.replaceAll(PLACEHOLDER, root),
};
