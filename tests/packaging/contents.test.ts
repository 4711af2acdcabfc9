import { readFile, stat } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { expect, inject, test } from "vitest";
import { bundle } from "../support/package/bundle.ts";

const COMMANDS = ["broker-cli.js", "package-cli.js"];

const installed = (path: string): string =>
  join(inject("consumer"), "node_modules/msb-client-websocket", path);

async function manifest(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(installed("package.json"), "utf8"));
}

test("the tarball has what is built, the documents, and nothing else", () => {
  const { files } = inject("packed");
  const unexpected = files.filter(
    (path) => !/^(dist\/[^/]+|docs\/.+\.md|LICENSE|(README|CHANGELOG)\.md|package\.json)$/.test(path),
  );
  expect(unexpected).toEqual([]);
  // Declarations that several entries need have a name with a hash.
  const built = files.filter((path) => path.startsWith("dist/") && !/-[\w-]{8}\.d\.c?ts$/.test(path));
  const parts = ["data-type", "errors", "platform", "platform-browser", "properties", "retry", "sdk"];
  const bundles = ["index", "level-store", ...parts].flatMap((name) => [`${name}.cjs`, `${name}.js`]);
  const entries = ["broker", "index", "level-store"];
  expect(built.map((path) => path.replace("dist/", "")).sort()).toEqual(
    [
      ...bundles.flatMap((name) => [name, `${name}.map`]),
      ...entries.flatMap((name) => [`${name}.d.cts`, `${name}.d.ts`]),
      ...["broker.cjs", "broker.js", "index.global.js", "index.global.js.map"],
      ...COMMANDS,
      "THIRD-PARTY-LICENSES.txt",
    ].sort(),
  );
});

test("everything that package.json points at is in the tarball", async () => {
  const { exports, main, module, types, unpkg, jsdelivr, bin, browser } = await manifest();
  const replaced = Object.keys(browser as object);
  const targets = leaves([exports, main, module, types, unpkg, jsdelivr, bin, browser, replaced]).map(
    (path) => path.replace(/^\.\//, ""),
  );
  expect(targets.length).toBeGreaterThan(15);
  expect(targets.filter((path) => !inject("packed").files.includes(path))).toEqual([]);
});

test("source maps carry their sources, which are not in the tarball", async () => {
  const { sources, sourcesContent } = JSON.parse(await readFile(installed("dist/sdk.js.map"), "utf8"));
  expect(sourcesContent).toHaveLength(sources.length);
  expect(sourcesContent.every((text: unknown) => typeof text === "string")).toBe(true);
});

test("the licenses of what is inside the bundles are in the tarball", async () => {
  const text = await readFile(installed("dist/THIRD-PARTY-LICENSES.txt"), "utf8");
  const names = [...text.matchAll(/^={80}\n(.+)$/gm)].map(([, name]) => name);
  expect(names).toEqual(
    expect.arrayContaining(["denque", "mitt", "nanoid", "properties-file", "yocto-queue", "zod"]),
  );
});

// It would have `imports` in the place of `browser`: but then a page without a bundler, and older tools, could not load the SDK.
test("publint has nothing to say, but that `browser` is the old way", async () => {
  const { messages } = await publint({ pack: { tarball: await tarball() }, strict: true });
  const pkg = await manifest();
  const others = messages.filter(({ code }) => code !== "USE_EXPORTS_OR_IMPORTS_BROWSER");
  expect(others.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
});

test.each([
  ["index.js", ["isomorphic-ws", "zod/v4/core", "zod/v4/mini"]],
  ["index.cjs", ["isomorphic-ws", "zod/v4/core", "zod/v4/mini"]],
  ["level-store.js", ["level", "zod/v4/mini"]],
  ["level-store.cjs", ["level", "zod/v4/mini"]],
])("the SDK (%s) imports only %j, and nothing of a platform", async (file, expected) => {
  const { imports } = await bundle(installed(`dist/${file}`), { packages: "external", platform: "neutral" });
  expect(imports).toEqual(expected);
});

test.each(["index.js", "index.cjs"])("in a page the SDK (%s) imports only zod", async (file) => {
  const { imports } = await bundle(installed(`dist/${file}`), { packages: "external" });
  expect(imports).toEqual(["zod/v4/core", "zod/v4/mini"]);
});

test.each(["broker.js", "broker.cjs", ...COMMANDS])(
  "the broker (%s) imports what Node.js has, and what the package depends on",
  async (file) => {
    const { dependencies, peerDependencies } = await manifest();
    const known = Object.keys({ ...(dependencies as object), ...(peerDependencies as object) });
    const { imports } = await bundle(installed(`dist/${file}`), { packages: "external", platform: "node" });
    expect(imports).not.toEqual([]);
    const unknown = imports.filter(
      (path) => !isBuiltin(path) && !known.some((name) => path === name || path.startsWith(`${name}/`)),
    );
    expect(unknown).toEqual([]);
  },
);

test.each(COMMANDS)("the command (%s) is executable, and has no broker of its own", async (file) => {
  const { mode, size } = await stat(installed(`dist/${file}`));
  expect(mode & 0o111).toBe(0o111);
  expect(size).toBeLessThan(30_000);
  expect(await readFile(installed(`dist/${file}`), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
});

async function tarball(): Promise<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = await readFile(inject("packed").tarball);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

function leaves(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [];
}
