// The examples of docs/guides/testing-your-service.md, run by the test runners that they are for, installed from the tarball.
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { beforeAll, expect, inject, it } from "vitest";
import { documentSamples } from "../support/docs/document-sample.ts";
import { ROOT } from "../support/package/package.ts";
import { run } from "../support/package/program.ts";

const require = createRequire(import.meta.url);

let folder: string;

beforeAll(async () => {
  folder = join(inject("consumer"), "testing");
  await mkdir(folder);
  // From where it is, so that it finds what it needs itself.
  await symlink(join(ROOT, "node_modules/vitest"), join(inject("consumer"), "node_modules/vitest"));
  for (const [name, code] of await documentSamples("docs/guides/testing-your-service.md")) {
    await writeFile(join(folder, name), code);
  }
});

it.each([
  ["vitest", [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "--dir", "."], /Tests +3 passed/],
  ["node:test", ["--test", "dashboard.node-test.mjs"], /pass 3\n/],
  ["mocha", [require.resolve("mocha/bin/mocha.js"), "outage.mocha.mjs"], /2 passing/],
])("the examples for %s pass", { timeout: 60_000 }, async (_name, args, passed) => {
  const { code, output } = await run(process.execPath, args, { cwd: folder });
  expect(stripVTControlCharacters(output)).toMatch(passed);
  expect(output).not.toContain("[msb]");
  expect(code, output).toBe(0);
});
