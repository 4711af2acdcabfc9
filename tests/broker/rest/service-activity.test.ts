import { afterEach, beforeEach, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { ask } from "../../support/broker/rest.ts";

let broker: Broker;
beforeEach(async () => {
  broker = await startBroker();
});
afterEach(() => broker.close());

const get = async (path: string) => ask(broker.url, "GET", `/broker/services/${path}`);
const connect = async (uuid: string, changes: object = {}) =>
  (await BareClient.connect(broker.url, "sockjs")).register(describeService(uuid, changes));

test("of a service: its connection, its queue, and each event that has come", async () => {
  const before = Date.now();
  const client = await connect("u1");
  expect((await get("u1/activity")).body).toMatchObject({
    time: expect.any(Number),
    connected: true,
    reconnects: 0,
    connection: { id: "c1", framing: "sockjs", remoteAddress: expect.stringMatching(/^127\.0\.0\.1:/) },
    queue: { calls: 0 },
    events: [],
  });
  await client.ask(eventMessage("u1", { correlationId: "k1" }));
  await client.ask(eventMessage("u1", { eventId: "unknown" }));
  broker.publish("u1", "E1", "second", { priority: 0 });
  const { body } = await get("u1/activity");
  expect(body.connection.openedAt).toBeGreaterThanOrEqual(before);
  expect(body.events).toEqual([
    {
      eventId: "E1",
      count: 2,
      lastAt: expect.any(Number),
      priority: 0,
      value: '"second"',
      size: 8,
      perSecond: expect.any(Array),
    },
  ]);
  const { perSecond } = body.events[0];
  expect(perSecond).toHaveLength(60);
  expect(perSecond.reduce((sum: number, count: number) => sum + count, 0)).toBe(2);
});

test("says when it was seen last, as the list of all services does", async () => {
  const client = await connect("u1");
  const { registeredAt } = (await get("u1/activity")).body;
  await expect.poll(() => Date.now()).toBeGreaterThan(registeredAt);
  await client.ask(eventMessage("u1"));
  const { body } = await get("u1/activity");
  expect(body.lastSeen).toBe(body.events[0].lastAt);
  const [listed] = (await ask(broker.url, "GET", "/broker/activity")).body.services;
  expect(listed.lastSeen).toBe(body.lastSeen);
});

test("says since when calls wait, and how often a service came back", async () => {
  const client = await connect("u1");
  await client.ask(`R ${JSON.stringify(describeService("u1"))}`);
  expect((await get("u1/activity")).body.reconnects).toBe(0);
  const gone = broker.waitForDisconnect("u1");
  broker.cut("u1");
  await gone;
  broker.addFlow({ from: { uuid: "u1", eventId: "E1" }, to: { uuid: "u1", functionId: "F1" } });
  const before = Date.now();
  broker.publish("u1", "E1", "waits");
  broker.publish("u1", "E1", "waits, too");
  const { body } = await get("u1/activity");
  expect(body).toMatchObject({ connected: false, queue: { calls: 2 } });
  expect(body).not.toHaveProperty("connection");
  expect(body.queue.since).toBeGreaterThanOrEqual(before);
  expect(body.queue.since).toBeLessThanOrEqual(body.time);
  await connect("u1");
  const { body: back } = await get("u1/activity");
  expect([back.connected, back.reconnects, back.queue]).toEqual([true, 1, { calls: 0 }]);
});

test("cuts a long value, and has the whole with every digit on demand", async () => {
  const format = { dataObject: { type: "array", items: { type: "number" } } };
  const client = await connect("u1", { events: [{ "@id": 1, eventId: "A/B", dataFormat: format }] });
  const value = `[${Array(100).fill("9007199254740993").join(",")}]`;
  await client.ask(`E {"uuid":"u1","eventId":"A/B","dataObject":${value}}`);
  const { body } = await get("u1/activity");
  expect(body.events).toMatchObject([{ eventId: "A/B", size: value.length, value: value.slice(0, 400) }]);
  const response = await fetch(`${broker.url}/broker/services/u1/activity/A%2FB`);
  expect(await response.text()).toContain(`"dataObject":${value}`);
  expect((await get("u1/activity/E9")).status).toBe(404);
  expect((await get("u2/activity")).status).toBe(404);
});

test("is forgotten with the service", async () => {
  const client = await connect("u1");
  await client.ask(eventMessage("u1"));
  broker.forget("u1");
  await client.closed;
  await connect("u1");
  expect((await get("u1/activity")).body).toMatchObject({ reconnects: 0, events: [] });
});
