import { describe, expect, test } from "vitest";
import { type Flow, type LogEntry, startBroker } from "../../../src/broker/index.ts";
import { BareClient, FRAMINGS } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

const flow = (to: string, functionId = "F1", eventId = "E1"): Flow => ({
  from: { uuid: "source", eventId },
  to: { uuid: to, functionId },
});

const connect = async (url: string, uuid: string, framing: "sockjs" | "raw" = "sockjs") =>
  (await BareClient.connect(url, framing)).register(describeService(uuid));

describe.each(FRAMINGS)("an event becomes a call (%s)", (framing) => {
  test.each([
    [
      "value and correlation id",
      { dataObject: { a: [1, null] }, correlationId: "c1" },
      { correlationId: "c1", functionParameters: { dataObject: { a: [1, null] } } },
    ],
    [
      "no correlation id: it gets a new one",
      { dataObject: "v" },
      { correlationId: expect.stringMatching(UUID), functionParameters: { dataObject: "v" } },
    ],
    ["false", { dataObject: false }, { functionParameters: { dataObject: false } }],
    ["no payload", { dataObject: undefined }, { functionParameters: {} }],
    ["payload null", { dataObject: null }, { functionParameters: {} }],
  ])("%s", async (_, changes, expected) => {
    await using broker = await startBroker({ flows: [flow("target")] });
    const target = await connect(broker.url, "target", framing);
    const source = await connect(broker.url, "source", framing);
    expect(await source.ask(eventMessage("source", changes))).toBe("IO_PUBLISHED");
    const correlationId = expect.any(String);
    expect(await target.nextJson("C")).toStrictEqual({
      ...{ uuid: "target", functionId: "F1", correlationId },
      ...expected,
    });
  });
});

test("fan-out: several functions and services, once for each flow", async () => {
  const flows = [flow("t1"), flow("t1", "F2"), flow("t2"), flow("t2"), flow("source")];
  await using broker = await startBroker({ flows });
  expect(broker.flows).toHaveLength(4);
  const [t1, t2, source] = await Promise.all([
    connect(broker.url, "t1"),
    connect(broker.url, "t2", "raw"),
    connect(broker.url, "source"),
  ]);
  source.send(eventMessage("source"), eventMessage("source", { eventId: "E2" }));
  await source.expect("IO_PUBLISHED");
  expect(await source.nextJson("C")).toMatchObject({ uuid: "source", functionId: "F1" });
  await source.expect("IO_PUBLISHED");
  expect(await t1.nextJson("C")).toMatchObject({ functionId: "F1" });
  expect(await t1.nextJson("C")).toMatchObject({ functionId: "F2" });
  expect(await t2.nextJson("C")).toMatchObject({ uuid: "t2", functionId: "F1" });
  expect(t2.frames.filter((frame) => frame.startsWith("C"))).toHaveLength(1);
});

test("a response event goes on with the same correlation id", async () => {
  const back: Flow = { from: { uuid: "target", eventId: "E1" }, to: { uuid: "source", functionId: "F2" } };
  await using broker = await startBroker({ flows: [flow("target"), back] });
  const target = await connect(broker.url, "target");
  const source = await connect(broker.url, "source");
  source.send(eventMessage("source", { correlationId: "c9" }));
  await source.expect("IO_PUBLISHED");
  const { correlationId } = (await target.nextJson("C")) as { correlationId: string };
  target.send(eventMessage("target", { correlationId, dataObject: "done" }));
  expect(await source.nextJson("C")).toMatchObject({
    functionId: "F2",
    correlationId: "c9",
    functionParameters: { dataObject: "done" },
  });
});

test("flows can be added and removed", async () => {
  await using broker = await startBroker();
  const source = await connect(broker.url, "source");
  const target = await connect(broker.url, "target");
  await source.ask(eventMessage("source", { dataObject: 1 }));
  broker.addFlow(flow("target"));
  await source.ask(eventMessage("source", { dataObject: 2 }));
  expect(await target.nextJson("C")).toMatchObject({ functionParameters: { dataObject: 2 } });
  expect(broker.removeFlow(flow("target"))).toBe(true);
  expect(broker.removeFlow(flow("target"))).toBe(false);
  expect(broker.flows).toEqual([]);
  await source.ask(eventMessage("source", { dataObject: 3 }));
  await target.register(describeService("target"));
});

test.each([
  [{}, /from: is missing: must be an object.*to: is missing: must be an object/],
  [null, /must be an object/],
  [
    { from: { uuid: "", eventId: "E" }, to: { uuid: "u" } },
    /from\.uuid: must not be empty.*to\.functionId: is missing: must be a string/,
  ],
])("the bad flow %j is refused", async (bad, message) => {
  await using broker = await startBroker();
  expect(() => broker.addFlow(bad as Flow)).toThrow(message);
});

describe("a target that is offline", () => {
  test("gets its calls when it registers, in order, and once", async () => {
    await using broker = await startBroker({ flows: [flow("target")] });
    const source = await connect(broker.url, "source");
    for (let index = 0; index < 3; index += 1) {
      await source.ask(eventMessage("source", { dataObject: index }));
    }
    expect(broker.queued("target")).toBe(3);
    const target = await connect(broker.url, "target");
    for (let index = 0; index < 3; index += 1) {
      expect(await target.nextJson("C")).toMatchObject({ functionParameters: { dataObject: index } });
    }
    expect(broker.queued("target")).toBe(0);

    // The same after a cut, for a service that was online before.
    broker.cut("target");
    await source.ask(eventMessage("source", { dataObject: "later" }));
    const again = await connect(broker.url, "target");
    expect(await again.nextJson("C")).toMatchObject({ functionParameters: { dataObject: "later" } });
    expect(again.frames).toHaveLength(4);
  });

  test("keeps the last 1,000, and says so", async () => {
    const log: LogEntry[] = [];
    await using broker = await startBroker({ flows: [flow("target")], log: (entry) => log.push(entry) });
    const source = await connect(broker.url, "source", "raw");
    for (let index = 0; index < 1_003; index += 1) {
      source.send(eventMessage("source", { dataObject: index }));
    }
    for (let index = 0; index < 1_003; index += 1) {
      await source.expect("IO_PUBLISHED");
    }
    expect(broker.queued("target")).toBe(1_000);
    expect(log.filter(({ level, message }) => level === "warn" && message.includes("full"))).toHaveLength(3);
    const target = await connect(broker.url, "target", "raw");
    for (let index = 3; index < 1_003; index += 1) {
      expect(await target.nextJson("C")).toMatchObject({ functionParameters: { dataObject: index } });
    }
  });

  test("is forgotten with its last flow", async () => {
    await using broker = await startBroker({ flows: [flow("target")] });
    const source = await connect(broker.url, "source");
    await source.ask(eventMessage("source"));
    broker.removeFlow(flow("target"));
    expect(broker.queued("target")).toBe(0);
  });

  // Each service was allowed one call, however much waited for the others: an event for thousands of them filled the memory.
  test("all queues together are bounded in size, too", async () => {
    const log: LogEntry[] = [];
    await using broker = await startBroker({ log: (entry) => log.push(entry) });
    for (let index = 0; index < 80; index += 1) {
      broker.addFlow({
        from: { uuid: "source", eventId: "E1" },
        to: { uuid: `away${index}`, functionId: "F1" },
      });
    }
    const source = await connect(broker.url, "source");
    expect(await source.ask(eventMessage("source", { dataObject: "x".repeat(900_000) }))).toBe(
      "IO_PUBLISHED",
    );
    expect([broker.queued(), broker.counters.callsDropped]).toEqual([71, 9]);
    expect([broker.queued("away70"), broker.queued("away71")]).toEqual([1, 0]);
    const warnings = log.filter(({ level }) => level === "warn").map(({ message }) => message);
    expect([warnings.length, warnings[0]]).toEqual([
      9,
      'Dropped a call of "away71": too much waits for others already (1)',
    ]);
    // Small ones still find room.
    await source.ask(eventMessage("source"));
    expect([broker.queued("away70"), broker.queued("away71")]).toEqual([2, 1]);
  });

  test("the queue is bounded in size, too", async () => {
    await using broker = await startBroker({ flows: [flow("target")] });
    const source = await connect(broker.url, "source", "raw");
    for (let index = 0; index < 20; index += 1) {
      await source.ask(eventMessage("source", { dataObject: "x".repeat(900_000) }));
    }
    expect(broker.queued("target")).toBe(17);
    const target = await connect(broker.url, "target", "sockjs");
    for (let index = 0; index < 17; index += 1) {
      await target.nextJson("C");
    }
  });
});

test("a call of a function that its service has not declared is logged; a leading slash is no matter", async () => {
  const log: LogEntry[] = [];
  const flows = [flow("target", "/F1"), flow("target", "F9")];
  await using broker = await startBroker({ flows, log: (entry) => log.push(entry) });
  const source = await connect(broker.url, "source");
  const target = await connect(broker.url, "target");
  await source.ask(eventMessage("source"));
  expect(await target.nextJson("C")).toMatchObject({ functionId: "/F1" });
  expect(await target.nextJson("C")).toMatchObject({ functionId: "F9" });
  const warnings = log.filter(({ level }) => level === "warn");
  expect(warnings).toEqual([
    expect.objectContaining({ message: expect.stringContaining('no function "F9"') }),
  ]);
});
