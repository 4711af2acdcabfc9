import { readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cachedFolder } from "../../scripts/cached-folder.ts";
import { runOk } from "../support/package/program.ts";

/** Outside of the repository: nothing that is below it may find the packages with which this one is developed. */
const CACHE = process.env["RUNTIMES_CACHE"] ?? join(homedir(), ".cache/msb-client-websocket/runtimes");

/** The heavy tools: what the package.json of a folder beside this file names, in the versions of its lock. */
export interface Tools {
  /** The folder with their `node_modules`. */
  readonly folder: string;
  /** The path of a file of a package, such as `file("bun", "package.json")`. */
  file(name: string, ...path: string[]): string;
  version(name: string): Promise<string>;
}

/** Installs them once for each lock, without the scripts of the packages: nothing is downloaded but packages. */
export async function installTools(name: "tools" | "projects" = "tools"): Promise<Tools> {
  const here = fileURLToPath(new URL(name, import.meta.url));
  const [manifest, lock] = await Promise.all(
    ["package.json", "package-lock.json"].map((file) => readFile(join(here, file), "utf8")),
  );
  const inputs = [manifest ?? "", lock ?? "", process.platform, process.arch];
  const folder = await cachedFolder(CACHE, name, inputs, async (unfinished) => {
    await writeFile(join(unfinished, "package.json"), manifest ?? "");
    await writeFile(join(unfinished, "package-lock.json"), lock ?? "");
    await runOk("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: unfinished,
    });
  });
  const file = (tool: string, ...path: string[]) => join(folder, "node_modules", tool, ...path);
  return {
    folder,
    file,
    async version(tool) {
      const { version } = JSON.parse(await readFile(file(tool, "package.json"), "utf8"));
      return version;
    },
  };
}
