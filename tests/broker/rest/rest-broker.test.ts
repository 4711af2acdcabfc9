import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { flowDocument } from "../../support/broker/fixtures/flow-documents.ts";
import { ask } from "../../support/broker/rest.ts";

let broker: Broker;
beforeEach(async () => {
  broker = await startBroker();
});
afterEach(() => broker.close());

const call = (method: string, path: string, body?: unknown) => ask(broker.url, method, path, body);
const connect = async (uuid: string, changes: object = {}) =>
  (await BareClient.connect(broker.url, "sockjs")).register(describeService(uuid, changes));
const FLOW = { from: { uuid: "u1", eventId: "E1" }, to: { uuid: "offline", functionId: "F1" } };

describe("state", () => {
  test("of an empty broker", async () => {
    const { status, body } = await call("GET", "/broker/state");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      url: broker.url,
      connections: [],
      services: [],
      flows: [],
      queues: {},
      counters: { messagesIn: 0, eventsAccepted: 0 },
      faults: { delay: 0, refusals: [], silences: [], halfOpen: [] },
      limits: { maxTrace: 1_000, maxConnections: 10_000, maxMessageSize: 1_000_000 },
    });
  });

  test("its uptime is that of the broker, not of the program that it is a part of", async () => {
    const before = performance.now();
    const second = await startBroker();
    const { uptime } = (await ask(second.url, "GET", "/broker/state")).body;
    await second.close();
    expect(uptime).toBeLessThanOrEqual(Math.ceil(performance.now() - before));
  });

  test("with services, flows and a queue; revisions change with them", async () => {
    const before = (await call("GET", "/broker/state")).body.revision;
    broker.addFlow(FLOW);
    const client = await connect("u1");
    await client.ask(eventMessage("u1"));
    await client.ask(eventMessage("u1", { eventId: "no" }));
    const { body } = await call("GET", "/broker/state");
    expect(body.services).toMatchObject([
      {
        uuid: "u1",
        name: "Service u1",
        type: "SmartObject",
        connected: true,
        lifecycleState: "REGISTRATED",
        framing: "sockjs",
        counts: { events: 2, functions: 2, parameters: 1 },
      },
    ]);
    expect(body.services[0]).not.toHaveProperty("selfDescription");
    expect(body.connections).toMatchObject([{ id: "c1", uuids: ["u1"], halfOpen: false }]);
    expect(body.flows).toMatchObject([
      { id: 1, origin: "code", deployed: true, flows: [FLOW], hasDocument: false },
    ]);
    expect(body.queues).toEqual({ offline: 1 });
    expect(body.counters).toMatchObject({ eventsAccepted: 1, eventsRefused: 1, callsQueued: 1 });
    expect(body.revision.services).toBeGreaterThan(before.services);
    expect(body.revision.flows).toBeGreaterThan(before.flows);
  });

  test("one service, with its self-description, also when it has gone", async () => {
    const client = await connect("u1");
    const gone = broker.waitForDisconnect("u1");
    await client.close();
    await gone;
    const { status, body } = await call("GET", "/broker/services/u1");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      uuid: "u1",
      connected: false,
      selfDescription: { events: [{ eventId: "E1" }, { eventId: "E2" }] },
    });
    expect(JSON.stringify(body)).not.toContain('"token"');
    expect((await call("DELETE", "/broker/services/u1")).status).toBe(200);
    expect((await call("GET", "/broker/services/u1")).status).toBe(404);
  });
});

describe("flows", () => {
  test("are added, listed and removed, and run at once", async () => {
    const added = await call("POST", "/broker/flows", {
      ...FLOW,
      name: "Mine",
      mapping: { "/a": { value: 1 } },
    });
    expect(added).toMatchObject({ status: 201, body: { id: 1, name: "Mine", origin: "rest" } });
    expect((await call("POST", "/broker/flows", flowDocument("a", "b", "o"))).body.flows).toHaveLength(2);
    expect((await call("GET", "/broker/flows")).body).toMatchObject([{ id: 1 }, { id: 2 }]);
    const client = await connect("u1");
    await client.ask(eventMessage("u1"));
    expect(broker.queued("offline")).toBe(1);
    expect((await call("DELETE", "/broker/flows/1")).status).toBe(200);
    expect((await call("DELETE", "/broker/flows/1")).status).toBe(404);
    expect(broker.queued("offline")).toBe(0);
    expect((await call("POST", "/broker/flows", { from: FLOW.from })).body.issues).toEqual([
      { path: "to", message: "is missing: must be an object { uuid, functionId }" },
    ]);
  });
});

describe("calls", () => {
  test("are checked against the format, unless that is switched off", async () => {
    const client = await connect("u1");
    const path = "/broker/services/u1/call";
    expect(await call("POST", path, { functionId: "F1", value: 5 })).toMatchObject({
      status: 400,
      body: { issues: [{ path: "dataObject", message: "must be a string, not 5" }] },
    });
    expect((await call("POST", path, { functionId: "F9" })).status).toBe(404);
    expect((await call("POST", path, { functionId: "F2", value: "too much" })).status).toBe(400);
    const sent = await call("POST", path, { functionId: "F1", value: "x", correlationId: "c" });
    expect(sent.status).toBe(202);
    expect(await client.nextJson("C")).toEqual({
      ...{ uuid: "u1", functionId: "F1", correlationId: "c" },
      functionParameters: { dataObject: "x" },
    });
    expect((await call("POST", path, { functionId: "F9", value: 5, check: false })).status).toBe(202);
    expect(await client.nextJson("C")).toMatchObject({ functionId: "F9" });
    expect((await call("POST", "/broker/services/no/call", { functionId: "F1" })).status).toBe(404);
    expect((await call("POST", path, {})).body.issues).toEqual([
      { path: "functionId", message: "is missing: must be a string" },
    ]);
  });

  test("with named parameters", async () => {
    const dataFormat = {
      a: { type: "integer", format: "int32" },
      b: { $ref: "#/definitions/Device" },
      Device: { type: "object", properties: { name: { type: "string" } } },
    };
    const client = await connect("u1", { functions: [{ functionId: "F", dataFormat }] });
    const path = "/broker/services/u1/call";
    const parameters = { a: 1, b: { name: "x" } };
    expect((await call("POST", path, { functionId: "F", parameters })).status).toBe(202);
    expect(await client.nextJson("C")).toMatchObject({ functionParameters: parameters });
    const wrong = await call("POST", path, { functionId: "F", parameters: { a: "1", b: { name: 2 } } });
    expect(wrong.body.issues.map(({ path: at }: { path: string }) => at)).toEqual(["a", "b.name"]);
  });

  test("can wait for the response event", async () => {
    const client = await connect("u1");
    const answer = call("POST", "/broker/services/u1/call", { functionId: "F1", value: "x", wait: 5_000 });
    const { correlationId } = (await client.nextJson("C")) as { correlationId: string };
    client.send(eventMessage("u1", { correlationId, dataObject: "done" }));
    expect(await answer).toMatchObject({
      status: 200,
      body: { response: { eventId: "E1", dataObject: "done", correlationId } },
    });
    const late = await call("POST", "/broker/services/u1/call", { functionId: "F2", wait: 1 });
    expect(late.status).toBe(504);
  });
});

describe("events", () => {
  test("are published as if the service had done it, even if it is offline", async () => {
    const client = await connect("u1");
    broker.addFlow({ ...FLOW, to: { uuid: "target", functionId: "F1" } });
    const target = await connect("target");
    client.socket.terminate();
    await broker.waitForDisconnect("u1");
    const path = "/broker/services/u1/event";
    const { status, body } = await call("POST", path, { eventId: "E1", value: "x", correlationId: "c" });
    expect([status, body]).toMatchObject([201, { uuid: "u1", eventId: "E1", dataObject: "x", priority: 1 }]);
    expect(await target.nextJson("C")).toMatchObject({
      correlationId: "c",
      functionParameters: { dataObject: "x" },
    });
    expect(broker.events).toMatchObject([{ uuid: "u1", correlationId: "c" }]);
    expect((await call("POST", path, { eventId: "E1", value: 5 })).body.issues).toHaveLength(1);
    expect((await call("POST", path, { eventId: "E9" })).status).toBe(404);
    expect((await call("POST", "/broker/services/no/event", { eventId: "E1" })).status).toBe(404);
    expect((await call("POST", path, { eventId: "E2", priority: 7 })).status).toBe(400);
  });
});

test("configuration is checked against the parameters", async () => {
  const client = await connect("u1");
  const path = "/broker/services/u1/configuration";
  expect((await call("POST", path, { params: { p1: 5 } })).status).toBe(202);
  expect(await client.nextJson("K")).toEqual({ uuid: "u1", params: { p1: 5 } });
  const wrong = await call("POST", path, { params: { p1: "x", p2: 1 } });
  expect(wrong.body.issues).toEqual([
    { path: "p1", message: expect.stringContaining("must be a") },
    { path: "p2", message: "is not known here: the service has p1" },
  ]);
  expect((await call("POST", path, { params: { p2: 1 }, check: false })).status).toBe(202);
  expect(await client.nextJson("K")).toMatchObject({ params: { p2: 1 } });
});

describe("faults", () => {
  test("are made, shown and ended", async () => {
    const client = await connect("u1");
    const made = await call("POST", "/broker/faults", { type: "refuseNext", kind: "E", count: 2 });
    expect(made).toMatchObject({ status: 202, body: { refusals: [{ kind: "E", remaining: 2 }] } });
    expect(await client.ask(eventMessage("u1"))).toBe("NIO_EVENT_FORWARDING_ERROR");
    await call("POST", "/broker/faults", { type: "stopAcknowledging", kind: "E", uuid: "u2" });
    await call("POST", "/broker/faults", { type: "delay", milliseconds: 1 });
    expect((await call("GET", "/broker/faults")).body).toMatchObject({
      delay: 1,
      refusals: [{ remaining: 1 }],
      silences: [{ kind: "E", uuid: "u2" }],
    });
    expect((await call("DELETE", "/broker/faults")).body).toEqual({
      ...{ delay: 0, refusals: [], silences: [], halfOpen: [] },
    });
    expect(await client.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
    await call("POST", "/broker/faults", { type: "cut", uuid: "u1" });
    expect((await client.closed).code).toBe(1006);
  });

  test("restart answers first", async () => {
    const client = await connect("u1");
    expect((await call("POST", "/broker/faults", { type: "restart" })).status).toBe(202);
    expect((await client.closed).frame).toEqual([3000, "The broker restarts"]);
    await expect.poll(() => call("GET", "/info").then(({ status }) => status, String)).toBe(200);
  });

  test.each([
    [{ type: "explode" }, 400],
    [{}, 400],
    [{ type: "cut", uuid: "no" }, 404],
    [{ type: "halfOpen" }, 400],
    [{ type: "refuseNext", kind: "E", reply: "NO" }, 400],
    [{ type: "refuseNext", kind: "E", count: 0 }, 400],
    [{ type: "delay", milliseconds: -1 }, 400],
  ])("%j is refused", async (fault, status) => {
    const answer = await call("POST", "/broker/faults", fault);
    expect([answer.status, typeof answer.body.error]).toEqual([status, "string"]);
  });
});

test("the OpenAPI document lists what is there, and its references lead somewhere", async () => {
  const { body: document } = await call("GET", "/v3/api-docs");
  expect(document).toMatchObject({ openapi: "3.0.3", servers: [{ url: broker.url }] });
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
  expect(references.length).toBeGreaterThan(20);
  for (const [, name] of references) {
    expect(document.components.schemas).toHaveProperty(name ?? "");
  }
  for (const [path, operations] of Object.entries<object>(document.paths)) {
    for (const method of Object.keys(operations)) {
      const real = path.replace(/\{\w+\}/g, "none");
      const response = await fetch(`${broker.url}${real}`, { method });
      expect(`${real} ${await firstText(response)}`).not.toMatch(/Not found: /);
    }
  }
});

/** Of a stream that does not end, the beginning. */
async function firstText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return new TextDecoder().decode(value);
}
