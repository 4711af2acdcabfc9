import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";

let broker: Broker;
let log: string[];
beforeEach(async () => {
  log = [];
  broker = await startBroker({ log: ({ message }) => log.push(message) });
});
afterEach(() => broker.close());

const connect = async (uuid: string) =>
  (await BareClient.connect(broker.url, "raw")).register(describeService(uuid));

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "msb-broker-"));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

describe("waiting", () => {
  test("for a registration: now, the first, the next", async () => {
    const first = broker.waitForRegistration("u1");
    const client = await connect("u1");
    expect(await first).toMatchObject({ uuid: "u1" });
    expect(await broker.waitForRegistration("u1")).toBe(broker.services.get("u1"));
    const next = broker.waitForRegistration("u1", { next: true });
    await client.register(describeService("u1", { name: "again" }));
    expect(await next).toMatchObject({ name: "again" });
    await expect(broker.waitForRegistration("u2", { timeout: 1 })).rejects.toMatchObject({
      code: "TIMEOUT",
      message: 'Waited 1 ms for a registration of "u2", and none came.',
    });
  });

  test("for a message, and for the end of a connection", async () => {
    const client = await connect("u1");
    const sent = broker.waitForMessage({ direction: "out", startsWith: "C" });
    const received = broker.waitForMessage(({ text }) => text.includes("needle"));
    const end = broker.waitForDisconnect("u1");
    broker.call("u1", "F1", "x");
    client.send(eventMessage("u1", { dataObject: "needle" }));
    expect(await sent).toMatchObject({ direction: "out", connectionId: "c1" });
    expect(await received).toMatchObject({ direction: "in" });
    broker.cut("u1");
    expect(await end).toMatchObject({ uuids: ["u1"] });
    await expect(broker.waitForMessage({ startsWith: "K" }, 1)).rejects.toMatchObject({ code: "TIMEOUT" });
    await expect(broker.waitForDisconnect("u1", 1)).rejects.toMatchObject({ code: "TIMEOUT" });
  });

  test("ends with the broker", async () => {
    const waits = [
      broker.waitForRegistration("u1"),
      broker.waitForMessage({}),
      broker.waitForDisconnect("u1"),
      broker.waitForEvent(),
    ];
    await broker.close();
    for (const wait of waits) {
      await expect(wait).rejects.toMatchObject({ code: "DISCONNECTED" });
    }
  });

  test("for the response event of a call", async () => {
    const client = await connect("u1");
    const response = broker.callAndWait("u1", "F1", "x", { eventId: "E1" });
    const { correlationId } = (await client.nextJson("C")) as { correlationId: string };
    client.send(
      eventMessage("u1", { correlationId: "another" }),
      eventMessage("u1", { correlationId, eventId: "E2" }),
      eventMessage("u1", { correlationId, dataObject: "done" }),
    );
    expect(await response).toMatchObject({ eventId: "E1", dataObject: "done" });
    await expect(broker.callAndWait("u1", "F1", "x", { timeout: 1 })).rejects.toMatchObject({
      code: "TIMEOUT",
    });
    expect(() => broker.callAndWait("no", "F1")).toThrow(/No service "no"/);
  });
});

test("call with named parameters", async () => {
  const client = await connect("u1");
  broker.call("u1", "F1", undefined, { parameters: { a: 1, b: [2] } });
  expect(await client.nextJson("C")).toMatchObject({ functionParameters: { a: 1, b: [2] } });
});

test("publish checks the value, and later changes of it do not matter", async () => {
  await connect("u1");
  expect(() => broker.publish("u1", "E1", 5)).toThrow(/must be a string/);
  expect(() => broker.publish("u1", "E9")).toThrow(/"u1" has no event "E9"/);
  expect(() => broker.publish("u9", "E1")).toThrow(/No service "u9"/);
  await (await BareClient.connect(broker.url, "raw")).register(
    describeService("u2", {
      events: [{ "@id": 1, eventId: "E", dataFormat: { dataObject: { type: "object", properties: {} } } }],
    }),
  );
  const value = { a: 1 };
  broker.publish("u2", "E", value);
  value.a = 2;
  expect(broker.events.at(-1)?.dataObject).toEqual({ a: 1 });
});

describe("the flows file", () => {
  const flow = (functionId: string) => ({
    from: { uuid: "u1", eventId: "E1" },
    to: { uuid: "u2", functionId },
  });
  const functions = () =>
    broker.flows
      .map(({ to }) => to.functionId)
      .sort()
      .join();

  test("is watched; a broken one is reported, and the old flows stay", async () => {
    const file = join(await folder(), "flows.json");
    await writeFile(file, JSON.stringify([flow("F1"), flow("F2")]));
    broker.addFlow(flow("mine"));
    const stop = await broker.watchFlows(file);
    expect(functions()).toBe("F1,F2,mine");
    await writeFile(file, '[{"from":');
    await expect
      .poll(() => log.join("\n"))
      .toMatch(/The flows stay as they are.*flows\.json.*JSON cannot be read/);
    await writeFile(file, JSON.stringify([flow("F1"), { from: {} }]));
    await expect.poll(() => log.join("\n")).toMatch(/\[1\] The flow cannot be used: from\.uuid/);
    expect(functions()).toBe("F1,F2,mine");
    await writeFile(file, JSON.stringify({ flows: [flow("F3")] }));
    await expect.poll(functions).toBe("F3,mine");
    // As an editor does it: a new file takes the place of the old one.
    await rm(file);
    await writeFile(file, JSON.stringify([flow("F4")]));
    await expect.poll(functions).toBe("F4,mine");
    stop();
  });

  test("must be usable at the start", async () => {
    const file = join(await folder(), "flows.json");
    await expect(broker.watchFlows(file)).rejects.toThrow(/flows\.json cannot be used: ENOENT/);
    await writeFile(file, "5");
    await expect(broker.watchFlows(file)).rejects.toThrow(/must be an array of flows.*, not 5/);
  });
});

describe("recording", () => {
  test("every message is in the file, and replay says again what clients said", async () => {
    const file = join(await folder(), "messages.jsonl");
    const stop = await broker.record(file);
    const client = await connect("u1");
    await client.ask(eventMessage("u1", { dataObject: "a\nb" }));
    const gone = broker.waitForDisconnect("u1");
    await client.close();
    await gone;
    const second = await connect("u1");
    await second.ask(eventMessage("u1", { dataObject: "again" }));
    await stop();
    await second.ask(eventMessage("u1", { dataObject: "not recorded" }));
    const lines = (await readFile(file, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const shown = lines.map(({ direction, connection, text = "" }) =>
      `${connection} ${direction} ${text.slice(0, 13)}`.trim(),
    );
    expect(shown).toEqual([
      "c1 open",
      "c1 out IO_CONNECTED",
      'c1 in R {"@class":"',
      "c1 out IO_REGISTERED",
      'c1 in E {"uuid":"u1',
      "c1 out IO_PUBLISHED",
      "c1 close",
      "c2 open",
      "c2 out IO_CONNECTED",
      'c2 in R {"@class":"',
      "c2 out IO_REGISTERED",
      'c2 in E {"uuid":"u1',
      "c2 out IO_PUBLISHED",
    ]);
    expect(lines.every(({ at }) => Math.abs(Date.now() - at) < 60_000)).toBe(true);

    await using other = await startBroker();
    expect(await other.replay(file, { speed: 0 })).toBe(4);
    expect(other.events.map(({ dataObject }) => dataObject)).toEqual(["a\nb", "again"]);
    expect([...other.services.keys()]).toEqual(["u1"]);
    expect(other.connections).toMatchObject([{ id: "replay2", remoteAddress: "replay" }]);
  });

  test("replay keeps the distances in time, faster or slower", async () => {
    const file = join(await folder(), "messages.jsonl");
    const line = (at: number, text: string) =>
      JSON.stringify({ at, direction: "in", connection: "c1", text });
    const registration = `R ${JSON.stringify(describeService("u1"))}`;
    await writeFile(file, `${line(1_000, registration)}\n${line(3_000, eventMessage("u1"))}\n`);
    const start = performance.now();
    expect(await broker.replay(file, { speed: 20 })).toBe(2);
    expect(performance.now() - start).toBeGreaterThan(95);
    expect(broker.events).toHaveLength(1);
    // It ends with the broker.
    const endless = broker.replay(file, { speed: 0.001 });
    await broker.waitForRegistration("u1");
    await broker.close();
    expect(await endless).toBeLessThan(2);
  });

  test("says what cannot be used", async () => {
    const path = await folder();
    await expect(broker.replay(join(path, "no"))).rejects.toThrow(/cannot be played: ENOENT/);
    await expect(broker.replay("x", { speed: -1 })).rejects.toThrow(/speed: must be a number, 0 or more/);
    await expect(broker.record(join(path, "no", "file"))).rejects.toThrow(/Cannot record into/);
    await writeFile(join(path, "bad"), "\nhello\n");
    await expect(broker.replay(join(path, "bad"))).rejects.toThrow(/line 2: is not a line of a recording/);
  });
});
