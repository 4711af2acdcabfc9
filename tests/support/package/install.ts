// Runs once before the packaging tests: the package as a user gets it, installed where nothing else is.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { installPackage, type PackedPackage, packPackage, sameVersion, temporaryFolder } from "./package.ts";

declare module "vitest" {
  interface ProvidedContext {
    packed: PackedPackage;
    /** A folder in which the package is installed, with all that it works with, in the versions it is developed with. */
    consumer: string;
    /** Another, with the oldest zod 4 that it allows, and with nothing that is optional. */
    consumerOfOldestZod: string;
  }
}

export default async function install({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await temporaryFolder();
  const packed = await packPackage(folder.path);
  const consumer = join(folder.path, "consumer");
  const consumerOfOldestZod = join(folder.path, "oldest");
  await mkdir(consumer);
  await mkdir(consumerOfOldestZod);
  await installPackage(consumer, packed.tarball, ["zod", "level", "@types/node"].map(sameVersion));
  await installPackage(consumerOfOldestZod, packed.tarball, ["zod@4.0.0"]);
  provide("packed", packed);
  provide("consumer", consumer);
  provide("consumerOfOldestZod", consumerOfOldestZod);
  return async () => folder[Symbol.asyncDispose]();
}
