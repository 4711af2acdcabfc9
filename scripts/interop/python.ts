import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cachedFolder, ROOT } from "./cache.ts";
import { need, run } from "./command.ts";

const REQUIREMENTS = join(ROOT, "scripts/interop/python/requirements.txt");
const HOW_TO = "Install Python 3.10 or newer with venv (Debian: apt-get install python3 python3-venv)";

/** Puts the official Python client into a virtual environment. @returns its interpreter. */
export async function setUpPython(): Promise<string> {
  // Debian splits venv off, and what is left of it fails late and with many words.
  const check = "import ensurepip, sys, venv; print(sys.version)";
  const version = await need("python", HOW_TO, "python3", "-c", check);
  const folder = await cachedFolder(
    "python",
    [version, await readFile(REQUIREMENTS, "utf8")],
    async (venv) => {
      await run("python3", "-m", "venv", venv);
      const quiet = ["--quiet", "--disable-pip-version-check", "--no-input"];
      await run(join(venv, "bin/python"), "-m", "pip", "install", ...quiet, "-r", REQUIREMENTS);
    },
  );
  return join(folder, "bin/python");
}
