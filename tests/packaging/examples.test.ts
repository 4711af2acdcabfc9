// The examples that run in Node.js, with the packed package: each is started as its package.json says, and does what its README says.
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, inject, it, test } from "vitest";
import { startBroker } from "../../src/broker/index.ts";
import {
  exampleManifest,
  exampleNames,
  installExample,
  scriptArguments,
} from "../support/package/example.ts";
import { ROOT } from "../support/package/package.ts";
import { Program, runOk } from "../support/package/program.ts";

const PRESS = "0b4f7c52-5d5c-4a9e-9d41-1f6f3a3f7d10";
const OVEN = "c2d1b1a4-7c0e-4c5d-9f35-0d9e5f1c8a71";
const LAMP = "c2d1b1a4-7c0e-4c5d-9f35-0d9e5f1c8a72";

async function start(
  name: string,
  folder: string,
  env: Readonly<Record<string, string>>,
  script = "start",
): Promise<Program> {
  return new Program(process.execPath, await scriptArguments(name, script), { cwd: folder, env });
}

/** What LevelDB has written into the store of an example. */
async function storedBytes(folder: string): Promise<number> {
  const store = join(folder, "events");
  const files = (await readdir(store).catch(() => [])).filter((file) => file.endsWith(".log"));
  const sizes = await Promise.all(files.map((file) => stat(join(store, file))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

test("the examples depend on what the package is developed with, and on this version of it", async () => {
  const { version, devDependencies } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const names = await exampleNames();
  expect(names).toHaveLength(5);
  const [major, minor] = version.split(".");
  const allowed = { ...devDependencies, "msb-client-websocket": `^${major}.${minor}.0` };
  for (const name of names) {
    const { name: ownName, dependencies, devDependencies: forDevelopment } = await exampleManifest(name);
    expect(ownName).toBe(`example-${name}`);
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(["msb-client-websocket", "zod"]));
    const all = { ...dependencies, ...forDevelopment };
    expect(all, name).toEqual(Object.fromEntries(Object.keys(all).map((each) => [each, allowed[each]])));
  }
});

describe("node-service", () => {
  const lines = (program: Program): { level: string; message: string }[] =>
    program.output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));

  it("publishes, answers, takes its interval from the MSB, and ends in order", async () => {
    await using broker = await startBroker();
    const folder = await installExample(inject("consumer"), "node-service");
    await using program = await start("node-service", folder, { MSB_URL: broker.url });
    await broker.waitForRegistration(PRESS, { timeout: 30_000 });
    broker.configure(PRESS, { interval: 100 });
    await expect(broker.waitForEvent({ eventId: "TEMPERATURE" })).resolves.toMatchObject({
      dataObject: { celsius: 26 },
    });
    const answer = await broker.callAndWait(PRESS, "SET_SPEED", 90, { eventId: "SPEED_CHANGED" });
    expect(answer.dataObject).toBe(90);
    await expect(broker.waitForEvent({ eventId: "TEMPERATURE" })).resolves.toMatchObject({
      dataObject: { celsius: 29 },
    });
    program.signal("SIGTERM");
    expect(await program.exit).toBe(0);
    expect(lines(program).map(({ message }) => message)).toEqual([
      "connecting",
      "connected",
      "registering",
      "registered",
      "disconnecting",
      "disconnected",
    ]);
  });

  it("keeps what it measured while the MSB was away, though it is killed", async () => {
    await using broker = await startBroker();
    const folder = await installExample(inject("consumer"), "node-service", "node-service-away");
    // Port 9 is discard: nobody listens.
    await using alone = await start("node-service", folder, { MSB_URL: "http://127.0.0.1:9" });
    await alone.written(/reconnecting/);
    await expect.poll(() => storedBytes(folder), { timeout: 30_000 }).toBeGreaterThan(0);
    await alone[Symbol.asyncDispose]();
    const end = Date.now();
    await using _again = await start("node-service", folder, { MSB_URL: broker.url });
    const { dataObject } = await broker.waitForEvent({ eventId: "TEMPERATURE" }, 30_000);
    expect(Date.parse((dataObject as { at: string }).at)).toBeLessThan(end);
  });

  it("ends with 1 if the MSB refuses it for good", async () => {
    await using broker = await startBroker();
    broker.faults.refuseNext("R", { reply: "NIO_REGISTRATION_ERROR" });
    const folder = await installExample(inject("consumer"), "node-service", "node-service-refused");
    await using program = await start("node-service", folder, { MSB_URL: broker.url });
    expect(await program.exit).toBe(1);
    expect(lines(program).find(({ level }) => level === "error")?.message).toContain(
      "NIO_REGISTRATION_ERROR",
    );
  });

  it("its unit for systemd and its Dockerfile name the command and files that are there", async () => {
    const folder = join(ROOT, "examples/node-service");
    const [unit, image, source] = await Promise.all(
      ["press.service", "Dockerfile", "service.js"].map((file) => readFile(join(folder, file), "utf8")),
    );
    const files = await readdir(folder);
    const command = await scriptArguments("node-service", "start");
    expect(/^ExecStart=\/usr\/bin\/node (.+)$/m.exec(unit ?? "")?.[1]).toBe(command.join(" "));
    expect(JSON.parse(/^CMD (.+)$/m.exec(image ?? "")?.[1] ?? "")).toEqual(["node", ...command]);
    for (const [, pattern = ""] of (image ?? "").matchAll(/^COPY (\S+) \.\/$/gm)) {
      const fits = new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
      expect(
        files.some((file) => fits.test(file)),
        pattern,
      ).toBe(true);
    }
    const read = [...(source ?? "").matchAll(/process\.env\.(\w+)/g)].map(([, name]) => name);
    const set = [...`${unit}\n${image}`.matchAll(/^(?:Environment=|ENV |# )(\w+)=/gm)].map(
      ([, name]) => name,
    );
    expect(new Set(set)).toEqual(new Set(read));
  });
});

it("commonjs: the lamp publishes, is switched, and ends", async () => {
  await using broker = await startBroker();
  const folder = await installExample(inject("consumer"), "commonjs");
  const first = broker.waitForEvent({ eventId: "SWITCHED" }, 30_000);
  await using program = await start("commonjs", folder, { MSB_URL: broker.url });
  const { uuid, dataObject } = await first;
  expect(dataObject).toBe(false);
  const answer = await broker.callAndWait(uuid, "SWITCH", true, { eventId: "SWITCHED" });
  expect(answer.dataObject).toBe(true);
  program.signal("SIGINT");
  expect(await program.exit).toBe(0);
  expect(program.output).toBe("The lamp is registered.\nThe lamp is on.\n");
});

describe("mqtt-gateway", () => {
  const startMqtt = async (folder: string, port = "0"): Promise<{ program: Program; url: string }> => {
    const program = await start("mqtt-gateway", folder, { MQTT_PORT: port }, "mqtt-broker");
    const [url] = await program.written(/mqtt:\/\/\S+/);
    return { program, url };
  };

  it("topics become events, and a call becomes a topic", async () => {
    await using broker = await startBroker();
    const folder = await installExample(inject("consumer"), "mqtt-gateway");
    const { program: mqtt, url } = await startMqtt(folder);
    await using _mqtt = mqtt;
    await using gateway = await start("mqtt-gateway", folder, { MSB_URL: broker.url, MQTT_URL: url });
    const measured = broker.waitForEvent({ uuid: OVEN, eventId: "TEMPERATURE" }, 30_000);
    await broker.waitForRegistration(LAMP, { timeout: 30_000 });
    const switched = broker.waitForEvent({ uuid: LAMP, eventId: "SWITCHED" });
    broker.call(LAMP, "SWITCH", true);
    expect((await switched).dataObject).toBe(true);
    await mqtt.written(/hall3\/lamp\/set true/);
    expect((await measured).dataObject).toEqual(expect.any(Number));
    gateway.signal("SIGTERM");
    expect(await gateway.exit).toBe(0);
    expect(gateway.output).toBe("The gateway is running.\n");
  });

  it("what is measured while the gateway is away is kept by the MQTT broker", async () => {
    await using broker = await startBroker();
    const folder = await installExample(inject("consumer"), "mqtt-gateway", "mqtt-gateway-gone");
    const { program: mqtt, url } = await startMqtt(folder);
    await using _mqtt = mqtt;
    const env = { MSB_URL: broker.url, MQTT_URL: url };
    const gateway = await start("mqtt-gateway", folder, env);
    await broker.waitForEvent({ eventId: "TEMPERATURE" }, 30_000);
    await gateway[Symbol.asyncDispose]();
    await writeFile(
      join(folder, "measure.js"),
      `import mqtt from "mqtt";
       const oven = await mqtt.connectAsync(process.env.MQTT_URL);
       await oven.publishAsync("hall3/oven/temperature", "999.5", { qos: 1 });
       await oven.publishAsync("hall3/oven/temperature", "hot", { qos: 1 });
       await oven.endAsync();`,
    );
    await runOk(process.execPath, ["measure.js"], { cwd: folder, env });
    const kept = broker.waitForEvent(({ dataObject }) => dataObject === 999.5, 30_000);
    await using again = await start("mqtt-gateway", folder, env);
    await kept;
    // What can never be sent is acknowledged, and does not stand in the way of the next one.
    await again.written(/^hall3\/oven\/temperature: .*JSON/m);
    await broker.waitForEvent({ eventId: "TEMPERATURE" });
  });

  it("what is measured while the MSB is away is kept on disk, and arrives later", async () => {
    await using broker = await startBroker();
    const folder = await installExample(inject("consumer"), "mqtt-gateway", "mqtt-gateway-away");
    const { program: mqtt, url } = await startMqtt(folder);
    await using _mqtt = mqtt;
    await using alone = await start("mqtt-gateway", folder, { MSB_URL: "http://127.0.0.1:9", MQTT_URL: url });
    await alone.written(/reconnecting/);
    await expect.poll(() => storedBytes(folder), { timeout: 30_000 }).toBeGreaterThan(0);
    await alone[Symbol.asyncDispose]();
    await mqtt[Symbol.asyncDispose]();
    await using _again = await start("mqtt-gateway", folder, { MSB_URL: broker.url, MQTT_URL: url });
    await broker.waitForEvent({ eventId: "TEMPERATURE" }, 30_000);
  });
});
