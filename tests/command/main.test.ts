import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { ROOT } from "../support/package/package.ts";
import { Program, run as runToEnd } from "../support/package/program.ts";

const CLI = ["--import", "tsx", "src/command/cli.ts"];

function run(...args: string[]): ReturnType<typeof runToEnd> {
  return runToEnd(process.execPath, [...CLI, ...args], { cwd: ROOT });
}

test("broker starts the broker", async () => {
  const program = new Program(process.execPath, [...CLI, "broker", "--port", "0"], { cwd: ROOT });
  onTestFinished(() => program[Symbol.asyncDispose]());
  await program.written(/Connect clients to http/);
  program.signal("SIGINT");
  expect(await program.exit).toBe(0);
});

test.each(["check", "generate"])(
  "%s ends without a stack when nobody reads it any more, as with … | head",
  async (name) => {
    const child = spawn(process.execPath, [...CLI, name, "--help"], { cwd: ROOT });
    child.stdout.destroy();
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    const [code] = await once(child, "close");
    expect([code, errors]).toEqual([141, ""]);
  },
);

test.each([[], ["--help"], ["-h"]])("%s: the commands there are", async (...args) => {
  const { code, output } = await run(...args);
  expect([code, output]).toEqual([0, expect.stringContaining("broker [options]")]);
});

test("--version prints the version of the package", async () => {
  const { code, output } = await run("--version");
  expect([code, output]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/)]);
});

test.each([
  ["start", /^msb-client-websocket: Unknown command "start"\. Usage: .*broker.*\n$/],
  ["brokr", /^msb-client-websocket: Unknown command "brokr": did you mean broker\?.*\n$/],
])("%s: an unknown command is told in one line", async (name, expected) => {
  const { code, output } = await run(name);
  expect([code, output]).toEqual([2, expect.stringMatching(expected)]);
});
