import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { tellTraffic } from "../../../src/broker/command/traffic.ts";
import { startBroker } from "../../../src/broker/index.ts";
import { FakeClock } from "../../../src/testing/fake-clock.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { CERTIFICATE, KEY } from "../../support/broker/fixtures/certificate.ts";
import { HANDSHAKE, rawRequest } from "../../support/broker/raw-http.ts";
import { ROOT } from "../../support/package/package.ts";
import { Program } from "../../support/package/program.ts";

const TSX = ["--import", "tsx"];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "msb-broker-"));
  onTestFinished(() => rm(folder, { recursive: true }));
});

function run(args: readonly string[], env: Record<string, string> = {}): Program {
  const program = new Program(process.execPath, [...TSX, "src/broker/command/cli.ts", ...args], {
    cwd: ROOT,
    env,
  });
  onTestFinished(() => program[Symbol.asyncDispose]());
  return program;
}

async function write(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

describe("the start says", () => {
  test("version, time, addresses, what is recorded and replayed, and how to stop it; the end, what was served", async () => {
    const flow = { from: { uuid: "u1", eventId: "E1" }, to: { uuid: "u1", functionId: "F1" } };
    const flows = await write("flows.json", JSON.stringify([flow]));
    const replayed = await write("replayed.jsonl", "");
    const record = join(folder, "messages.jsonl");
    const program = run(["-p", "0", "--flows", flows, "--record", record, "--replay", replayed]);
    await program.written(/Replayed/);
    const [, url = ""] = await program.written(/Connect clients to (\S+)/);
    expect(program.output.split("\n").slice(0, 8)).toEqual([
      expect.stringMatching(/^msb-broker \d+\.\d+\.\d+\S*, ready in \d+ ms$/),
      `  Connect clients to ${url}`,
      `  Console            ${url}/`,
      `  REST interface     ${url}/v3/api-docs`,
      `  Flows              ${flows} (1)`,
      `  Recording into     ${record}`,
      `  Replaying          ${replayed}`,
      "Ctrl+C to stop",
    ]);
    const client = await (await BareClient.connect(url, "sockjs")).register(describeService("u1"));
    await client.ask(eventMessage("u1"));
    await client.nextJson("C");
    program.signal("SIGINT");
    expect(await program.exit).toBe(0);
    expect(program.output).toMatch(
      /Stopped\. Served 1 connection, 1 registration, 1 event, 1 call\. Recorded 6 messages into .*messages\.jsonl\.\n$/,
    );
    expect((await readFile(record, "utf8")).trim().split("\n")).toHaveLength(8);
    // Each message only with --verbose.
    expect(program.output).not.toMatch(/Event "E1"|Call of "F1"/);
    expect(program.output).toMatch(/Connected from.*Registered SmartObject.*Connection of "u1" ended/s);
  });

  test("every port", async () => {
    const cert = await write("cert.pem", CERTIFICATE);
    const key = await write("key.pem", KEY);
    const program = run(["--port", "0", "--port", "0", "--tls-port", "0", "--cert", cert, "--key", key]);
    await program.written(/Ctrl\+C/);
    const urls = program.output.match(/(?<=(Connect clients to|or to) +)http\S+/g) ?? [];
    expect(urls.map((url) => url.replace(/\d+$/, ""))).toEqual([
      "http://127.0.0.1:",
      "http://127.0.0.1:",
      "https://127.0.0.1:",
    ]);
    for (const url of urls) {
      expect((await rawRequest(url, "/actuator/health")).status).toBe(200);
    }
  });

  test("on all addresses, those of the network, and the token in the console's link", async () => {
    const program = run(["--port", "0", "--host", "0.0.0.0", "--log", "json"]);
    await program.written(/Ctrl\+C/);
    const messages = program.output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).message);
    const [, url] = /^Connect clients to (http:\/\/127\.0\.0\.1:\d+)$/.exec(messages[1]) ?? [];
    expect(messages).toContainEqual(
      expect.stringMatching(new RegExp(`^Console +${url}/\\?token=[0-9a-f]{32}$`)),
    );
  });
});

test("--msb-ports are those of the MSB", async () => {
  const { readCommandLine } = await import("../../../src/broker/command/options.ts");
  const tls = ["--cert", "c", "--key", "k"];
  expect(readCommandLine(["--msb-ports"])).toMatchObject({
    broker: { port: [8085, 8081, 8082] },
    tls: undefined,
    lacksTls: true,
  });
  expect(readCommandLine(["--msb-ports", ...tls])).toMatchObject({
    broker: { port: [8085, 8081, 8082] },
    tls: { ports: [8084] },
    lacksTls: false,
  });
  expect(readCommandLine(["-p", "1", "-p", "8085", "--msb-ports"])).toMatchObject({
    broker: { port: [1, 8085, 8081, 8082] },
  });
  expect(readCommandLine([])).toMatchObject({ broker: { port: [8085] }, tls: undefined });
});

test("options of the command reach the broker", async () => {
  const program = run([
    ...["-p", "0", "--allow-origin", "https://a.example", "--allow-origin", "https://b.example"],
    ...["--allow-host", "msb.test", "--max-message-size", "8192"],
  ]);
  const [, url = ""] = await program.written(/Connect clients to (\S+)/);
  const status = async (headers: Record<string, string>) =>
    (await rawRequest(url, "/websocket/data/websocket", { ...HANDSHAKE, ...headers })).status;
  expect(await status({ Origin: "https://b.example", Host: "msb.test" })).toBe(101);
  expect(await status({ Origin: "https://c.example" })).toBe(403);
  await program.written(/Refused a request .*--allow-origin https:\/\/c\.example/);
  const client = await BareClient.connect(url, "raw");
  client.send("x".repeat(8_193));
  expect((await client.closed).code).toBe(1009);
});

describe("--open", () => {
  /** A program of the name with which browsers are opened, that writes down what it was given. */
  async function fakeBrowser(exit: number): Promise<{ PATH: string }> {
    const file = await write("xdg-open", `#!/bin/sh\nprintf '%s' "$1" > "${folder}/opened"\nexit ${exit}\n`);
    await chmod(file, 0o755);
    return { PATH: `${folder}${delimiter}${process.env["PATH"]}` };
  }

  test.runIf(process.platform === "linux")("opens the console, or says where it is", async () => {
    const program = run(["-p", "0", "--open"], await fakeBrowser(0));
    const [, url] = await program.written(/Console +(\S+)/);
    await expect.poll(() => readFile(join(folder, "opened"), "utf8").catch(() => "")).toBe(url);
    const failing = run(["-p", "0", "--open"], await fakeBrowser(3));
    await failing.written(/No browser could be opened \(xdg-open ended with 3\)\. The console is at http/);
    const none = run(["-p", "0", "--open"], { PATH: folder === "" ? "" : "/nowhere" });
    await none.written(/No browser could be opened \(spawn xdg-open ENOENT\)/);
  });
});

test("traffic is one line every ten seconds, if there was any", async () => {
  const flow = (functionId: string) => ({
    from: { uuid: "u1", eventId: "E1" },
    to: { uuid: "u2", functionId },
  });
  const offline = { from: { uuid: "u1", eventId: "E1" }, to: { uuid: "u3", functionId: "F1" } };
  await using broker = await startBroker({ flows: [flow("F1"), flow("F2"), offline] });
  const clock = new FakeClock();
  const lines: string[] = [];
  const stop = tellTraffic(broker, clock, (line) => lines.push(line));
  await (await BareClient.connect(broker.url, "raw")).register(describeService("u2"));
  const client = await (await BareClient.connect(broker.url, "raw")).register(describeService("u1"));
  await clock.advance(10_000);
  expect(lines).toEqual([]);
  for (let event = 0; event < 120; event += 1) {
    expect(await client.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
  }
  await clock.advance(10_000);
  await client.ask(eventMessage("u1"));
  await client.ask(eventMessage("u1", { eventId: "no" }));
  await clock.advance(10_000);
  await clock.advance(30_000);
  expect(lines).toEqual([
    "12 events/s, 24 calls/s, 120 queued",
    "0.1 events/s, 0.2 calls/s, 121 queued, 1 refused",
  ]);
  stop();
  expect(clock.pending).toBe(0);
});

/** A broker whose output is read until it runs, and then not any more. */
async function startUnread() {
  const args = [...TSX, "src/broker/command/cli.ts", "-p", "0", "--verbose"];
  const child = spawn(process.execPath, args, { cwd: ROOT });
  onTestFinished(() => void child.kill("SIGKILL"));
  let start = "";
  const url = await new Promise<string>((resolve) => {
    child.stdout.on("data", (text) => {
      start += String(text);
      const [, found] = /Connect clients to (\S+).*Ctrl\+C/s.exec(start) ?? [];
      if (found !== undefined) {
        resolve(found);
      }
    });
  });
  child.stdout.removeAllListeners("data").pause();
  return { child, url };
}

test("output that nobody reads is not kept, does not stop the broker, and what is missing is said", async () => {
  const { child, url } = await startUnread();
  child.stdout.pause();
  const client = await (await BareClient.connect(url, "raw")).register(describeService("u1"));
  const heap = async () => JSON.parse((await rawRequest(url, "/broker/state")).text).memory.rss;
  const before = await heap();
  // Each gives a line of 200 characters and more: far beyond what a pipe takes.
  const unknown = "x".repeat(300);
  for (let round = 0; round < 20; round += 1) {
    client.send(...Array.from({ length: 10_000 }, () => unknown), eventMessage("u1"));
    expect(await client.next()).toBe("IO_PUBLISHED");
  }
  expect((await heap()) - before).toBeLessThan(100_000_000);
  let output = "";
  child.stdout.on("data", (text) => {
    output += String(text);
  });
  child.stdout.resume();
  const has = (pattern: RegExp) => pattern.test(output);
  await expect.poll(() => has(/… \d+ lines left out: more than can be read/)).toBe(true);
  expect(client.socket.readyState).toBe(WebSocket.OPEN);
  // Read again, it is written again: as soon as the second is over that had its lines.
  await expect
    .poll(() => {
      client.send("late");
      return has(/unknown message "late"/);
    })
    .toBe(true);
});

test("a broker whose output is never read ends all the same", async () => {
  const { child, url } = await startUnread();
  const client = await BareClient.connect(url, "raw");
  // More than a pipe takes.
  client.send(...Array.from({ length: 2_000 }, () => "x".repeat(300)));
  await client.register(describeService("u1"));
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  expect((await exit)[0]).toBe(0);
});

test("a broker whose reader has gone goes on", async () => {
  const { child, url } = await startUnread();
  child.stdout.destroy();
  const client = await (await BareClient.connect(url, "raw")).register(describeService("u1"));
  for (let event = 0; event < 10; event += 1) {
    expect(await client.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
  }
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  expect((await exit)[0]).toBe(0);
});

test("npm run demo takes another port if its own is taken, and says so", async () => {
  await using other = await startBroker();
  const env = { MSB_PORT: String(other.port), PAGE_PORT: String(other.port) };
  const demo = new Program(process.execPath, [...TSX, "demo/start.ts"], { cwd: ROOT, env });
  onTestFinished(() => demo[Symbol.asyncDispose]());
  const [, page = ""] = await demo.written(/Open the dashboard: +(\S+)/);
  for (const what of ["broker", "page"]) {
    await demo.written(
      new RegExp(`Port ${other.port} is taken by another program: the ${what} is on port \\d+\\.`),
    );
  }
  const { msbUrl } = await (await fetch(new URL("session", page))).json();
  expect(msbUrl).not.toBe(other.url);
  expect((await fetch(`${msbUrl}/actuator/health`)).status).toBe(200);
});
