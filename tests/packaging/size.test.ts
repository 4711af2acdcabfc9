import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, inject, test } from "vitest";
import { type Bundle, bundle, share } from "../support/package/bundle.ts";

const ZOD = /node_modules\/zod\//;
let app: Bundle;

beforeAll(async () => {
  const entry = join(inject("consumer"), "app.js");
  await writeFile(
    entry,
    'import { MsbClient } from "msb-client-websocket"; globalThis.MsbClient = MsbClient;',
  );
  app = await bundle(entry, { minify: true });
});

// The limits leave some room above what it is (181 kB, of which zod 62 kB), and are there to be raised knowingly.
test("a browser application grows by the SDK, and by little of zod", () => {
  const zod = share(app, ZOD);
  console.log(
    `An application with MsbClient: ${kilobytes(app.bytes)}, gzipped ${kilobytes(app.gzippedBytes)}; zod's part ${kilobytes(zod)}.`,
  );
  expect(zod).toBeGreaterThan(10_000);
  expect(zod).toBeLessThan(70_000);
  expect(app.bytes).toBeLessThan(187_000);
  expect(app.gzippedBytes).toBeLessThan(61_000);
});

test("a browser application gets neither zod's large interface nor Node's websockets", () => {
  const paths = [...app.inputs.keys()];
  expect(paths.some((path) => path.includes("zod/v4/mini/"))).toBe(true);
  expect(paths.some((path) => path.includes("isomorphic-ws/browser.js"))).toBe(true);
  expect(paths.filter((path) => /\/zod\/v4\/classic\/|\/node_modules\/ws\/|^node:/.test(path))).toEqual([]);
  expect(share(app, /\/zod\/v4\/locales\//)).toBe(0);
  expect(app.imports).toEqual([]);
});

test("the script for a <script> tag is as small", async () => {
  const code = await readFile(
    join(inject("consumer"), "node_modules/msb-client-websocket/dist/index.global.js"),
  );
  const gzipped = gzipSync(code).length;
  console.log(`index.global.js: ${kilobytes(code.length)}, gzipped ${kilobytes(gzipped)}.`);
  expect(code.length).toBeLessThan(187_000);
  expect(gzipped).toBeLessThan(61_000);
});

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
