import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cachedFolder, ROOT } from "./cache.ts";
import { need, run } from "./command.ts";

const HOW_TO = "Install Python 3.10 or newer with venv (Debian: apt-get install python3 python3-venv)";

/** Puts the official Python client into a virtual environment. @returns its interpreter. */
export async function setUpPython(): Promise<string> {
  return join(await setUpEnvironment("python"), "bin/python");
}

/** Puts the contract tester of OpenAPI documents into one of its own. @returns its interpreter. */
export async function setUpSchemathesis(): Promise<string> {
  return join(await setUpEnvironment("schemathesis"), "bin/python");
}

/** @param name of the requirements, `scripts/interop/NAME/requirements.txt`. @returns the folder of the virtual environment. */
async function setUpEnvironment(name: string): Promise<string> {
  const requirements = join(ROOT, "scripts/interop", name, "requirements.txt");
  // Debian splits venv off, and what is left of it fails late and with many words.
  const check = "import ensurepip, sys, venv; print(sys.version)";
  const version = await need("python", HOW_TO, "python3", "-c", check);
  return cachedFolder(name, [version, await readFile(requirements, "utf8")], async (venv) => {
    await run("python3", "-m", "venv", venv);
    const quiet = ["--quiet", "--disable-pip-version-check", "--no-input"];
    await run(join(venv, "bin/python"), "-m", "pip", "install", ...quiet, "-r", requirements);
  });
}
