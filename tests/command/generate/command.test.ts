import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Broker, type BrokerOptions, startBroker } from "../../../src/broker/index.ts";
import { generateContract } from "../../../src/command/generate/generate-contract.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import {
  runGenerate,
  runGenerateProcess,
  runnable,
  startProgram,
} from "../../support/command/generate/command.ts";
import { selfDescriptionOf } from "../../support/command/generate/self-descriptions.ts";

const SAW = selfDescriptionOf("c.by-hand");
const CONTRACT = generateContract(SAW.selfDescription).source;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "msb-generate-"));
  return () => rm(folder, { recursive: true });
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function brokerWithSaw(options?: BrokerOptions): Promise<Broker> {
  const broker = await startBroker(options);
  onTestFinished(() => broker.close());
  await (await BareClient.connect(broker.url, "raw")).register(SAW.selfDescription);
  return broker;
}

describe("the contract is written from", () => {
  test("a file, or a running broker, by the process that npx starts", async () => {
    const path = await file("saw.json", SAW.text);
    expect(await runGenerateProcess([path])).toEqual({ code: 0, stdout: CONTRACT, stderr: "" });
    const { url } = await brokerWithSaw();
    const service = ["--url", url, "--uuid", SAW.selfDescription.uuid];
    expect(await runGenerateProcess(service)).toEqual({ code: 0, stdout: CONTRACT, stderr: "" });
    expect(await runGenerateProcess(["-"], "{")).toMatchObject({ code: 2, stdout: "" });
    expect(await runGenerateProcess([...service, "--uuid", "other"])).toMatchObject({ code: 1, stdout: "" });
  });

  test("a file", async () => {
    expect(await runGenerate([await file("saw.json", SAW.text)])).toEqual({
      code: 0,
      stdout: CONTRACT,
      stderr: "",
    });
  });

  test("an R message with a byte order mark", async () => {
    const path = await file("message.txt", `\ufeffR ${SAW.text}`);
    expect(await runGenerate([path])).toEqual({ code: 0, stdout: CONTRACT, stderr: "" });
  });

  test("an R message without a space", async () => {
    expect(await runGenerate(["-"], `R${SAW.text}`)).toEqual({ code: 0, stdout: CONTRACT, stderr: "" });
  });

  test.each([[[]], [["-"]]])("the standard input, %j", async (args) => {
    expect(await runGenerate(args, SAW.text)).toEqual({ code: 0, stdout: CONTRACT, stderr: "" });
  });

  test("a running broker", async () => {
    const { url } = await brokerWithSaw();
    const { uuid } = SAW.selfDescription;
    expect(await runGenerate(["--url", `${url}/`, "--uuid", uuid])).toEqual({
      code: 0,
      stdout: CONTRACT,
      stderr: "",
    });
  });

  test("a running broker that wants a token, or a name and a password", async () => {
    const { url } = await brokerWithSaw({ token: "open sesame" });
    const service = ["--url", url, "--uuid", SAW.selfDescription.uuid];
    expect(await runGenerate([...service, "--token", "open sesame"])).toMatchObject({
      code: 0,
      stdout: CONTRACT,
    });
    expect(await runGenerate([...service, "--user", "me:open sesame"])).toMatchObject({
      code: 0,
      stdout: CONTRACT,
    });
    expect(await runGenerate(service)).toEqual({
      code: 1,
      stdout: "",
      stderr: `msb-client-websocket: ${url}/service/${SAW.selfDescription.uuid} needs the right credentials. Give --token SECRET, or --user NAME:PASSWORD.\n`,
    });
  });
});

test("--name calls it so", async () => {
  const { stdout } = await runGenerate(["-", "--name", "circular saw"], SAW.text);
  expect(stdout).toBe(CONTRACT.replace("const saw =", "const circularSaw ="));
});

test("what the contract cannot say goes to the standard error as well", async () => {
  const { text, selfDescription } = selfDescriptionOf("csharp.by-hand");
  const note = "dataFormat.Kind.x-enumNames: is not a keyword of the MSB: left out";
  expect(await runGenerate(["-"], text)).toEqual({
    code: 0,
    stdout: generateContract(selfDescription).source,
    stderr: `msb-client-websocket: Event "MOVED": ${note}\n`,
  });
});

test("--help", async () => {
  const { code, stdout } = await runGenerate(["--help"]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^Usage: msb-client-websocket generate \[FILE]/)]);
});

const HELP = " (see msb-client-websocket generate --help)";

test.each([
  [["--counterprt"], "Unknown option '--counterprt': did you mean --counterpart?"],
  [["--name"], "Option '--name' needs a value"],
  [["a", "b"], 'One file at a time, not "a" and "b"'],
  [["a", "--url", "http://x", "--uuid", "u"], "Give either a file, or --url and --uuid"],
  [["--url", "http://x"], "--url and --uuid need each other"],
  [
    ["--url", "ws://x", "--uuid", "u"],
    '--url must be an http:// or https:// URL, such as http://127.0.0.1:8085, not "ws://x"',
  ],
  [
    ["--url", "http://name:secret@x", "--uuid", "u"],
    "--url must have no user name and password: give them as --user NAME:PASSWORD",
  ],
  [
    ["--url", "http://x/?token=secret", "--uuid", "u"],
    "--url must have no query and no fragment; the token of a broker is given as --token SECRET",
  ],
  [
    ["--url", "http://x/#/api", "--uuid", "u"],
    "--url must have no query and no fragment; the token of a broker is given as --token SECRET",
  ],
  [["a", "--token", "t"], "--token and --user need --url"],
  [["--url", "http://x", "--uuid", "u", "--token", "t", "--user", "a:b"], "Give either --token or --user"],
  [["--url", "http://x", "--uuid", "u", "--user", "a"], '--user must be NAME:PASSWORD, not "a"'],
  [["a", "--name", " "], "--name must not be empty"],
  [["a", "--counterpart", "--device"], "Give either --counterpart or --device: each is a program of its own"],
  [["a", "--import", "./a.ts"], "--import needs --counterpart or --device"],
])("%j is told in one line", async (args, reason) => {
  const stderr = `msb-client-websocket: ${reason}${HELP}\n`;
  expect(await runGenerate(args)).toEqual({ code: 2, stdout: "", stderr });
});

test.each([
  ["", "is not valid JSON: it is empty"],
  ['{\n  "name": "a",\n  "events": [,]\n}', "is not valid JSON: Value expected in line 3, column 14"],
  ['{ "name": a }', "is not valid JSON: Invalid symbol in line 1, column 11"],
  ['{ "name": "a" // b\n}', "is not valid JSON: Invalid comment token in line 1, column 15"],
])("%j is told, with its place", async (text, reason) => {
  const stderr = `msb-client-websocket: The standard input: ${reason}\n`;
  expect(await runGenerate([], text)).toEqual({ code: 2, stdout: "", stderr });
});

test("a file that is not there is told", async () => {
  const path = join(folder, "nowhere.json");
  const stderr = `msb-client-websocket: ${JSON.stringify(path)}: there is no such file. Give the path of a JSON file\n`;
  expect(await runGenerate([path])).toEqual({ code: 2, stdout: "", stderr });
});

test("everything that makes it no self-description is told at once", async () => {
  const description = {
    events: [{ eventId: "A" }, { eventId: "A" }, {}],
    functions: [{ functionId: 1 }],
    configuration: { parameters: [] },
  };
  expect(await runGenerate(["-"], JSON.stringify(description))).toEqual({
    code: 2,
    stdout: "",
    stderr:
      "msb-client-websocket: The self-description: name: is missing: must be a string; events[2].eventId: is missing: must be a string; functions[0].functionId: must be a string, not 1; configuration.parameters: must be an object, not an array\n",
  });
  const doubled = { name: "n", events: [{ eventId: "A" }, { eventId: "A" }], functions: [] };
  const { stderr } = await runGenerate(["-"], JSON.stringify(doubled));
  expect(stderr).toBe('msb-client-websocket: The self-description: events[1].eventId: "A" occurs twice\n');
});

test("one that is nested too deeply is told", async () => {
  const format = `${'{"items":'.repeat(20_000)}{}${"}".repeat(20_000)}`;
  const text = `{ "name": "n", "events": [{ "eventId": "A", "dataFormat": { "dataObject": ${format} } }] }`;
  const stderr = "msb-client-websocket: The self-description: is nested too deeply\n";
  expect(await runGenerate(["-"], text)).toEqual({ code: 2, stdout: "", stderr });
});

test("a service that is not known, and a broker that is not there, are told", async () => {
  const broker = await startBroker();
  const args = ["--url", broker.url, "--uuid", "nobody/here"];
  expect(await runGenerate(args)).toEqual({
    code: 1,
    stdout: "",
    stderr: `msb-client-websocket: There is no service with the uuid "nobody/here" at ${broker.url}. It must have registered there.\n`,
  });
  await broker.close();
  const { code, stderr } = await runGenerate(args);
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(
      /^msb-client-websocket: http:\S+\/service\/nobody%2Fhere cannot be reached: .*ECONNREFUSED.*\. Is the MSB running, .*\n$/,
    ),
  ]);
});

test("the programs of both ends run as they are, with each other", { timeout: 60_000 }, async () => {
  const broker = await startBroker();
  onTestFinished(() => broker.close());
  const programs = await Promise.all(
    ["device", "counterpart"].map(async (end) => {
      const { stdout } = await runGenerate(["-", `--${end}`], SAW.text);
      return await file(`${end}.ts`, runnable(stdout));
    }),
  );
  const [device = "", counterpart = ""] = programs;
  const dashboard = startProgram(counterpart, broker.url);
  await dashboard.written(/Flow .*: created/);
  startProgram(device, broker.url);
  await dashboard.written(/NOISES \[ 'text' ]/);
  await dashboard.written(/BLADE 1/);
  dashboard.type("SET_SPEED");
  await dashboard.written(/SET_SPEED \{ eventId: 'SPEED', value: 1 }/);
  dashboard.type("CUT");
  await dashboard.written(/CUT \{\n +first: /);
  dashboard.type("SET_SPED");
  await dashboard.written(/SET_SPED is not a function/);
});
