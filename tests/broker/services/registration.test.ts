import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Broker, type LogEntry, startBroker } from "../../../src/broker/index.ts";
import { BareClient, FRAMINGS } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";

let broker: Broker;
let log: LogEntry[];
beforeEach(async () => {
  log = [];
  broker = await startBroker({ log: (entry) => log.push(entry) });
});
afterEach(() => broker.close());

const warnings = () => log.filter(({ level }) => level === "warn").map(({ message }) => message);

describe.each(FRAMINGS)("accepts (%s)", (framing) => {
  const sub = describeService("sub");
  const written = JSON.stringify(describeService("u1"));
  test.each([
    ["one space", `R ${written}`],
    ["no space", `R${written}`],
    ["white space and newlines", `R \n\t ${JSON.stringify(describeService("u1"), null, 2)}\r\n`],
    ["@class twice", `R ${written.replace("{", '{"@class":"SmartObject",')}`],
    ["no lists", `R {"@class":"Application","uuid":"u1","name":"n","description":"d","token":"t"}`],
    ["unknown keys", `R ${JSON.stringify(describeService("u1", { target: 1, __proto__: null }))}`],
    ["a __proto__ key", `R ${written.replace("{", '{"__proto__":{"uuid":"other"},')}`],
    [
      "nulls",
      `R ${JSON.stringify(describeService("u1", { description: null, events: null, functions: null, configuration: null }))}`,
    ],
    [
      "@id from 0",
      `R ${JSON.stringify(describeService("u1", { events: [{ "@id": 0, eventId: "E1" }], functions: [{ "@id": 1, functionId: "F1", responseEvents: [0] }] }))}`,
    ],
    [
      "configuration in lower case",
      `R ${JSON.stringify(describeService("u1", { configuration: { parameters: { a: { value: 1, type: "integer", format: "int64" }, b: { value: "", type: "string", format: "date-time" }, c: { value: true, type: "boolean" } } } }))}`,
    ],
    [
      "functions with named parameters, several roots, an empty format",
      `R ${JSON.stringify(
        describeService("u1", {
          functions: [
            {
              functionId: "F",
              dataFormat: {
                a: { type: "string" },
                b: { type: "array", items: { $ref: "#/definitions/Device" } },
                Device: { type: "object", properties: { name: { type: "string" } } },
              },
            },
            { functionId: "G", dataFormat: {} },
          ],
        }),
      )}`,
    ],
    ["a gateway", `R ${JSON.stringify(describeService("u1", { "@class": "Gateway", services: [sub] }))}`],
    [
      "a gateway whose services have no token and go on counting @id",
      `R ${JSON.stringify(describeService("u1", { "@class": "Gateway", services: [describeService("sub", { token: undefined, events: [{ "@id": 7, eventId: "E1" }], functions: [{ functionId: "F", responseEvents: [7] }] })] }))}`,
    ],
  ])("%s", async (_, message) => {
    const client = await BareClient.connect(broker.url, framing);
    expect(await client.ask(message)).toBe("IO_REGISTERED");
    expect(broker.services.get("u1")).toMatchObject({ uuid: "u1", framing, gateway: undefined });
    expect(warnings()).toEqual([]);
  });
});

describe("refuses, and says why", () => {
  test.each([
    ["NIO_UNEXPECTED_REGISTRATION_ERROR", "R", /JSON/],
    ["NIO_UNEXPECTED_REGISTRATION_ERROR", "R {", /JSON/],
    ["NIO_UNEXPECTED_REGISTRATION_ERROR", 'R {"uuid":"u1"', /JSON/],
    ["NIO_REGISTRATION_ERROR", "R 5", /must be an object/],
    ["NIO_REGISTRATION_ERROR", "R []", /must be an object/],
    [
      "NIO_REGISTRATION_ERROR",
      "R {}",
      /@class: is missing: must be SmartObject.*uuid: is missing: must be a string.*name/,
    ],
  ])("%s for %s", async (reply, message, reason) => {
    const client = await BareClient.connect(broker.url, "sockjs");
    expect(await client.ask(message)).toBe(reply);
    expect(warnings()).toEqual([expect.stringMatching(reason)]);
    expect(broker.services.size).toBe(0);
    await client.register(describeService("u1"));
  });

  const event = (eventId: string, id: number, more: object = {}) => ({ "@id": id, eventId, ...more });
  test.each([
    ["@class", { "@class": "Machine" }, /@class: must be/],
    ["an empty uuid", { uuid: "" }, /uuid: must not be empty/],
    ["no token", { token: undefined }, /token: (is missing: )?must be a string that is not empty/],
    ["an empty token", { token: "" }, /token: (is missing: )?must be a string that is not empty/],
    [
      "an event id twice",
      { events: [event("E1", 1), event("E1", 2)] },
      /events\[1\]\.eventId: "E1" occurs twice/,
    ],
    ["an @id twice", { events: [event("E1", 1), event("E2", 1)] }, /events\[1\]\.@id: 1 occurs twice/],
    [
      "a function id twice",
      { functions: [{ functionId: "F" }, { functionId: "F" }] },
      /functions\[1\]\.functionId: "F"/,
    ],
    [
      "an unknown response event",
      { functions: [{ functionId: "F", responseEvents: [1, 9] }] },
      /functions\[0\]\.responseEvents\[1\]: no event has the @id 9/,
    ],
    [
      "a response event by its id",
      { functions: [{ functionId: "F", responseEvents: ["E1"] }] },
      /responseEvents\[0\]: must be a whole number/,
    ],
    [
      "a data format that is no object",
      { events: [event("E1", 1, { dataFormat: "string" })] },
      /events\[0\]\.dataFormat: must be an object/,
    ],
    [
      "a keyword that the MSB does not know",
      { events: [event("E1", 1, { dataFormat: { dataObject: { const: 1 } } })] },
      /events\[0\]\.dataFormat\.dataObject\.const: the MSB does not know the keyword "const"/,
    ],
    [
      "a $ref that leads nowhere",
      { events: [event("E1", 1, { dataFormat: { dataObject: { $ref: "#/definitions/Device" } } })] },
      /events\[0\]\.dataFormat\.dataObject\.\$ref: there is no definition called "Device"/,
    ],
    [
      "a $ref that is none",
      { functions: [{ functionId: "F", dataFormat: { a: { $ref: "Device" } } }] },
      /functions\[0\]\.dataFormat\.a\.\$ref: must be "#\/definitions\/NAME"/,
    ],
    [
      "an event's format without dataObject",
      { events: [event("E1", 1, { dataFormat: { value: { type: "string" } } })] },
      /events\[0\]\.dataFormat\.dataObject: missing/,
    ],
    [
      "a configuration type",
      { configuration: { parameters: { p: { value: 1, type: "INT" } } } },
      /configuration\.parameters\.p\.type: must be INTEGER/,
    ],
    ["services of a SmartObject", { services: [describeService("sub")] }, /services: only a Gateway/],
    [
      "a uuid twice in a gateway",
      { "@class": "Gateway", services: [describeService("u1")] },
      /services: the uuid "u1" occurs twice/,
    ],
    [
      "a bad service of a gateway",
      { "@class": "Gateway", services: [describeService("sub", { events: [{}] })] },
      /services\[0\]\.events\[0\]\.eventId: is missing: must be a string/,
    ],
  ])("%s", async (_, changes, reason) => {
    const client = await BareClient.connect(broker.url, "sockjs");
    expect(await client.ask(`R ${JSON.stringify(describeService("u1", changes))}`)).toBe(
      "NIO_REGISTRATION_ERROR",
    );
    expect(warnings()).toEqual([expect.stringMatching(reason)]);
    expect(broker.services.size).toBe(0);
  });

  test("but a function's format may lack a definition, as the Python client sends it", async () => {
    const dataFormat = { dataObject: { type: "array", items: { $ref: "#/definitions/Part" } } };
    const client = await BareClient.connect(broker.url, "sockjs");
    await client.register(describeService("u1", { functions: [{ functionId: "F", dataFormat }] }));
    expect(warnings()).toEqual([
      "Registration accepted, but functions[0].dataFormat.Part: is referred to, but not defined",
    ]);
  });

  test("gateways in gateways without end", async () => {
    const open = '{"@class":"Gateway","uuid":"u","name":"n","token":"t","services":[';
    const client = await BareClient.connect(broker.url, "raw");
    const depth = 10_000;
    expect(await client.ask(`R ${open.repeat(depth)}${"]}".repeat(depth)}`)).toBe("NIO_REGISTRATION_ERROR");
    await client.register(describeService("u1"));
  });
});

describe("who is registered where", () => {
  test("R twice is answered twice", async () => {
    const client = await BareClient.connect(broker.url, "sockjs");
    await client.register(describeService("u1"));
    await client.register(describeService("u1", { name: "changed" }));
    expect([...broker.services.values()]).toMatchObject([{ uuid: "u1", name: "changed" }]);
  });

  test("several services share a connection, each with its own R", async () => {
    const client = await BareClient.connect(broker.url, "sockjs");
    await client.register(describeService("u1"));
    await client.register(describeService("u2", { "@class": "Application" }));
    expect(await client.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
    expect(await client.ask(eventMessage("u2"))).toBe("IO_PUBLISHED");
    expect(broker.services.get("u1")?.connectionId).toBe(broker.services.get("u2")?.connectionId);
  });

  test("the services of a gateway are registered with it, and forgotten when it leaves them out", async () => {
    const client = await BareClient.connect(broker.url, "sockjs");
    const gateway = (...services: object[]) => describeService("g", { "@class": "Gateway", services });
    await client.register(gateway(describeService("s1"), describeService("s2")));
    expect(broker.services.get("s1")).toMatchObject({ gateway: "g" });
    expect(await client.ask(eventMessage("s2"))).toBe("IO_PUBLISHED");
    await client.register(gateway(describeService("s1")));
    expect([...broker.services.keys()].sort()).toEqual(["g", "s1"]);
    expect(await client.ask(eventMessage("s2"))).toBe("NIO_EVENT_FORWARDING_ERROR");
  });

  test("NIO_ALREADY_CONNECTED while the other connection lives, not after a cut", async () => {
    const first = await BareClient.connect(broker.url, "sockjs");
    await first.register(describeService("u1"));
    const second = await BareClient.connect(broker.url, "raw");
    expect(await second.ask(`R ${JSON.stringify(describeService("u1"))}`)).toBe("NIO_ALREADY_CONNECTED");
    expect(await second.ask(eventMessage("u1"))).toBe("NIO_EVENT_FORWARDING_ERROR");
    expect(await first.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");

    broker.cut("u1");
    expect(broker.services.size).toBe(0);
    expect(await first.closed).toMatchObject({ code: 1006, frame: undefined });
    await second.register(describeService("u1"));
    expect(broker.services.get("u1")?.framing).toBe("raw");
  });

  // It was NIO_ALREADY_CONNECTED until the TCP connection had ended, up to 30 s later.
  test("a service is free as soon as its client says goodbye, also if it never hangs up", async () => {
    const first = await BareClient.connect(broker.url, "raw");
    await first.register(describeService("u1"));
    first.socket.close();
    first.socket.pause();
    const second = await BareClient.connect(broker.url, "raw");
    await second.register(describeService("u1"));
    expect(broker.connections).toHaveLength(1);
    expect(await second.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
    first.socket.terminate();
  });

  test("a service is free again when its client has closed", async () => {
    const gone = new Promise((resolve) => broker.on("disconnect", resolve));
    const first = await BareClient.connect(broker.url, "raw");
    await first.register(describeService("u1"));
    await first.close();
    expect(await gone).toMatchObject({ uuids: ["u1"] });
    const second = await BareClient.connect(broker.url, "raw");
    await second.register(describeService("u1"));
  });
});
