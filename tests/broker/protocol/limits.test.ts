import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Broker, type LogEntry, startBroker } from "../../../src/broker/index.ts";
import { BareClient, FRAMINGS } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { ask } from "../../support/broker/rest.ts";

let broker: Broker;
let log: LogEntry[];
beforeEach(async () => {
  log = [];
  broker = await startBroker({ log: (entry) => log.push(entry) });
});
afterEach(() => broker.close());

const call = (method: string, path: string, body?: unknown) => ask(broker.url, method, path, body);
const connect = async (uuid: string, changes: object = {}) =>
  (await BareClient.connect(broker.url, "raw")).register(describeService(uuid, changes));
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const FLOW = { from: { uuid: "u1", eventId: "E1" }, to: { uuid: "u2", functionId: "F1" } };

describe("what is nested deeply is refused before it is kept", () => {
  test.each(FRAMINGS)("in an event (%s): 100 are taken, the event being the first", async (framing) => {
    const client = await BareClient.connect(broker.url, framing);
    await client.register(describeService("u1"));
    const event = (depth: number) => `E {"uuid":"u1","eventId":"E1","dataObject":${nested(depth)}}`;
    expect(await client.ask(event(99))).toBe("IO_PUBLISHED");
    expect(await client.ask(event(100))).toBe("NIO_UNEXPECTED_EVENT_FORWARDING_ERROR");
    // Brackets in a text are none.
    expect(await client.ask(eventMessage("u1", { dataObject: `\\"${nested(1_000)}` }))).toBe("IO_PUBLISHED");
    expect(broker.events).toHaveLength(2);
  });

  test("in a registration", async () => {
    const client = await BareClient.connect(broker.url, "raw");
    const text = `{"@class":"SmartObject","uuid":"u1","name":"n","token":"t","other":${nested(3_000)}}`;
    expect(await client.ask(`R ${text}`)).toBe("NIO_REGISTRATION_ERROR");
    expect(log.at(-1)?.message).toContain("nested more than 100 deep");
    expect((await call("GET", "/broker/state")).body.services).toEqual([]);
  });

  test.each([
    [
      "POST",
      "/broker/flows",
      `{"from":{"uuid":"u1","eventId":"E1"},"to":{"uuid":"u2","functionId":"F1"},"mapping":{"/a":{"value":${nested(3_000)}}}}`,
    ],
    ["POST", "/integrationFlow/create", `{"transitions":[],"other":${nested(3_000)}}`],
    ["POST", "/broker/services/u1/call", `{"functionId":"F1","check":false,"value":${nested(3_000)}}`],
    ["POST", "/broker/services/u1/event", `{"eventId":"E2","value":${nested(3_000)}}`],
    ["POST", "/service/u1/configuration", `{"params":{"p1":${nested(3_000)}}}`],
    ["POST", "/broker/services/u1/configuration", `{"check":false,"params":{"p1":${nested(3_000)}}}`],
  ])("in a request: %s %s", async (method, path, body) => {
    await connect("u1");
    const answer = await call(method, path, body);
    expect([answer.status, answer.body.error]).toEqual([
      400,
      expect.stringMatching(/nested more than [14]00 deep/),
    ]);
    expect((await call("GET", "/broker/state")).status).toBe(200);
  });

  test("in a flow of a program", async () => {
    const mapping = { "/a": { value: JSON.parse(nested(3_000)) } };
    expect(() => broker.addFlow({ ...FLOW, mapping })).toThrow(/nested more than 100/);
    expect((await call("GET", "/broker/state")).status).toBe(200);
  });
});

describe("templates", () => {
  test.each([
    ["without an end", "${".repeat(160_000)],
    ["of which none ends", "${}".repeat(1) + "${".repeat(160_000)],
  ])("of 160,000 openings, %s, are read at once", async (_, template) => {
    const answer = await call("POST", "/broker/flows", { ...FLOW, mapping: { "/a": { template } } });
    expect(answer.status).toBe(201);
    const document = await call("POST", "/integrationFlow/create", {
      transitions: [
        {
          inputs: [
            { "@id": 1, transitionInput: { "@id": 1, eventId: "E1", service: { "@id": 1, uUID: "u1" } } },
          ],
          processors: [
            {
              ...{
                "@id": 1,
                inputs: [1],
                pattern: { mapping: [{ source: [], target: { path: "/a", template } }] },
              },
              output: {
                "@id": 1,
                transitionOutput: {
                  ...{ "@id": 1, functionId: "F1" },
                  serviceEndpoint: { "@id": 1, service: { "@id": 2, uUID: "u2" } },
                },
              },
            },
          ],
        },
      ],
    });
    expect(document.status).toBe(201);
  });

  test("that would become huge refuse the event", async () => {
    broker.addFlow({ ...FLOW, mapping: { "/a": { template: "${/dataObject}".repeat(500) } } });
    const client = await connect("u1");
    const value = Array.from({ length: 20_000 }, () => ({}));
    expect(await client.ask(eventMessage("u1", { dataObject: value }))).toBe(
      "NIO_UNEXPECTED_EVENT_FORWARDING_ERROR",
    );
    expect(log.at(-1)?.message).toContain("longer than");
    expect(await client.ask(eventMessage("u1", { dataObject: "x" }))).toBe("IO_PUBLISHED");
  });
});

describe("data formats", () => {
  const functionOf = (dataObject: object, more: object = {}) => ({
    functions: [{ functionId: "F", dataFormat: { dataObject, ...more } }],
  });
  const tell = (value: unknown) => call("POST", "/broker/services/u1/call", { functionId: "F", value });

  test("a pattern that doubles with each character does not", async () => {
    await connect("u1", functionOf({ type: "string", pattern: "^(a+)+$" }));
    expect((await tell(`${"a".repeat(9_000)}`)).status).toBe(202);
    const wrong = await tell(`${"a".repeat(9_000)}!`);
    expect(wrong.body.issues).toEqual([
      { path: "dataObject", message: expect.stringContaining("must be a string that matches /^(a+)+$/") },
    ]);
  });

  test("a pattern that needs more than a linear engine is not run, which is said", async () => {
    const pattern = "^(?=a)\\u0061$";
    await connect("u1", {
      ...functionOf({ type: "string", pattern }),
      events: [{ "@id": 1, eventId: "E", dataFormat: { dataObject: { type: "string", pattern } } }],
    });
    const { status, body } = await tell("b");
    expect([status, body.warnings]).toEqual([202, [{ path: "", message: expect.stringContaining(pattern) }]]);
    expect((await call("POST", "/broker/services/u1/event", { eventId: "E", value: "b" })).status).toBe(201);
    const { entries } = (await call("GET", "/broker/messages?kind=E")).body;
    expect(entries).toMatchObject([{ level: "warn", note: expect.stringContaining("is not checked") }]);
  });

  test("JavaScript's escapes are understood", async () => {
    await connect("u1", functionOf({ type: "string", pattern: "^\\u00e4\\d+$" }));
    expect([(await tell("ä1")).status, (await tell("b1")).status]).toEqual([202, 400]);
  });

  test("allOf that doubles ends in time", async () => {
    const definitions = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => {
        const next = { $ref: `#/definitions/D${index + 1}` };
        return [`D${index}`, index === 39 ? { type: "string" } : { allOf: [next, next] }];
      }),
    );
    await connect("u1", functionOf({ $ref: "#/definitions/D0" }, definitions));
    const { status, body } = await tell("x");
    expect([status, body.issues]).toEqual([
      400,
      [{ path: "", message: expect.stringContaining("too complex") }],
    ]);
  });

  test("10,000 definitions that refer to one another are looked at once", async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [
        `D${index}`,
        index === 9_999 ? { type: "string" } : { $ref: `#/definitions/D${index + 1}` },
      ]),
    );
    await connect("u1", functionOf({ $ref: "#/definitions/D0" }, chain));
  });

  test("a circle of references is refused as ever", async () => {
    const client = await BareClient.connect(broker.url, "raw");
    const circle = { A: { $ref: "#/definitions/B" }, B: { $ref: "#/definitions/A" } };
    const changes = functionOf({ $ref: "#/definitions/A" }, circle);
    expect(await client.ask(`R ${JSON.stringify(describeService("u1", changes))}`)).toBe(
      "NIO_REGISTRATION_ERROR",
    );
    expect(log.at(-1)?.message).toContain('the definition "A" refers only to itself');
  });

  test("many named parameters are checked together", async () => {
    const dataFormat = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`p${index}`, { type: "string" }]),
    );
    await connect("u1", { functions: [{ functionId: "F", dataFormat }] });
    const { body } = await call("POST", "/broker/services/u1/call", { functionId: "F", parameters: {} });
    expect(body.issues).toHaveLength(20);
    expect(body.issues.at(-1)).toEqual({ path: "", message: expect.stringMatching(/^and \d+ more$/) });
  });
});

test("a million mistakes are not told one by one", async () => {
  const client = await BareClient.connect(broker.url, "raw");
  const functions = Array.from({ length: 9_000 }, () => ({}));
  expect(await client.ask(`R ${JSON.stringify(describeService("u1", { functions }))}`)).toBe(
    "NIO_REGISTRATION_ERROR",
  );
  expect(log.at(-1)?.message.length).toBeLessThan(2_000);
  const { entries } = (await call("GET", "/broker/messages?kind=R")).body;
  expect(entries.at(-1).note.length).toBeLessThanOrEqual(500);
});

describe("services", () => {
  const gateway = (uuid: string, count: number, changes: object = {}) =>
    describeService(uuid, {
      "@class": "Gateway",
      services: Array.from({ length: count }, (_, index) => ({
        ...{ "@class": "SmartObject", uuid: `${uuid}-${index}`, name: "n" },
        ...changes,
      })),
    });
  const register = (client: BareClient, description: object) =>
    client.ask(`R ${JSON.stringify(description)}`);

  test("1,000 on a connection", async () => {
    const client = await BareClient.connect(broker.url, "raw");
    expect(await register(client, gateway("g", 999))).toBe("IO_REGISTERED");
    expect(await register(client, describeService("one more"))).toBe("NIO_REGISTRATION_ERROR");
    expect(log.at(-1)?.message).toContain("more than 1000 services on one connection");
    // What takes the place of others needs no room of its own.
    expect(await register(client, gateway("g", 999))).toBe("IO_REGISTERED");
    expect(await register(client, gateway("g", 0))).toBe("IO_REGISTERED");
    expect(await register(client, describeService("one more"))).toBe("IO_REGISTERED");
  });

  test("10,000 in all; those that left longest ago are forgotten", async () => {
    const clients: BareClient[] = [];
    for (let index = 0; index < 10; index += 1) {
      const client = await BareClient.connect(broker.url, "raw");
      expect(await register(client, gateway(`g${index}`, 999))).toBe("IO_REGISTERED");
      clients.push(client);
    }
    const other = await BareClient.connect(broker.url, "raw");
    expect(await register(other, describeService("u1"))).toBe("NIO_REGISTRATION_ERROR");
    await clients[3]?.close();
    await expect.poll(() => broker.services.size).toBe(9_000);
    expect(await register(other, describeService("u1"))).toBe("IO_REGISTERED");
    const known = broker.knownServices.map(({ service }) => service.uuid);
    expect([known.length, known.includes("g3"), known.includes("g3-0"), known.includes("u1")]).toEqual([
      ...[10_000, false, true, true],
    ]);
  });

  test("their self-descriptions together, in bytes", async () => {
    const client = await BareClient.connect(broker.url, "raw");
    const answers: string[] = [];
    for (let index = 0; index < 40; index += 1) {
      answers.push(await register(client, describeService(`u${index}`, { other: "x".repeat(900_000) })));
    }
    expect([answers[0], answers.at(-1)]).toEqual(["IO_REGISTERED", "NIO_REGISTRATION_ERROR"]);
    expect(answers.filter((answer) => answer === "IO_REGISTERED")).toHaveLength(35);
    await client.close();
    await broker.waitForDisconnect("u0").catch(() => {});
    const next = await BareClient.connect(broker.url, "raw");
    expect(await register(next, describeService("new", { other: "x".repeat(900_000) }))).toBe(
      "IO_REGISTERED",
    );
    expect(broker.knownServices.length).toBeLessThanOrEqual(35);
    expect(broker.knownServices.at(-1)?.service.uuid).toBe("new");
  });

  test.each([
    [{ uuid: "u".repeat(257) }, "uuid"],
    [{ events: [{ eventId: "e".repeat(257) }] }, "events[0].eventId"],
    [{ functions: [{ functionId: "f".repeat(257) }] }, "functions[0].functionId"],
  ])("ids have 256 characters at most: %j", async (changes, path) => {
    const client = await BareClient.connect(broker.url, "raw");
    expect(await register(client, describeService("u1", changes))).toBe("NIO_REGISTRATION_ERROR");
    expect(log.at(-1)?.message).toContain(`${path}: must have at most 256 characters, not 257`);
  });

  test("the state says little of each, and the rest is asked for", async () => {
    const long = "x".repeat(100_000);
    const client = await connect("u1", { name: long, description: long, other: long });
    const mapping = { "/a": { value: long } };
    const { body: flow } = await call("POST", "/broker/flows", { ...FLOW, name: long, mapping });
    const { body } = await call("GET", "/broker/state");
    expect(JSON.stringify(body).length).toBeLessThan(5_000);
    expect(body.services[0].description).toBe(`${"x".repeat(199)}…`);
    expect(body.flows[0].flows).toEqual([{ ...FLOW, hasMapping: true }]);
    expect((await call("GET", "/broker/services/u1")).body.selfDescription.description).toBe(long);
    expect((await call("GET", `/broker/flows/${flow.id}`)).body.flows).toEqual([{ ...FLOW, mapping }]);
    expect((await call("GET", "/broker/flows/99")).status).toBe(404);
    expect(broker.services.get("u1")?.selfDescription).toMatchObject({ name: long, other: long });
    await client.close();
  });
});

test("events are kept as they came, and can be read as before", async () => {
  const client = await connect("u1");
  await client.ask(eventMessage("u1", { dataObject: { a: [1, { b: "ä" }] }, correlationId: "c" }));
  await client.ask(eventMessage("u1", { eventId: "E2", dataObject: undefined }));
  const [first, second] = broker.events;
  expect(first).toEqual({
    ...{ uuid: "u1", eventId: "E1", priority: 2, postDate: "2017-07-14T02:40:00.123Z", correlationId: "c" },
    ...{ dataObject: { a: [1, { b: "ä" }] }, dataText: expect.any(String), receivedAt: expect.any(Number) },
  });
  expect(JSON.parse(JSON.stringify(first)).dataObject).toEqual({ a: [1, { b: "ä" }] });
  expect(second?.dataObject).toBeUndefined();
});

describe("flows", () => {
  test("have 20,000 objects and lists at most", async () => {
    const services = Array.from({ length: 20_000 }, () => ({}));
    for (const path of ["/broker/flows", "/integrationFlow/create", "/integrationFlow/create/deploy"]) {
      const { status, body } = await call("POST", path, { transitions: [], services });
      expect([status, body.error]).toEqual([400, expect.stringContaining("more than 20000 objects")]);
    }
  });

  test("together have 4 MB", async () => {
    const add = (index: number) =>
      call("POST", "/broker/flows", {
        ...FLOW,
        to: { uuid: "u2", functionId: `F${index}` },
        mapping: { "/a": { value: "x".repeat(900_000) } },
      });
    const answers = [await add(1), await add(2), await add(3), await add(4), await add(5)];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 503]);
    expect(answers.at(-1)?.body.error).toContain("All flows take more than");
    expect((await call("DELETE", "/broker/flows/1")).status).toBe(200);
    expect((await add(5)).status).toBe(201);
  });

  test("a mapping reads 1,000 places at most, and makes parameters of 4 MB at most", async () => {
    const mapping = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`/p${index}`, "/dataObject"]));
    expect((await call("POST", "/broker/flows", { ...FLOW, mapping: mapping(1_001) })).body.issues).toEqual([
      { path: 'mapping["/p1000"]', message: "the mapping reads more than 1000 places" },
    ]);
    const template = "${/dataObject}".repeat(1_001);
    expect((await call("POST", "/broker/flows", { ...FLOW, mapping: { "/a": { template } } })).status).toBe(
      400,
    );
    expect((await call("POST", "/broker/flows", { ...FLOW, mapping: mapping(1_000) })).status).toBe(201);
    const client = await connect("u1");
    const value = Array.from({ length: 50_000 }, () => ({}));
    expect(await client.ask(eventMessage("u1", { dataObject: value }))).toBe(
      "NIO_UNEXPECTED_EVENT_FORWARDING_ERROR",
    );
    expect(log.at(-1)?.message).toContain("more than 4000000 characters");
    expect(await client.ask(eventMessage("u1", { dataObject: "x" }))).toBe("IO_PUBLISHED");
  });
});

test("faults of one kind: 1,000", async () => {
  for (let index = 0; index < 1_000; index += 1) {
    broker.faults.stopAcknowledging("E", `u${index}`);
  }
  expect(() => broker.faults.stopAcknowledging("E", "one more")).toThrow(/1000 faults/);
  const fault = { type: "stopAcknowledging", kind: "E", uuid: "u".repeat(257) };
  expect((await call("POST", "/broker/faults", fault)).status).toBe(400);
});

test("the token that is verified: 1,000 characters", async () => {
  expect((await call("POST", "/service/verify/me", "t".repeat(1_001))).status).toBe(400);
});

// It ended the broker: the pattern for a token overflowed the stack.
test("a token of 20 million characters is masked as any other", async () => {
  await using large = await startBroker({ maxMessageSize: 30_000_000 });
  const client = await BareClient.connect(large.url, "raw");
  client.send(`X {"token":"${"\\n".repeat(10_000_000)}", "token" : "b", "name":"n"}`);
  expect(await client.ask("E {}")).toBe("NIO_EVENT_FORWARDING_ERROR");
  const { entries } = (await ask(large.url, "GET", "/broker/messages?kind=other")).body;
  const whole = await ask(large.url, "GET", `/broker/messages/${entries[0].seq}`);
  expect(whole.body.text).toBe('X {"token":"•••", "token" : "•••", "name":"n"}');
});
