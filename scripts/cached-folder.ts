import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * A folder that is filled once. It is named by what it is made from, and appears under its name when it is complete: neither a
 * run that was broken off nor one beside this one can leave half of it.
 * @param cache where it is
 * @param inputs what it is made from: file contents, versions
 */
export async function cachedFolder(
  cache: string,
  name: string,
  inputs: readonly string[],
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const key = createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 16);
  const folder = join(cache, `${name}-${key}`);
  if (existsSync(folder)) {
    return folder;
  }
  console.log(`Setting up ${name} in ${folder} …`);
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, `${name}-unfinished-`));
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
