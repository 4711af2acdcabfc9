// The programs of the guides, with the packed package: each does what its guide says.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, it, test } from "vitest";
import { startBroker } from "../../src/broker/index.ts";
import { documentSample } from "../support/docs/document-sample.ts";
import { guideBlocks, outputPattern } from "../support/docs/guide.ts";
import { installExample, linkPackages } from "../support/package/example.ts";
import { ROOT } from "../support/package/package.ts";
import { Program, runOk } from "../support/package/program.ts";

let folder: string;

/** Writes a sample as a program, with the broker of the test instead of the usual one. */
async function write(guide: string, name: string, file: string, brokerUrl: string): Promise<string> {
  const path = join(folder, file);
  const sample = await documentSample(`docs/guides/${guide}.md`, name);
  await writeFile(path, sample.replaceAll("http://127.0.0.1:8085", brokerUrl));
  return path;
}

function start(path: string): Program {
  return new Program(process.execPath, [path], { cwd: folder });
}

/** What the guide shows as the output of a program. */
async function shownOutput(guide: string, output: string): Promise<RegExp> {
  const blocks = await guideBlocks(`docs/guides/${guide}.md`);
  return outputPattern(
    blocks.find(({ mark, name }) => mark === "output" && name === output)?.code ?? "nothing",
  );
}

beforeAll(async () => {
  folder = join(inject("consumer"), "guide-programs");
  await mkdir(folder);
  await linkPackages(folder, ["aedes", "mqtt"]);
});

test("configuration-parameters.md: a change at the MSB is heard, and the output is that of the guide", async () => {
  await using broker = await startBroker();
  const path = await write("configuration-parameters", "parameters", "parameters.mjs", broker.url);
  await using program = start(path);
  await program.written(/^mode = manual$/m);
  broker.configure("press-11", { interval: 200 });
  await program.written(/^interval = 200$/m);
  expect(program.output.trim()).toMatch(await shownOutput("configuration-parameters", "parameters"));
});

test("configuration-parameters.md: a value is kept over the end of the program", async () => {
  await using broker = await startBroker();
  const path = await write("configuration-parameters", "kept", "kept.mjs", broker.url);
  {
    await using program = start(path);
    await program.written(/^interval: 1000$/m);
    const again = broker.waitForRegistration("press-12", { next: true });
    broker.configure("press-12", { interval: 250 });
    await again;
  }
  await using program = start(path);
  await program.written(/^interval: 250$/m);
});

test("gateways.md: four lamps behind one connection", async () => {
  await using broker = await startBroker();
  const path = await write("gateways", "gateway", "gateway.mjs", broker.url);
  const published = broker.waitForEvent({ uuid: "hall-3-lamp-1" }, 30_000);
  await using program = start(path);
  expect((await published).dataObject).toBe(true);
  await broker.waitForRegistration("hall-3-lamp-4", { timeout: 30_000 });
  const answer = await broker.callAndWait("hall-3-lamp-2", "SWITCH", true, { eventId: "SWITCHED" });
  expect(answer).toMatchObject({ uuid: "hall-3-lamp-2", dataObject: true });
  await program.written(/^Lamp 2 is on\.$/m);
  expect(broker.connections).toHaveLength(1);
});

test("application-properties.md: the identity and the URL come from the file", async () => {
  await using broker = await startBroker();
  await write("application-properties", "application.properties", "application.properties", broker.url);
  const path = await write("application-properties", "press", "press.mjs", broker.url);
  const beside = await write("application-properties", "beside", "beside.mjs", broker.url);
  const elsewhere = await write("application-properties", "elsewhere", "elsewhere.mjs", broker.url);
  const published = broker.waitForEvent({ eventId: "STARTED" }, 30_000);
  await using _program = start(path);
  expect(await published).toMatchObject({
    uuid: "0fd4b6c6-4a4e-4b0b-8f1c-6a8f9d2c7e53",
    dataObject: "0fd4b6c6-4a4e-4b0b-8f1c-6a8f9d2c7e53 has started.",
  });
  // Not in the working directory.
  expect(await runOk(process.execPath, [beside], { cwd: ROOT })).toBe(
    "0fd4b6c6-4a4e-4b0b-8f1c-6a8f9d2c7e53\n",
  );
  expect(await runOk(process.execPath, [elsewhere])).toBe("dashboard-1\n");
  await rm(join(folder, "application.properties"));
});

test("many-clients.md: two hundred presses, twenty at a time", async () => {
  await using broker = await startBroker();
  const path = await write("many-clients", "fleet", "fleet.mjs", broker.url);
  expect(await runOk(process.execPath, [path], { cwd: folder })).toBe(
    "200 presses are registered.\nEach has published.\n",
  );
  expect(new Set(broker.events.map(({ uuid }) => uuid)).size).toBe(200);
});

describe("debugging.md", () => {
  it("the trace is as it is shown", async () => {
    await using broker = await startBroker();
    const path = await write("debugging", "trace", "trace.mjs", broker.url);
    expect((await runOk(process.execPath, [path])).trim()).toMatch(await shownOutput("debugging", "trace"));
  });

  it("every message is told to the program", async () => {
    await using broker = await startBroker();
    const path = await write("debugging", "message", "message.mjs", broker.url);
    await writeFile(
      join(folder, "press.properties"),
      `msb.type=SmartObject\nmsb.uuid=p\nmsb.name=p\nmsb.description=p\nmsb.token=p\nmsb.url=${broker.url}\n`,
    );
    await using program = start(path);
    await program.written(/^0$/m);
    expect(program.output).toMatch(/Z in IO_CONNECTED\n.*Z out R .*Z in IO_REGISTERED\n/s);
    expect(program.output).toMatch(/^registered/m);
  });
});

describe("mqtt-gateway.md, without a disk", () => {
  it("a message is acknowledged when the MSB has accepted it, and comes again after a long outage", async () => {
    await using broker = await startBroker();
    const cwd = await installExample(inject("consumer"), "mqtt-gateway", "mqtt-without-disk");
    await using mqtt = new Program(process.execPath, ["mqtt-broker.js"], { cwd, env: { MQTT_PORT: "0" } });
    const [url] = await mqtt.written(/mqtt:\/\/\S+/);
    const path = await write("mqtt-gateway", "without-disk", "without-disk.mjs", broker.url);
    const source = await readFile(path, "utf8");
    // The oven of the example measures every second; here only what the test publishes counts.
    expect(source).toContain("mqtt://127.0.0.1:1883");
    await writeFile(
      path,
      source
        .replace("mqtt://127.0.0.1:1883", url)
        .replace("clean: false", "clean: false, keepalive: 1")
        .replace('token: "oven1"', 'token: "oven1", retryPolicy: () => 500'),
    );
    const publisher = join(folder, "publish.mjs");
    await writeFile(
      publisher,
      `import mqtt from "mqtt";
       const client = await mqtt.connectAsync(${JSON.stringify(url)});
       await client.publishAsync("oven/temperature", process.argv[2], { qos: 1 });
       await client.endAsync();`,
    );
    await using program = start(path);
    await broker.waitForRegistration("oven-1", { timeout: 30_000 });
    const first = broker.waitForEvent({ uuid: "oven-1" }, 30_000);
    await runOk(process.execPath, [publisher, "181.5"], { cwd: folder });
    expect((await first).dataObject).toBe(181.5);
    const restarted = broker.faults.restart(4_000);
    await runOk(process.execPath, [publisher, "182.5"], { cwd: folder });
    await program.written(/MQTT: Keepalive timeout/);
    await restarted;
    const arrived = (): number => broker.events.filter(({ dataObject }) => dataObject === 182.5).length;
    await expect.poll(arrived, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  });
});
