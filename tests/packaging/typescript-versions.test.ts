import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { run, runOk } from "../support/package/program.ts";

/** The oldest that the declarations need (`NoInfer`), one between, and the newest. The one that this package is built with has tests of its own. */
const VERSIONS = { oldest: "5.4.5", middle: "5.8.3", newest: "7.0.2" };

const strict = {
  target: "es2022",
  strict: true,
  // The declarations themselves, those of zod included.
  skipLibCheck: false,
  declaration: true,
  emitDeclarationOnly: true,
};
const node = { ...strict, lib: ["es2022", "esnext.disposable"], types: ["node"] };
/** No type of Node.js is there. */
const browser = { ...strict, lib: ["dom", "es2022"], types: [] };

const node10 = {
  ...node,
  lib: ["es2022"],
  module: "commonjs",
  moduleResolution: "node10",
  esModuleInterop: true,
};
const bundler = { ...browser, module: "esnext", moduleResolution: "bundler" };
const PROGRAMS = ["import.mts", "require.cts", "declared.mts"];

let compilers = "";

beforeAll(async () => {
  compilers = await mkdtemp(join(tmpdir(), "msb-compilers-"));
  await writeFile(join(compilers, "package.json"), '{ "private": true }');
  const packages = Object.entries(VERSIONS).map(([name, version]) => `${name}@npm:typescript@${version}`);
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", "--prefer-offline"];
  await runOk("npm", ["install", ...quiet, ...packages], { cwd: compilers });
}, 180_000);

afterAll(() => rm(compilers, { recursive: true, force: true }));

test.each([
  // node10 ends with TypeScript 6.
  ["oldest", "node10", "consumer", node10, ["node10.ts", "wrapped.ts"]],
  ["oldest", "node16", "consumer", { ...node, module: "node16" }, PROGRAMS],
  ["oldest", "bundler, a page", "consumerOfOldestZod", bundler, ["browser.ts", "declared.mts", "wrapped.ts"]],
  ["middle", "nodenext", "consumer", { ...node, module: "nodenext" }, PROGRAMS],
  ["newest", "nodenext", "consumer", { ...node, module: "nodenext" }, PROGRAMS],
  ["newest", "bundler, a page", "consumerOfOldestZod", bundler, ["browser.ts", "declared.mts", "wrapped.ts"]],
] as const)(
  "strict programs compile with the %s TypeScript, and so do their declarations (%s)",
  { timeout: 180_000 },
  async (version, mode, consumer, compilerOptions, files) => {
    const folder = join(inject(consumer), "types");
    const name = `${version}-${mode.replace(/\W+/g, "-")}`;
    const outDir = join(folder, name);
    const compile = async (project: string, options: object, files: readonly string[]): Promise<string> => {
      const path = join(folder, `${project}.json`);
      await writeFile(path, JSON.stringify({ compilerOptions: options, files }));
      const tsc = join(compilers, "node_modules", version, "bin/tsc");
      return (await run(process.execPath, [tsc, "-p", path], { cwd: folder })).output;
    };
    expect(await compile(name, { ...compilerOptions, outDir }, files)).toBe("");
    const { declaration, emitDeclarationOnly, ...rest } = compilerOptions;
    const declarations = files.map((file) => join(outDir, file.replace(/\.([mc]?)ts$/, ".d.$1ts")));
    expect(await compile(`${name}-declarations`, { ...rest, noEmit: true }, declarations)).toBe("");
  },
);
