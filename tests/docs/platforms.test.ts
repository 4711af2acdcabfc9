import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ENVIRONMENT } from "../runtimes/cases/deno.ts";
import { ESBUILD_NODE, REQUIRE } from "../runtimes/cases/esbuild-node.ts";
import { CASES } from "../runtimes/cases/index.ts";
import { ROOT } from "../support/package/package.ts";

const page = await readFile(join(ROOT, "docs/reference/platforms.md"), "utf8");
const readme = await readFile(join(ROOT, "README.md"), "utf8");

test.each(CASES.map(({ name }) => name))("the page has a row or a column for %s", (name) => {
  // The Node.js that runs the tests is whatever runs them.
  const row = name.replace(/^Node\.js \d+$/, "Node.js");
  expect(page).toContain(`| ${row}`);
});

test.each(CASES.map(({ name }) => name))("the README names %s", (name) => {
  expect(readme).toContain(name.replace(/^Node\.js \d+$/, "Node.js"));
});

test("the page has the flags that are tried", () => {
  expect(page).toContain(ENVIRONMENT);
  expect(page).toContain(`"--banner:js=${REQUIRE}"`);
  expect(page).toContain(ESBUILD_NODE.name.replace(",", ""));
});
