import { cp, mkdtemp, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Program, run } from "../support/package/program.ts";
import type { Check, RuntimeContext } from "./case.ts";
import { installTools } from "./tools.ts";

const PROJECTS = fileURLToPath(new URL("projects/", import.meta.url));

/** As on a developer's machine: in CI Next.js warns of a cache that is not there. */
const AT_HOME = { CI: "", NEXT_TELEMETRY_DISABLED: "1" };

/** A warning of any tool: what a user reads as one. */
const WARNING = /warn|deprecat|⚠|\(!\)|externalized/i;

/** A project of a user: one of projects/ with the packed package installed, and its tool in the folder above. */
export class Project implements AsyncDisposable {
  readonly folder: string;
  readonly #env: Readonly<Record<string, string>>;

  constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.#env = env;
  }

  /** Runs a script of its package.json. @returns its output */
  script(name: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return run("npm", ["run", "--silent", name], { cwd: this.folder, env: { ...this.#env, ...env } });
  }

  /** Starts a script that does not end by itself. It ends with all that it has started. */
  start(name: string, ...args: readonly string[]): Program {
    const options = { cwd: this.folder, env: this.#env, group: true };
    return new Program("npm", ["run", "--silent", name, "--", ...args], options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

interface Ended {
  readonly code: unknown;
  readonly output: string;
}

/** @param node the npm package with the Node.js that its tool runs on, if it needs another than the tests */
export async function makeProject(context: RuntimeContext, name: string, node?: string): Promise<Project> {
  const tools = await installTools("projects");
  const folder = await mkdtemp(join(tools.folder, `${name}-`));
  await cp(join(PROJECTS, name), folder, { recursive: true });
  await cp(join(PROJECTS, "service.mjs"), join(folder, "service.mjs"));
  await cp(join(context.folder, "node_modules"), join(folder, "node_modules"), { recursive: true });
  const places = node === undefined ? [] : [context.tools.file(node, "bin")];
  const PATH = [...places, process.env["PATH"]].join(delimiter);
  return new Project(folder, { ...AT_HOME, PATH });
}

/** The version of a project's tool. */
export async function toolVersion(name: string): Promise<string> {
  return (await installTools("projects")).version(name);
}

/** Whether a script did what it should, and said nothing that makes a user look twice. */
export function withoutWarning(name: string, { code, output }: Ended): Check {
  const lines = output.split("\n").filter((line) => WARNING.test(line));
  const passed = code === 0 && lines.length === 0;
  const detail = code === 0 ? lines.join("\n") : `it ended with ${code}:\n${output}`;
  return { name, passed, detail: passed ? undefined : detail };
}
