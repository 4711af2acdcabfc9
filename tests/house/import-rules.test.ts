import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { afterEach, expect, test } from "vitest";
import rules from "../../.dependency-cruiser.mjs";

let folder: string | undefined;

afterEach(async () => {
  if (folder !== undefined) {
    await rm(folder, { recursive: true });
  }
});

/** The names of the rules that a small project with these files violates. */
async function findViolations(files: Readonly<Record<string, string>>): Promise<string[]> {
  folder = await mkdtemp(join(tmpdir(), "import-rules-"));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const { tsConfig: _, ...options } = rules.options ?? {};
  const { output } = await cruise(["."], {
    ...options,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: rules.forbidden ?? [] },
  });
  const { violations } = (output as ICruiseResult).summary;
  return [...new Set(violations.map(({ rule }) => rule.name))].sort();
}

const EMPTY = "export {};\n";

test.each([
  ["core-only-into", "src/core/codec/a.ts", "src/session/b.ts"],
  ["support-only-into", "src/support/a.ts", "src/core/b.ts"],
  ["socket-only-into", "src/socket/a.ts", "src/core/b.ts"],
  ["platform-only-into", "src/platform/a.ts", "src/session/b.ts"],
  ["session-only-into", "src/session/a.ts", "src/client/b.ts"],
  ["client-only-into", "src/client/a.ts", "src/level-store/b.ts"],
  ["level-store-only-into", "src/level-store/a.ts", "src/core/codec/b.ts"],
  ["broker-only-into", "src/broker/rest/a.ts", "src/session/b.ts"],
  ["broker-transport-only-into", "src/broker/transport/a.ts", "src/broker/protocol/b.ts"],
  ["broker-messaging-only-into", "src/broker/messaging/a.ts", "src/broker/rest/b.ts"],
  ["command-only-into", "src/command/a.ts", "src/console/b.ts"],
  ["commands-stand-alone", "src/command/check/a.ts", "src/command/generate/b.ts"],
  ["testing-only-into", "src/testing/a.ts", "src/console/b.ts"],
  ["testing-loads-the-broker-late", "src/testing/a.ts", "src/broker/b.ts"],
  ["console-only-into", "src/console/a.ts", "src/client/b.ts"],
  ["console-knows-types-of-the-broker", "src/console/a.ts", "src/broker/b.ts"],
  ["src-stands-alone", "src/broker/a.ts", "scripts/b.ts"],
  ["helpers-in-support", "tests/client/a.test.ts", "tests/client/b.ts"],
])("%s notices that %s imports %s", async (rule, from, to) => {
  const specifier = `${"../".repeat(from.split("/").length - 1)}${to}`;
  expect(await findViolations({ [from]: `import "${specifier}";\n`, [to]: EMPTY })).toEqual([rule]);
});

test("no-platform notices a module of Node", async () => {
  const files = { "src/session/a.ts": 'import { readFileSync } from "node:fs";\nreadFileSync("x");\n' };
  expect(await findViolations(files)).toEqual(["no-platform"]);
});

test("no-cycle notices a cycle that is made of types", async () => {
  const files = {
    "src/core/a.ts": 'import type { B } from "./b.ts";\nexport type A = B | 1;\n',
    "src/core/b.ts": 'import type { A } from "./a.ts";\nexport type B = A | 2;\n',
  };
  expect(await findViolations(files)).toEqual(["no-cycle"]);
});

test("not-to-unresolvable notices a file that is not there", async () => {
  expect(await findViolations({ "src/core/a.ts": 'import "./b.ts";\n' })).toEqual(["not-to-unresolvable"]);
});

test("what the rules allow is no violation", async () => {
  const files = {
    "src/client/a.ts":
      'import "../session/b.ts";\nimport type { C } from "../core/codec/c.ts";\nexport type A = C;\n',
    "src/session/b.ts": 'import "../socket/d.ts";\n',
    "src/core/codec/c.ts": "export type C = 1;\n",
    "src/socket/d.ts": EMPTY,
    "src/console/e.ts": 'import type { F } from "../broker/f.ts";\nexport type E = F;\n',
    "src/broker/f.ts": "export type F = 1;\n",
  };
  expect(await findViolations(files)).toEqual([]);
});
