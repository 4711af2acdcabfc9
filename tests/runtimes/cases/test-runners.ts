import type { Check, RuntimeCase, RuntimeContext } from "../case.ts";
import { checkMainJob } from "../main-job.ts";
import { makeProject, toolVersion, withoutWarning } from "../project.ts";

/** Test runners with the page of jsdom: the tests of their projects connect. */
export const TEST_RUNNER_CASES: readonly RuntimeCase[] = [
  {
    name: "Jest with jsdom",
    group: "test runner",
    version: () => toolVersion("jest"),
    run: (context) => runTests(context, "jest", ["test", "test:modules"]),
  },
  {
    name: "Vitest with jsdom",
    group: "test runner",
    version: () => toolVersion("vitest"),
    run: (context) => runTests(context, "vitest", ["test"]),
  },
];

/** @param scripts of the project; each has a test that connects */
async function runTests(
  context: RuntimeContext,
  name: string,
  scripts: readonly string[],
): Promise<readonly Check[]> {
  await using project = await makeProject(context, name);
  const checks: Check[] = [];
  for (const script of scripts) {
    const uuid = `${name} ${script}`;
    const ended = project.script(script, { MSB_UUID: uuid, MSB_URL: context.http });
    // While the tests run: they wait for the call.
    checks.push(await checkMainJob(context, uuid));
    checks.push(withoutWarning("tests pass without a warning", await ended));
  }
  return checks;
}
