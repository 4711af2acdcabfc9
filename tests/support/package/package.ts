import { existsSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runOk } from "./program.ts";

export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** What is in the tarball that npm would publish. */
export interface PackedPackage {
  /** Where the tarball is. */
  readonly tarball: string;
  /** Paths in the package, such as `dist/index.js`. */
  readonly files: readonly string[];
  readonly bytes: number;
  readonly unpackedBytes: number;
}

/** Makes a folder that is gone after the tests. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "msb-client-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Builds where nothing is built; what is built is what is tested. */
export async function ensureBuilt(): Promise<void> {
  if (!existsSync(join(ROOT, "dist/index.d.ts"))) {
    await runOk("npm", ["run", "build"], { cwd: ROOT });
  }
}

/** Packs what is built. */
export async function packPackage(folder: string): Promise<PackedPackage> {
  await ensureBuilt();
  // The scripts would build it again.
  const args = ["pack", "--ignore-scripts", "--silent", "--json", "--pack-destination", folder];
  const [packed] = JSON.parse(await runOk("npm", args, { cwd: ROOT })) as [
    { filename: string; files: { path: string }[]; size: number; unpackedSize: number },
  ];
  return {
    tarball: join(folder, packed.filename),
    files: packed.files.map(({ path }) => path),
    bytes: packed.size,
    unpackedBytes: packed.unpackedSize,
  };
}

/** Installs the tarball into an empty folder, with the programs of tests/packaging/consumer beside it. */
export async function installPackage(
  folder: string,
  tarball: string,
  packages: readonly string[],
): Promise<void> {
  await cp(join(ROOT, "tests/packaging/consumer"), folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true }));
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", "--prefer-offline"];
  await runOk("npm", ["install", ...quiet, tarball, ...packages], { cwd: folder });
}

/** `name@version` in the version that this package is developed with. */
export function sameVersion(name: string): string {
  const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { version: string };
  return `${name}@${version}`;
}
