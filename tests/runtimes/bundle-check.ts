import { readdir, readFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { join } from "node:path";
import type { Check } from "./case.ts";

const BUILT_IN = builtinModules.filter((name) => !name.startsWith("_")).join("|");

/** What no page may have in its bundle. */
const NEVER: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["the package ws", /permessage-deflate|ws does not work in the browser/],
  [
    "a built-in module of Node.js",
    new RegExp(`(?:\\brequire\\(|\\bfrom\\s*|\\bimport\\s*\\(?\\s*)["'](?:node:)?(?:${BUILT_IN})["']`),
  ],
];

/** What a page has once, or may have once: words that only this part has, and has once. */
const ONCE: readonly (readonly [what: string, pattern: RegExp, least: 0 | 1])[] = [
  ["zod's languages", /retadreso/g, 0],
  ["zod", /Cannot specify both `message` and `error` params/g, 1],
  ["this package", /did not answer the registration within/g, 1],
];

/** Looks into all scripts below a folder. */
export async function checkBundle(folder: string): Promise<Check> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.m?js$/.test(name));
  const code = (await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")))).join("\n");
  const problems = [
    ...NEVER.flatMap(([what, pattern]) => {
      const match = pattern.exec(code);
      return match === null ? [] : [`${what} is in it: ${match[0]}`];
    }),
    ...ONCE.flatMap(([what, pattern, least]) => {
      const times = [...code.matchAll(pattern)].length;
      return times < least || times > 1 ? [`${what} is in it ${times} times`] : [];
    }),
  ];
  return { name: "only what a page needs", passed: problems.length === 0, detail: problems.join("\n") };
}
