import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where the official clients are put; `npm ci` removes the default, the variable names a place that stays. */
const CACHE = process.env["INTEROP_CACHE"] ?? join(ROOT, "node_modules/.cache/interop");

/**
 * A folder that is filled once. It is named by what it is made from, and appears under its name when it is complete: neither a
 * run that was broken off nor one beside this one can leave half of it.
 * @param inputs what it is made from: file contents, versions
 */
export async function cachedFolder(
  name: string,
  inputs: readonly string[],
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const key = createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 16);
  const folder = join(CACHE, `${name}-${key}`);
  if (existsSync(folder)) {
    return folder;
  }
  console.log(`Setting up interop with ${name} in ${folder} …`);
  await mkdir(CACHE, { recursive: true });
  const unfinished = await mkdtemp(join(CACHE, `${name}-unfinished-`));
  try {
    await fill(unfinished);
    await rename(unfinished, folder).catch((error) => {
      // Another run was faster.
      if (!existsSync(folder)) {
        throw error;
      }
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}
