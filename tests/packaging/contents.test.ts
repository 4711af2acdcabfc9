import { readFile, stat } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { expect, inject, test } from "vitest";
import { bundle } from "../support/package/bundle.ts";

/** What `bin` names, and what these load. */
const COMMANDS = ["broker-cli.js", "cli.js"];
const COMMAND_PARTS = ["broker-command.js", "check-command.js", "generate-command.js"];

const installed = (path: string): string =>
  join(inject("consumer"), "node_modules/msb-client-websocket", path);

async function manifest(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(installed("package.json"), "utf8"));
}

test("the tarball has what is built, what its maps lead to, the documents, and nothing else", () => {
  const { files } = inject("packed");
  const unexpected = files.filter(
    (path) =>
      !/^(dist\/[^/]+|src\/.+\.ts|(broker|level-store|testing)\/package\.json|docs\/.+\.md|docs\/images\/.+\.svg|examples\/(?!.*(node_modules|dist)\/).+|LICENSE|(README|CHANGELOG)\.md|package\.json)$/.test(
        path,
      ),
  );
  expect(unexpected).toEqual([]);
  expect(files.filter((path) => /^src\/(command|console)\/|^docs\/(\.|api\/)/.test(path))).toEqual([]);
  const built = files.filter((path) => path.startsWith("dist/"));
  const parts = [
    "data-type",
    "errors",
    "level",
    "platform",
    "platform-browser",
    "properties",
    "retry",
    "sdk",
  ];
  const sdk = ["index", "level-store", ...parts];
  const others = ["broker", "level-browser", "testing"];
  // The entries, and what several of them need.
  const declarations = ["broker", "index", "level-store", "testing", ...["client", "options", "store"]];
  expect(built.map((path) => path.replace("dist/", "")).sort()).toEqual(
    [
      ...[...sdk, ...others].flatMap((name) => [`${name}.cjs`, `${name}.js`]),
      ...sdk.map((name) => `${name}.js.map`),
      ...declarations
        .flatMap((name) => [`${name}.d.cts`, `${name}.d.ts`])
        .flatMap((name) => [name, `${name}.map`]),
      ...["broker-console.js", "broker-patterns.cjs", "index.global.js"],
      ...COMMANDS,
      ...COMMAND_PARTS,
      "THIRD-PARTY-LICENSES.txt",
    ].sort(),
  );
});

// A little above what it is, and there to be raised knowingly. Half of what grows is documents.
test("the tarball has its size", () => {
  const { bytes, unpackedBytes } = inject("packed");
  console.log(`The tarball: ${bytes} bytes, unpacked ${unpackedBytes}.`);
  expect(bytes).toBeLessThan(1_500_000);
  expect(unpackedBytes).toBeLessThan(5_300_000);
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

test("source maps lead to sources in the tarball, and carry those that are not in it", async () => {
  const maps = inject("packed").files.filter((path) => /^dist\/[\w-]+\.js\.map$/.test(path));
  expect(maps.length).toBeGreaterThan(5);
  for (const path of maps) {
    const { sources, sourcesContent } = JSON.parse(await readFile(installed(path), "utf8"));
    expect(sourcesContent).toHaveLength(sources.length);
    const lost = sources.filter(
      (source: string, index: number) =>
        typeof sourcesContent[index] !== "string" &&
        !inject("packed").files.includes(join("dist", source).replaceAll("\\", "/")),
    );
    expect(lost, path).toEqual([]);
  }
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

test.each([
  ["index.js", ["zod/v4/core", "zod/v4/mini"]],
  ["index.cjs", ["zod/v4/core", "zod/v4/mini"]],
  ["level-store.js", ["zod/v4/mini"]],
  ["level-store.cjs", ["zod/v4/mini"]],
])("in a page the SDK (%s) imports only zod", async (file, expected) => {
  const { imports } = await bundle(installed(`dist/${file}`), { packages: "external" });
  expect(imports).toEqual(expected);
});

test.each(["broker.js", "broker.cjs", "testing.js", "testing.cjs", ...COMMANDS, ...COMMAND_PARTS])(
  "what runs in Node.js only (%s) imports what Node.js has, and what the package depends on",
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

test.each(COMMANDS)("the command (%s) is executable", async (file) => {
  const { mode } = await stat(installed(`dist/${file}`));
  expect(mode & 0o111).toBe(0o111);
  expect(await readFile(installed(`dist/${file}`), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test.each(["broker.js", "broker.cjs"])("%s loads its page when somebody looks at it", async (file) => {
  const code = await readFile(installed(`dist/${file}`), "utf8");
  expect(code).toMatch(/import\("\.\/broker-console\.js"\)/);
  const { readConsoleFiles } = await import(installed("dist/broker-console.js"));
  const { script } = await readConsoleFiles();
  expect(script.length).toBeGreaterThan(100_000);
  expect(code.length).toBeLessThan(550_000);
});

// The broker has 535 kB, the client 140 kB.
test.each([...COMMANDS, ...COMMAND_PARTS])("%s has no broker and no client of its own", async (file) => {
  const limit = { "check-command.js": 100_000, "generate-command.js": 225_000 }[file] ?? 30_000;
  expect((await stat(installed(`dist/${file}`))).size).toBeLessThan(limit);
});

test.each(["testing.js", "testing.cjs"])("%s has neither a client nor a broker of its own", async (file) => {
  const code = await readFile(installed(`dist/${file}`), "utf8");
  expect(code.length).toBeLessThan(30_000);
  expect(code).toMatch(/(import|require)\("\.\/broker\.c?js"/);
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
