import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { BuildOptions } from "esbuild";
import { expect, inject, test } from "vitest";
import { type Bundle, bundle, share } from "../support/package/bundle.ts";
import { ROOT } from "../support/package/package.ts";

const ZOD = /node_modules\/zod\//;

const CLIENT = 'import { MsbClient } from "msb-client-websocket"; globalThis.MsbClient = MsbClient;';
const CLIENT_AND_FORMAT = `
  import { MsbClient } from "msb-client-websocket";
  import * as z from "zod/mini";
  const Reading = z.object({ celsius: z.number(), at: z.iso.datetime(), tags: z.optional(z.array(z.string())) });
  globalThis.start = (identity) => new MsbClient(identity).addEvent({ eventId: "READ", dataFormat: Reading });
`;

const CLIENT_AND_CONTRACT = `
  import { contract, MsbClient } from "msb-client-websocket";
  const press = contract({ functions: { STOP: null } });
  globalThis.start = (identity) => new MsbClient(identity).counterpart(press, { uuid: "press-7" });
`;

// Each limit leaves a little room above what it is, and is there to be raised knowingly.
test.each([
  ["with MsbClient", CLIENT, {}, 154_100, 51_600],
  ["with a contract", CLIENT_AND_CONTRACT, {}, 171_400, 57_600],
  ["whose formats are made with zod/mini", CLIENT_AND_FORMAT, {}, 155_700, 52_000],
  ["without the part of zod", CLIENT, { external: ["zod", "zod/*"] }, 129_400, 43_900],
])("a page %s has its size", async (name, code, options, bytes, gzippedBytes) => {
  const page = await pageOf(name, code, options);
  console.log(
    `A page ${name}: ${kilobytes(page.bytes)}, gzipped ${kilobytes(page.gzippedBytes)}; zod's part ${kilobytes(share(page, ZOD))}.`,
  );
  expect(page.bytes).toBeLessThan(bytes);
  expect(page.gzippedBytes).toBeLessThan(gzippedBytes);
});

test("a page gets neither zod's large interface nor what only Node.js has", async () => {
  const app = await pageOf("app", CLIENT);
  const paths = [...app.inputs.keys()];
  expect(share(app, ZOD)).toBeGreaterThan(10_000);
  expect(share(app, ZOD)).toBeLessThan(27_000);
  expect(paths.some((path) => path.includes("zod/v4/mini/"))).toBe(true);
  expect(paths.some((path) => path.includes("dist/platform-browser.js"))).toBe(true);
  expect(
    paths.filter((path) => /\/zod\/v4\/classic\/|\/ws\/|isomorphic-ws|^node:|dist\/platform\.js/.test(path)),
  ).toEqual([]);
  expect(share(app, /dist\/properties\.js/)).toBe(0);
  expect(share(app, /\/zod\/v4\/locales\//)).toBe(0);
  expect(app.imports).toEqual([]);
});

test("the script for a <script> tag is as small", async () => {
  const code = await readFile(
    join(inject("consumer"), "node_modules/msb-client-websocket/dist/index.global.js"),
  );
  const gzipped = gzipSync(code).length;
  console.log(`index.global.js: ${kilobytes(code.length)}, gzipped ${kilobytes(gzipped)}.`);
  expect(code.length).toBeLessThan(176_700);
  expect(gzipped).toBeLessThan(58_500);
});

test("the README names these sizes, give or take a kilobyte", async () => {
  const app = await pageOf("app", CLIENT);
  const withoutZod = await pageOf("without", CLIENT, { external: ["zod", "zod/*"] });
  const script = await readFile(
    join(inject("consumer"), "node_modules/msb-client-websocket/dist/index.global.js"),
  );
  const sizes = [
    ["a page with `MsbClient`", app.bytes, app.gzippedBytes],
    ["the same, without its part of zod", withoutZod.bytes, withoutZod.gzippedBytes],
    ["`index.global.js`, for a `<script>` tag", script.length, gzipSync(script).length],
  ] as const;
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  for (const [name, ...bytes] of sizes) {
    const row = readme.split("\n").find((line) => line.startsWith(`| ${name} |`)) ?? "";
    const named = [...row.matchAll(/([\d.]+) kB/g)].map(([, kilobytes]) => Number(kilobytes) * 1000);
    const differences = bytes.map((each, index) => Math.abs(each - (named[index] ?? 0)));
    expect(Math.max(...differences), `${name}: ${bytes.map(kilobytes).join(", ")}`).toBeLessThan(1_000);
  }
});

async function pageOf(name: string, code: string, options: BuildOptions = {}): Promise<Bundle> {
  const entry = join(inject("consumer"), `${name.replaceAll(/\W+/g, "-")}.js`);
  await writeFile(entry, code);
  return bundle(entry, { minify: true, ...options });
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
