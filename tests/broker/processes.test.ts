import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { startBroker } from "../../src/broker/index.ts";
import { BareClient, FRAMINGS } from "../support/broker/bare-client.ts";
import { Child } from "../support/broker/child.ts";
import { describeService, eventMessage } from "../support/broker/describe.ts";
import { CERTIFICATE, KEY } from "../support/broker/fixtures/certificate.ts";
import { ask } from "../support/broker/rest.ts";

let children: Child[] = [];
afterEach(() => {
  for (const child of children) {
    child.process.kill("SIGKILL");
  }
  children = [];
});

function run(file: string, ...args: string[]): Child {
  const child = new Child(file, ...args);
  children.push(child);
  return child;
}

async function files(contents: Record<string, string>): Promise<(name: string) => string> {
  const folder = await mkdtemp(join(tmpdir(), "msb-broker-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(contents)) {
    await writeFile(join(folder, name), content);
  }
  return (name) => join(folder, name);
}

test("close() leaves nothing: the process ends by itself", async () => {
  const child = run("tests/support/broker/fixtures/exits-by-itself.ts");
  expect([await child.exit, child.output]).toEqual([0, "true\ntrue 0 0\ntrue\n"]);
});

describe("msb-broker", () => {
  const CLI = "src/broker/command/cli.ts";

  test.each(["SIGINT", "SIGTERM"] as const)(
    "starts, shows what happens, ends cleanly on %s",
    async (signal) => {
      const child = run(CLI, "--port", "0", "--verbose");
      const [, url] = await child.written(/Connect clients to (http:\/\/127\.0\.0\.1:\d+)/);
      const client = await BareClient.connect(url ?? "", "sockjs");
      await client.register(describeService("u1"));
      await client.ask(eventMessage("u1"));
      await client.ask(eventMessage("u1", { eventId: "E\u001b[31m" }));
      await child.written(/c1\] Connected from 127\.0\.0\.1:\d+ \(sockjs\)/);
      await child.written(/info {2}\[c1\] Registered SmartObject "Service u1", "u1"/);
      await child.written(/Event "E1" of "u1"/);
      await child.written(/warn {2}\[c1\] NIO_EVENT_FORWARDING_ERROR: .*"E\\u001b\[31m"/);
      child.process.kill(signal);
      expect(await child.exit).toBe(0);
      expect((await client.closed).frame).toEqual([3000, "The broker was closed"]);
    },
  );

  test("--debug shows unknown messages", async () => {
    const child = run(CLI, "--port", "0", "--debug");
    const [, url] = await child.written(/Connect clients to (\S+)/);
    const client = await BareClient.connect(url ?? "", "raw");
    client.send("unknown");
    await child.written(/debug \[c1\] Ignored the unknown message "unknown"/);
  });

  test("--log json writes JSON lines; --flows, --record and --replay take files", async () => {
    const flow = { from: { uuid: "u1", eventId: "E1" }, to: { uuid: "u1", functionId: "F1" } };
    const file = await files({ "flows.json": JSON.stringify([flow]) });
    const options = ["--port", "0", "--log", "json", "--verbose"];
    const first = run(CLI, ...options, "--flows", file("flows.json"), "--record", file("messages.jsonl"));
    const [, url = ""] = await first.written(/Connect clients to (http:[^"]+)/);
    const client = await (await BareClient.connect(url, "raw")).register(describeService("u1"));
    await client.ask(eventMessage("u1"));
    expect(await client.nextJson("C")).toMatchObject({ functionId: "F1" });
    first.process.kill("SIGTERM");
    expect(await first.exit).toBe(0);
    const entries = first.output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(entries.map(({ message }) => message)).toContain('Event "E1" of "u1"');
    expect(entries.every(({ time, level }) => !Number.isNaN(Date.parse(time)) && level !== "")).toBe(true);
    expect((await readFile(file("messages.jsonl"), "utf8")).trim().split("\n")).toHaveLength(8);

    const second = run(CLI, "--port", "0", "--replay", file("messages.jsonl"), "--speed", "0");
    await second.written(/Registered SmartObject "Service u1"/);
    await second.written(/Replayed 2 messages/);
    second.process.kill("SIGTERM");
    expect(await second.exit).toBe(0);
  });

  test("--host makes up a token where others can reach it, --token takes one", async () => {
    const child = run(CLI, "--port", "0", "--host", "0.0.0.0");
    const [, token = ""] = await child.written(/Console +http:\S+\/\?token=(\S+)/);
    const [, url = ""] = await child.written(/Connect clients to (\S+)/);
    const status = async (header: string) =>
      (await ask(url, "GET", "/broker/state", undefined, { Authorization: header })).status;
    expect([await status(`Bearer ${token}`), await status("Bearer no")]).toEqual([200, 401]);

    const own = run(CLI, "--port", "0", "--token", "my own token");
    const [, ownUrl = ""] = await own.written(/Connect clients to (\S+)/);
    expect((await ask(ownUrl, "GET", "/info")).status).toBe(401);
    expect((await ask(ownUrl, "GET", "/info?token=my%20own%20token")).status).toBe(200);
    expect(own.output).not.toContain("my own token");
  });

  test("--cert and --key serve wss", async () => {
    const file = await files({ "cert.pem": CERTIFICATE, "key.pem": KEY });
    const child = run(CLI, "--port", "0", "--cert", file("cert.pem"), "--key", file("key.pem"));
    const [, url = ""] = await child.written(/Connect clients to (https:\S+)/);
    for (const framing of FRAMINGS) {
      const client = await BareClient.connect(url, framing);
      await client.register(describeService(framing));
    }
  });

  test.each([
    [
      ["--flows", "no.json"],
      /^msb-broker: --flows "no\.json": there is no such file.* JSON file with flows\.\n$/,
    ],
    [
      ["--cert", "no.pem", "--key", "no.pem"],
      /^msb-broker: --cert "no\.pem": there is no such file.*PEM\.\n$/,
    ],
    [
      ["--replay", "no.jsonl"],
      /^msb-broker: --replay "no\.jsonl": there is no such file.*--record has written\.\n$/,
    ],
    [["--replay", "src"], /^msb-broker: --replay "src": that is a directory\..*\n$/],
    [
      ["--record", "no/x.jsonl"],
      /^msb-broker: --record "no\/x\.jsonl": there is no such .*directory that exists.*\n$/,
    ],
    [
      ["--flows", "package.json"],
      /^msb-broker: The flows file .*package\.json cannot be used: must be an array.*\n$/,
    ],
    [
      ["--cert", "package.json", "--key", "package.json"],
      /^msb-broker: .*tls: certificate and key cannot be used.*\n$/,
    ],
    [["--tls-port", "1"], /^msb-broker: --tls-port needs --cert and --key.*\n$/],
    [
      ["--max-message-size", "8k"],
      /^msb-broker: --max-message-size must be a number of characters, not "8k".*\n$/,
    ],
    [["--allow-origin", "app.example"], /^msb-broker: .*allowOrigins\[0\]: must be an origin such as .*\n$/],
    [["--cert", "no.pem"], /^msb-broker: --cert and --key need each other.*\n$/],
    [["--speed", "fast"], /^msb-broker: --speed must be a number.*\n$/],
    [["--log", "xml"], /^msb-broker: --log must be text or json.*\n$/],
    [["--token", "short"], /^msb-broker: .*token: must be a string of 8 characters.*\n$/],
  ])("%j is refused in one line", async (args, output) => {
    const child = run(CLI, "--port", "0", ...args);
    expect(await child.exit).toBe(2);
    expect(child.output).toMatch(output);
  });

  // It began with an empty file: there was nothing left to replay.
  test("a recording is not overwritten while it is replayed", async () => {
    const line = JSON.stringify({ at: 1, direction: "open", connection: "c1" });
    const file = await files({ "a.jsonl": line });
    const child = run(CLI, "--port", "0", "--replay", file("a.jsonl"), "--record", file("./a.jsonl"));
    expect(await child.exit).toBe(2);
    expect(child.output).toMatch(
      /^msb-broker: --record ".*": that is the file of --replay, and would be lost\..*\n$/,
    );
    expect(await readFile(file("a.jsonl"), "utf8")).toBe(line);
  });

  test("a recording that cannot be read to its end ends it", async () => {
    const child = run(CLI, "--port", "0", "--replay", "package.json");
    expect(await child.exit).toBe(2);
    expect(child.output).toMatch(
      /msb-broker: The recording package\.json cannot be played: line 1: is not a line/,
    );
  });

  test("says in one line that the port is taken", async () => {
    await using broker = await startBroker();
    const child = run(CLI, "--port", String(broker.port));
    expect(await child.exit).toBe(1);
    expect(child.output).toMatch(/^msb-broker: Port \d+ on 127\.0\.0\.1 is taken by another program\. .*\n$/);
  });

  test.each([
    [["--port", "x"], /^msb-broker: --port must be a number.*\n$/],
    [["--port", "70000"], /^msb-broker: --port must be a number from 0 to 65535, not "70000".*\n$/],
    [["-p", "-1"], /^msb-broker: Option '-p' needs a value.*\n$/],
    [["--host"], /^msb-broker: Option '--host' needs a value.*\n$/],
    [["--prot", "1"], /^msb-broker: Unknown option '--prot': did you mean --port\?.*\n$/],
    [
      ["--alow-origins", "x"],
      /^msb-broker: Unknown option '--alow-origins': did you mean --allow-origin\?.*\n$/,
    ],
    [["--frobnicate"], /^msb-broker: Unknown option '--frobnicate' \(see msb-broker --help\)\n$/],
    [["start"], /^msb-broker: Unexpected argument 'start'.*\n$/],
  ])("refuses %j in one line", async (args, output) => {
    const child = run(CLI, ...args);
    expect(await child.exit).toBe(2);
    expect(child.output).toMatch(output);
  });

  test.each([
    ["--help", /^Usage: msb-broker .*--port.*--host/s],
    ["--version", /^\d+\.\d+\.\d+\S*\n$/],
  ])("%s", async (option, output) => {
    const child = run(CLI, option);
    expect(await child.exit).toBe(0);
    expect(child.output).toMatch(output);
  });
});

describe("the official Node.js client", () => {
  test.each(FRAMINGS)("connects, registers, publishes, is called and configured (%s)", async (framing) => {
    const answer = { from: { uuid: "official", eventId: "ANSWER" }, to: { uuid: "ours", functionId: "F1" } };
    await using broker = await startBroker({ flows: [answer] });
    const ours = await (await BareClient.connect(broker.url, "sockjs")).register(describeService("ours"));
    const reading = broker.waitForEvent({ uuid: "official", eventId: "READING" }, 60_000);
    const child = run("tests/support/broker/fixtures/official-client.cjs", broker.url, framing);
    expect(await reading).toMatchObject({ priority: 2, dataObject: { celsius: 21.5 } });
    expect(broker.services.get("official")).toMatchObject({ framing, name: "Official", type: "SmartObject" });

    broker.call("official", "ECHO", "hello", { correlationId: "c1" });
    expect(await ours.nextJson("C")).toMatchObject({
      correlationId: "c1",
      functionParameters: { dataObject: "hello" },
    });

    const again = new Promise<unknown>((resolve) => broker.on("register", resolve));
    broker.configure("official", { limit: 5 });
    expect(await again).toMatchObject({
      selfDescription: {
        configuration: { parameters: { limit: { value: 5, type: "INTEGER", format: "INT32" } } },
      },
    });
    // The broker has it before the client has the answer.
    await child.written(/^state NEW_PARAMETERS$[\s\S]*^state IO_REGISTERED$/m);
    child.process.stdin?.end();
    expect(await child.exit).toBe(0);
    const states = [...child.output.matchAll(/^state (.*)$/gm)].map(([, state]) => state);
    const start = ["IO_CONNECTED", "IO_REGISTERED", "IO_PUBLISHED", "IO_PUBLISHED"];
    expect(states.slice(0, 6)).toEqual([...start, "NEW_PARAMETERS", "IO_REGISTERED"]);
  });
});
