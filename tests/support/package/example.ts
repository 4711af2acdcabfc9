import { cp, mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ROOT } from "./package.ts";

const EXAMPLES = join(ROOT, "examples");

export interface ExampleManifest {
  readonly name: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export async function exampleNames(): Promise<readonly string[]> {
  const entries = await readdir(EXAMPLES, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

export async function exampleManifest(name: string): Promise<ExampleManifest> {
  return JSON.parse(await readFile(join(EXAMPLES, name, "package.json"), "utf8"));
}

/**
 * An example as it is after its `npm install`, with the packed package: what the package itself does not bring comes from the
 * repository's node_modules.
 * @param consumer a folder in which the packed package is installed
 * @param as the name of the new folder
 */
export async function installExample(consumer: string, name: string, as = name): Promise<string> {
  const folder = join(consumer, "examples", as);
  await cp(join(EXAMPLES, name), folder, {
    recursive: true,
    // What somebody left there who tried it.
    filter: (path) => !/[\\/](node_modules|dist|events)$/.test(path),
  });
  const { dependencies, devDependencies } = await exampleManifest(name);
  const needed = Object.keys({ ...dependencies, ...devDependencies });
  await linkPackages(
    folder,
    needed.filter((each) => !["msb-client-websocket", "zod", "level"].includes(each)),
  );
  return folder;
}

/** Packages of the repository, for a folder that is outside of it. */
export async function linkPackages(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const path = join(folder, "node_modules", name);
    await mkdir(dirname(path), { recursive: true });
    // From where it is, so that it finds what it needs itself.
    await symlink(join(ROOT, "node_modules", name), path);
  }
}

/** The arguments of Node.js for a script of package.json such as `node service.js`. */
export async function scriptArguments(name: string, script: string): Promise<readonly string[]> {
  const { scripts } = await exampleManifest(name);
  const [command, ...args] = (scripts[script] ?? "").split(" ");
  if (command !== "node") {
    throw new Error(`The script ${script} of ${name} does not start with node.`);
  }
  return args;
}
