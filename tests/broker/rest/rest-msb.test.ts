import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient, FRAMINGS } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { flowDocument, joinDocument } from "../../support/broker/fixtures/flow-documents.ts";
import { ask } from "../../support/broker/rest.ts";

const OWNER = "7c328ad1-cea5-410e-8dd8-6c7ca5a2e4f5";

let broker: Broker;
beforeEach(async () => {
  broker = await startBroker();
});
afterEach(() => broker.close());

const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  ask(broker.url, method, path, body, headers);
const connect = async (description: object, framing: "sockjs" | "raw" = "sockjs") =>
  (await BareClient.connect(broker.url, framing)).register(description);

test.each(FRAMINGS)("the whole life of a service (%s)", async (framing) => {
  const issued = await call("POST", `/token/${OWNER}`);
  expect(issued).toMatchObject({ status: 201, body: { token: expect.any(String) } });
  expect((await call("GET", "/smartobject/u1")).status).toBe(404);
  const client = await connect(
    describeService("u1", { token: issued.body.token, events: [{ "@id": 1, eventId: "arrayev" }] }),
    framing,
  );
  expect(await call("GET", "/service/u1")).toMatchObject({
    status: 200,
    body: { uuid: "u1", name: "Service u1", lifecycleState: "VERIFIED", connected: true },
  });

  const created = await call("POST", "/integrationFlow/create", flowDocument("u1", "u1", OWNER));
  expect(created).toMatchObject({ status: 201, body: { id: expect.any(Number), deployed: false } });
  const { id } = created.body;
  // A json content type with an empty body, as the C# client's tests send it.
  expect(await call("PUT", `/integrationFlow/${id}/deploy`)).toMatchObject({
    status: 200,
    body: { id, deployed: true },
  });
  client.send(
    eventMessage("u1", { eventId: "arrayev", dataObject: ["Hello", "World"], correlationId: "c1" }),
  );
  await client.expect("IO_PUBLISHED");
  expect(await client.nextJson("C")).toEqual({
    uuid: "u1",
    functionId: "/arrayfun",
    correlationId: "c1",
    functionParameters: { a: ["Hello", "World"] },
  });
  expect(await call("GET", `/integrationFlow/customer/${OWNER}`)).toMatchObject({
    status: 200,
    body: [{ id, name: "Test flow", deployed: true, ownerUuid: OWNER }],
  });
  expect((await call("GET", "/integrationFlow/customer/another")).body).toEqual([]);

  expect(await call("PUT", `/integrationFlow/${id}/undeploy`)).toMatchObject({
    status: 200,
    body: { id, deployed: false },
  });
  expect(await client.ask(eventMessage("u1", { eventId: "arrayev" }))).toBe("IO_PUBLISHED");
  expect(await call("GET", `/integrationFlow/${id}`)).toMatchObject({
    status: 200,
    body: { deployed: false },
  });
  expect((await call("DELETE", `/integrationFlow/${id}`)).status).toBe(200);
  const gone = await call("GET", `/integrationFlow/${id}`);
  expect(gone).toMatchObject({ status: 404, body: { error: expect.any(String) } });
  expect(gone.body).not.toHaveProperty("id");

  expect(await call("POST", "/service/u1/configuration", { uuid: "u1", params: { p1: 5 } })).toMatchObject({
    status: 200,
  });
  expect(await client.nextJson("K")).toEqual({ uuid: "u1", params: { p1: 5 } });

  await client.close();
  expect((await call("GET", "/smartobject/u1")).body).toMatchObject({ uuid: "u1" });
  expect((await call("DELETE", "/smartobject/u1")).status).toBe(200);
  const forgotten = await call("GET", "/smartobject/u1");
  expect(forgotten.status).toBe(404);
  expect(forgotten.body).not.toHaveProperty("uuid");
});

describe("services", () => {
  test.each(["smartobject", "application", "gateway", "service"])("are found under /%s", async (kind) => {
    await connect(describeService("a/b ä"));
    const path = `/${kind}/${encodeURIComponent("a/b ä")}`;
    const { status, body } = await call("GET", path);
    expect([status, body.uuid, body.events.length]).toEqual([200, "a/b ä", 2]);
    expect(body).not.toHaveProperty("token");
    expect((await call("DELETE", path)).status).toBe(200);
    expect((await call("GET", path)).status).toBe(404);
    expect((await call("DELETE", path)).status).toBe(404);
  });

  test("are REGISTRATED until their token is verified; those of a gateway with the gateway", async () => {
    await connect(
      describeService("g", {
        "@class": "Gateway",
        services: [describeService("sub", { token: undefined })],
      }),
    );
    const states = async () =>
      Promise.all(
        ["g", "sub"].map(async (uuid) => (await call("GET", `/service/${uuid}`)).body.lifecycleState),
      );
    expect(await states()).toEqual(["REGISTRATED", "REGISTRATED"]);
    expect((await call("POST", `/smartobject/verify/${OWNER}`, "token")).status).toBe(201);
    expect(await states()).toEqual(["VERIFIED", "VERIFIED"]);
    expect((await call("POST", `/smartobject/verify/${OWNER}`, "")).status).toBe(400);
  });

  test("a token is given by GET, too", async () => {
    const { status, body } = await call("GET", `/service/token/${OWNER}`);
    expect([status, typeof body.token]).toEqual([201, "string"]);
  });

  test("that is deleted while it is connected loses its connection, and comes back anew", async () => {
    const client = await connect(describeService("u1"));
    await call("DELETE", "/service/u1");
    expect([broker.services.size, broker.knownServices.length]).toEqual([0, 0]);
    expect(await client.closed).toMatchObject({ code: 3000 });
    await connect(describeService("u1"));
    expect((await call("GET", "/service/u1")).status).toBe(200);
  });

  test("configuration is refused for who is not there, and where it is wrong", async () => {
    const body = { uuid: "u1", params: {} };
    expect((await call("POST", "/service/u1/configuration", body)).status).toBe(404);
    const client = await connect(describeService("u1"));
    expect((await call("POST", "/service/u1/configuration", { ...body, uuid: "u2" })).status).toBe(400);
    expect((await call("POST", "/service/u1/configuration", { params: 5 })).body).toMatchObject({
      issues: [{ path: "params", message: "must be an object, not 5" }],
    });
    expect((await call("POST", "/service/u1/configuration", "{")).body.error).toMatch(/JSON cannot be read/);
    const gone = broker.waitForDisconnect("u1");
    client.socket.terminate();
    await gone;
    expect((await call("POST", "/service/u1/configuration", body)).status).toBe(404);
  });
});

describe("integration flows", () => {
  test.each(["/integrationFlow/create/deploy", "/integrationFlow/create?deploy=true"])(
    "are created and deployed by %s",
    async (path) => {
      const { status, body } = await call("POST", path, flowDocument("a", "b", OWNER));
      expect([status, body.deployed]).toEqual([201, true]);
      expect(broker.flows).toEqual([
        {
          from: { uuid: "a", eventId: "arrayev" },
          to: { uuid: "b", functionId: "/arrayfun" },
          mapping: { "/a": { template: "${/dataObject}" } },
        },
        {
          from: { uuid: "a", eventId: "COMPLEX_JSON_EVENT" },
          to: { uuid: "b", functionId: "COMPLEX_JSON_FUNCTION" },
          mapping: { "/dataObject": { template: "${/dataObject}" } },
        },
      ]);
    },
  );

  test("the and processor waits for all its events", async () => {
    await call("POST", "/integrationFlow/create/deploy", joinDocument("a", "b"));
    expect(broker.flows).toMatchObject([
      { from: [{ eventId: "E1" }, { eventId: "E2" }], mapping: { "/a": { template: "${/0/dataObject}" } } },
    ]);
    const client = await connect(describeService("a"));
    const target = await connect(describeService("b"));
    await client.ask(eventMessage("a", { dataObject: "first" }));
    await client.ask(eventMessage("a", { dataObject: "newer" }));
    await client.ask(eventMessage("a", { eventId: "E2", correlationId: "c2" }));
    expect(await target.nextJson("C")).toMatchObject({
      correlationId: "c2",
      functionParameters: { a: "newer" },
    });
  });

  test("simple ones are taken, too", async () => {
    const flow = {
      from: { uuid: "a", eventId: "E1" },
      to: { uuid: "b", functionId: "F1" },
      mapping: { "/dataObject/x": "/dataObject" },
    };
    const { body } = await call("POST", "/integrationFlow/create?deploy=true", { name: "Mine", ...flow });
    expect(body).toMatchObject({ id: 1, name: "Mine", deployed: true, ...flow });
    expect(broker.flows).toEqual([flow]);
  });

  test.each([
    [{}, /from: is missing: must be an object/],
    [[], /must be an object/],
    [{ transitions: [] }, /transitions: none of them leads from an event to a function/],
    [{ transitions: 5 }, /transitions: none/],
    [
      { transitions: [{ processors: [{ "@id": 1, inputs: [], output: { transitionOutput: {} } }] }] },
      /the processor 1 has no event/,
    ],
    [
      {
        transitions: [
          {
            inputs: [
              {
                "@id": 1,
                transitionInput: {},
                processors: [{ inputs: [1], output: { transitionOutput: {} } }],
              },
            ],
          },
        ],
      },
      /an input lacks its eventId.*an output lacks its functionId/,
    ],
  ])("%j is refused, and it is said why", async (document, reason) => {
    const { status, body } = await call("POST", "/integrationFlow/create", document);
    expect([status, body.error]).toEqual([400, expect.stringMatching(reason)]);
    expect((await call("GET", `/integrationFlow/customer/${OWNER}`)).body).toEqual([]);
  });

  test.each(["0", "7", "x", "1e3", "-1"])("the id %s is not found", async (id) => {
    for (const [method, path] of [
      ["GET", id],
      ["DELETE", id],
      ["PUT", `${id}/deploy`],
      ["PUT", `${id}/undeploy`],
    ] as const) {
      expect((await call(method, `/integrationFlow/${path}`)).status).toBe(404);
    }
  });

  test("references to themselves do no harm", async () => {
    const circle = {
      transitions: [
        {
          inputs: [{ "@id": 1 }],
          processors: [{ "@id": 1, inputs: [1], output: { "@id": 1, transitionOutput: { "@id": 1 } } }],
        },
      ],
    };
    expect((await call("POST", "/integrationFlow/create", circle)).status).toBe(400);
    const deep = `{"transitions":${'[{"a":'.repeat(5_000)}1${"}]".repeat(5_000)}}`;
    expect((await call("POST", "/integrationFlow/create", deep)).status).toBe(400);
  });
});

test("doubled slashes count as one, credentials are not asked for", async () => {
  const credentials = { Authorization: `Basic ${Buffer.from("user:password").toString("base64")}` };
  expect((await call("POST", `//token//${OWNER}`, undefined, credentials)).status).toBe(201);
  expect((await call("GET", "//actuator//info", undefined, credentials)).status).toBe(200);
  expect((await call("GET", "/info")).status).toBe(200);
});
