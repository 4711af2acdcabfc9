import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { RE2JS } from "re2js";
import { expect, test } from "vitest";
import { MAX_PATTERN_STEPS } from "../../../src/broker/support/limits.ts";

const PATTERN = "^(a+)+$";
const LONGEST = Math.floor(MAX_PATTERN_STEPS / RE2JS.compile(PATTERN).programSize());

/** Without V8's optimizing compiler a pattern takes five times as long: as on a small computer, or one that others keep busy. */
test("the longest value that a pattern is run for is checked in time on a slow machine, too", async () => {
  const program = `
    import { checkEventValue } from "./src/broker/services/data-format-check.ts";
    const format = { dataObject: { type: "string", pattern: "${PATTERN}" } };
    const check = (value) => checkEventValue(value, format, "E");
    const longest = "a".repeat(${LONGEST} - 1);
    console.log(JSON.stringify([check(longest), check(longest + "!").issues[0].message, check(longest + "aa").warnings.length]));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...["--no-opt", "--import", "tsx", "--input-type=module", "--eval", program],
  ]);
  expect(JSON.parse(stdout)).toEqual([
    { issues: [], warnings: [] },
    expect.stringContaining("must be a string that matches /^(a+)+$/"),
    1,
  ]);
});
