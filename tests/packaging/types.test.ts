import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { readDeclarations } from "../../scripts/options-page.ts";
import { run } from "../support/package/program.ts";

const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");

const strictest = {
  target: "es2022",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  // The declarations themselves, those of zod included.
  skipLibCheck: false,
  noEmit: true,
};
const node = { ...strictest, lib: ["es2023"], types: ["node"] };
const browser = { ...strictest, lib: ["es2023", "dom"], types: [] };

test.each([
  ["node16, import and require", { ...node, module: "node16" }, ["import.mts", "require.cts"]],
  [
    "bundler, without Node's types",
    { ...browser, module: "esnext", moduleResolution: "bundler" },
    ["browser.ts"],
  ],
])(
  "a strict TypeScript program compiles (%s)",
  { timeout: 120_000 },
  async (name, compilerOptions, files) => {
    const folder = join(inject("consumer"), "types");
    await mkdir(folder, { recursive: true });
    const project = join(folder, `${name.replace(/\W+/g, "-")}.json`);
    await writeFile(project, JSON.stringify({ compilerOptions, files }));
    const { code, output } = await run(process.execPath, [TSC, "-p", project], { cwd: folder });
    expect(output).toBe("");
    expect(code).toBe(0);
  },
);

test("the declarations say about every option what the sources say", { timeout: 120_000 }, () => {
  const declarations = join(inject("consumer"), "node_modules/msb-client-websocket/dist/index.d.ts");
  expect(readDeclarations(declarations)).toEqual(readDeclarations());
});
