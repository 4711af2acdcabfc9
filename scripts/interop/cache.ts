import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cachedFolder as inCache } from "../cached-folder.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where the official clients are put; `npm ci` removes the default, the variable names a place that stays. */
const CACHE = process.env["INTEROP_CACHE"] ?? join(ROOT, "node_modules/.cache/interop");

/**
 * A folder for interop that is filled once.
 * @param inputs what it is made from: file contents, versions
 */
export function cachedFolder(
  name: string,
  inputs: readonly string[],
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  return inCache(CACHE, name, inputs, fill);
}
