import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { ROOT } from "../support/package/package.ts";
import { run } from "../support/package/program.ts";

const SUBPATHS = ["broker", "level-store", "testing"];
const MODES = ["node10", "node16 (from CJS)", "node16 (from ESM)", "bundler"];

const installed = (path: string): string =>
  join(inject("consumer"), "node_modules/msb-client-websocket", path);

async function readJson(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path, "utf8"));
}

test("the types are right for every entry, in every way in which TypeScript looks for them", {
  timeout: 120_000,
}, async () => {
  const command = join(ROOT, "node_modules/@arethetypeswrong/cli/dist/index.js");
  const args = [command, inject("packed").tarball, "--format", "ascii", "--no-color", "--no-emoji"];
  const { code, output } = await run(process.execPath, args);
  expect(output).toContain("No problems found");
  expect(code).toBe(0);
  for (const entry of ["", ...SUBPATHS.map((name) => `/${name}`)]) {
    const [, section = ""] = output.split(`"msb-client-websocket${entry}"`);
    for (const mode of MODES) {
      expect(section.split("****")[0], `${entry} ${mode}`).toMatch(
        new RegExp(`^${mode.replaceAll(/[()]/g, "\\$&")}: OK`, "m"),
      );
    }
  }
});

test.each(SUBPATHS)("tools without `exports` find %s by its folder, and it is the same", async (name) => {
  const { exports } = await readJson(installed("package.json"));
  const entry = (exports as Record<string, Record<string, Record<string, string>>>)[`./${name}`];
  const folder = await readJson(installed(`${name}/package.json`));
  const target = (path: unknown): string => join(installed(name), String(path));
  expect(target(folder["main"])).toBe(installed(entry?.["require"]?.["default"] ?? ""));
  expect(target(folder["module"])).toBe(installed(entry?.["import"]?.["default"] ?? ""));
  expect(target(folder["types"])).toBe(installed(entry?.["import"]?.["types"] ?? ""));
  const { typesVersions } = await readJson(installed("package.json"));
  expect(typesVersions).toMatchObject({ "*": { [name]: [entry?.["import"]?.["types"]] } });
});

test.each(SUBPATHS)("%s is loaded from its folder, as old tools load it", (name) => {
  const require = createRequire(join(inject("consumer"), "program.cjs"));
  // By its path, for which Node.js does not ask `exports` either.
  const byFolder = require(installed(name));
  expect(Object.keys(byFolder)).not.toEqual([]);
  expect(byFolder).toBe(require(`msb-client-websocket/${name}`));
});
