// The files of the page that need no building, as they are in its folder.
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import type { BuiltFile } from "./page-bundle.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".webmanifest": "application/manifest+json",
};

/** `undefined` if there is none. @param name without folders */
export async function staticFile(
  name: string,
): Promise<(Omit<BuiltFile, "body"> & { body: Buffer }) | undefined> {
  const type = TYPES[extname(name)];
  if (type === undefined || !/^[\w-]+\.\w+$/.test(name)) {
    return undefined;
  }
  try {
    return { type, body: await readFile(new URL(`../page/${name}`, import.meta.url)) };
  } catch {
    return undefined;
  }
}
