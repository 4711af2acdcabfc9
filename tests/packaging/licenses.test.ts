import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { expect, inject, test } from "vitest";
import { ROOT } from "../support/package/package.ts";

const METAFILES = join(ROOT, "reports/metafiles");

/** What esbuild said about each build of this package, the build of the broker's page among them. */
async function readMetafiles(): Promise<Metafile[]> {
  const names = await readdir(METAFILES);
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(METAFILES, name), "utf8"))));
}

async function listed(): Promise<string[]> {
  const file = join(inject("consumer"), "node_modules/msb-client-websocket/dist/THIRD-PARTY-LICENSES.txt");
  const text = await readFile(file, "utf8");
  return text
    .split(`${"=".repeat(80)}\n`)
    .slice(1)
    .map((section) => {
      const [title = "", ...license] = section.split("\n");
      expect(license.join("\n").trim().length, title).toBeGreaterThan(500);
      return title;
    });
}

test("every program in the tarball is one that esbuild has given account of", async () => {
  const built = (await readMetafiles()).flatMap(({ outputs }) => Object.keys(outputs));
  const shipped = inject("packed").files.filter((path) => /^dist\/.+\.c?js$/.test(path));
  expect(shipped.filter((path) => !built.includes(path))).toEqual([]);
});

test("the licenses of all packages that are inside are in the tarball, with their versions, and no others", async () => {
  const inside = (await readMetafiles())
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && path.includes("node_modules/"))
    .map(([path]) => path.slice(0, path.lastIndexOf("node_modules/")) + folderOf(path));
  const titles = await Promise.all([...new Set(inside)].map(titleOf));
  expect(titles.length).toBeGreaterThan(20);
  const others = (await listed()).filter((title) => !title.startsWith("esbuild "));
  expect(others).toEqual([...new Set(titles)].sort());
  expect(await listed()).toContainEqual(expect.stringMatching(/^esbuild \d/));
});

// Not all that is in a bundle was read from a file: `new Function`, or strings that hold a program.
test("what is said to be inside is", async () => {
  const names = (await listed()).map((title) => title.split(" ")[0]);
  expect(names).toEqual(
    expect.arrayContaining([
      ...["denque", "mitt", "nanoid", "properties-file", "yocto-queue", "zod"],
      ...["preact", "@dagrejs/dagre", "d3-zoom", "jsonc-parser", "hono", "re2js", "browser-level", "events"],
    ]),
  );
});

test("the file for a <script> tag says what it is, and under which license", async () => {
  const folder = join(inject("consumer"), "node_modules/msb-client-websocket");
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const code = await readFile(join(folder, "dist/index.global.js"), "utf8");
  expect(code.split("\n")[0]).toMatch(/^\/\*! .+ \*\/$/);
  expect(code).toContain(`/*! msb-client-websocket ${version} | Apache-2.0 | `);
});

/** `node_modules/…` with the name of the package. */
function folderOf(path: string): string {
  const [, scope, name] = path.slice(path.lastIndexOf("node_modules/")).split("/");
  return scope?.startsWith("@") === true ? `node_modules/${scope}/${name}` : `node_modules/${scope}`;
}

async function titleOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(ROOT, folder, "package.json"), "utf8"));
  return `${name} ${version} (${license})`;
}
