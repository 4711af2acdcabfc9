// Tries the package where its users are: `npm run test:runtimes`, with `-- --only NAME` for one of them and `-- --write` to put
// the tables into docs/reference/platforms.md and README.md.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeError } from "../../src/support/errors.ts";
import { ROOT } from "../support/package/package.ts";
import type { Check, RuntimeCase, RuntimeContext } from "./case.ts";
import { CASES } from "./cases/index.ts";
import { makeContext } from "./context.ts";
import { betweenMarkers } from "./page.ts";
import { type Outcome, summary, tables } from "./table.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    write: { type: "boolean", default: false },
  },
});

const chosen = choose(values.only);
if (values.write && values.only.length > 0) {
  throw new Error("--write needs all of them: leave --only out.");
}

const outcomes: Outcome[] = [];
{
  await using context = await makeContext();
  for (const each of chosen) {
    const outcome = await tryOut(each, context);
    outcomes.push(outcome);
    report(outcome);
  }
}

const table = tables(outcomes);
console.log(`\n${table}\n`);
if (values.write) {
  await write("docs/reference/platforms.md", table);
  await write("README.md", summary(outcomes));
}
const checks = outcomes.flatMap((outcome) => outcome.checks);
const failed = checks.filter(({ passed }) => !passed).length;
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function choose(names: readonly string[]): readonly RuntimeCase[] {
  const unknown = names.filter((name) => !CASES.some((each) => each.name === name));
  if (unknown.length > 0) {
    const known = CASES.map(({ name }) => name).join(", ");
    throw new Error(`--only ${unknown.join(", ")} is not there: ${known}`);
  }
  return names.length === 0 ? CASES : CASES.filter(({ name }) => names.includes(name));
}

async function tryOut(runtime: RuntimeCase, context: RuntimeContext): Promise<Outcome> {
  const start = performance.now();
  let version = "?";
  let checks: readonly Check[];
  try {
    version = await runtime.version(context);
    checks = await runtime.run(context);
  } catch (error) {
    checks = [{ name: "runs", passed: false, detail: describeError(error) }];
  }
  if (checks.length === 0) {
    checks = [{ name: "runs", passed: false, detail: "it checked nothing" }];
  }
  return { runtime, version, checks, milliseconds: performance.now() - start };
}

async function write(document: string, content: string): Promise<void> {
  const path = join(ROOT, document);
  await writeFile(path, betweenMarkers(await readFile(path, "utf8"), content));
}

function report({ runtime, version, checks, milliseconds }: Outcome): void {
  const seconds = (milliseconds / 1_000).toFixed(1);
  console.log(`${runtime.name} (${version}), ${seconds} s`);
  for (const { name, passed, detail, limit } of checks) {
    console.log(`  ${passed ? "✓" : "✗"} ${name}${limit === undefined ? "" : `: ${limit}`}`);
    if (!passed) {
      console.log(String(detail).replace(/^/gm, "      "));
    }
  }
}
