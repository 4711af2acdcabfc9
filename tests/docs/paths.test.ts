import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../support/package/package.ts";

const PATH = /`((?:src|tests|scripts|docs|bench|demo|\.ci|\.github)\/[\w./-]*)`/g;

const documents = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

test.each(documents)("the files that %s names are there", (document) => {
  const text = readFileSync(join(ROOT, document), "utf8");
  const missing = [...text.matchAll(PATH)]
    .map(([, path = ""]) => path)
    .filter((path) => !existsSync(join(ROOT, path)));
  expect(missing).toEqual([]);
});
