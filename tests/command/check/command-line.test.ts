import { describe, expect, onTestFinished, test } from "vitest";
import { startBroker } from "../../../src/broker/index.ts";
import { runCheck } from "../../support/command/run-check.ts";
import { ROOT } from "../../support/package/package.ts";
import { Program } from "../../support/package/program.ts";

const MSB = "http://127.0.0.1:8085";

describe("a command line that cannot be is refused in one line", () => {
  test.each([
    [[], "The URL of the MSB is missing, such as http://127.0.0.1:8085"],
    [[MSB, "http://other:1"], 'One URL at a time: "http://other:1" is too much'],
    [["msb.example"], /has no scheme.*Give http:\/\//],
    [["ftp://msb.example"], /has the scheme ftp:\/\//],
    [["http://msb.example/websocket/data"], /adds by itself\. Give http:\/\/msb\.example$/],
    [
      ["http://admin:hunter2@msb.example"],
      "The URL must have no user name and password: an MSB does not take them",
    ],
    [[MSB, "--quik"], "Unknown option '--quik': did you mean --quick?"],
    [[MSB, "--token"], "Option '--token' needs a value"],
    [[MSB, "--token", ""], "--token must not be empty"],
    [[MSB, "--timeout", "soon"], '--timeout must be seconds, from 0.1 to 999, not "soon"'],
    [[MSB, "--timeout", "0"], '--timeout must be seconds, from 0.1 to 999, not "0"'],
    [[MSB, "--cert", "c.pem"], "--cert and --key need each other"],
    [
      [MSB, "--ca", "nowhere.pem"],
      '--ca "nowhere.pem" cannot be read (ENOENT). Give the path of a file in PEM',
    ],
    [[MSB, "--ca", "package.json"], '--ca "package.json" is not PEM: a file with -----BEGIN … in it'],
    [[MSB, "--origin", "app.example"], /--origin must be scheme, host and port.*, not "app\.example"/],
    [[MSB, "--origin", "https://app.example/page"], /--origin must be scheme/],
  ])("%j", async (args, expected) => {
    const { code, output, errors } = await runCheck(...args);
    expect([code, output]).toEqual([2, ""]);
    const [, reason] =
      /^msb-client-websocket check: (.*) \(see msb-client-websocket check --help\)\n$/.exec(errors) ?? [];
    expect(reason).toEqual(typeof expected === "string" ? expected : expect.stringMatching(expected));
    expect(errors).not.toMatch(/hunter2/);
  });
});

test("--help says how to use it, --version which one it is", async () => {
  const help = await runCheck("--help");
  expect([help.code, help.output]).toEqual([
    0,
    expect.stringMatching(/^Usage: msb-client-websocket check URL/),
  ]);
  const version = await runCheck("-v");
  expect([version.code, version.output]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/)]);
});

describe("as a process", () => {
  function start(...args: string[]): Program {
    const cli = ["--import", "tsx", "src/command/cli.ts", "check", ...args];
    const program = new Program(process.execPath, cli, { cwd: ROOT });
    onTestFinished(() => program[Symbol.asyncDispose]());
    return program;
  }

  test("it ends with 0 when there is no problem, and by itself", async () => {
    await using broker = await startBroker();
    const program = start(broker.url, "--quick");
    expect(await program.exit).toBe(0);
    expect(program.output).toMatch(/ 0 problems, /);
    // Not a terminal: no colours.
    expect(program.output).not.toContain("\u001b[");
  });

  test("it ends with 1 when there is a problem", async () => {
    const program = start("http://127.0.0.1:1");
    expect(await program.exit).toBe(1);
    expect(program.output).toMatch(/✗ port .*ECONNREFUSED/);
  });

  test("Ctrl+C ends it: connections are closed, and what is left is said", async () => {
    await using broker = await startBroker();
    const program = start(broker.url);
    await program.written(/Sizes: only with --sizes/);
    program.signal("SIGINT");
    expect(await program.exit).toBe(130);
    expect(program.output).toMatch(/An MSB may keep them;/);
    expect(broker.connections).toEqual([]);
  });
});
