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

const registered = async (framing: "sockjs" | "raw" = "sockjs") => {
  const client = await BareClient.connect(broker.url, framing);
  return client.register(describeService("u1"));
};

describe("accepts", () => {
  test.each([
    [
      "everything",
      {},
      { priority: 2, postDate: "2017-07-14T02:40:00.123Z", dataObject: "x", correlationId: undefined },
    ],
    ["no priority", { priority: undefined }, { priority: undefined }],
    ["priority LOW", { priority: "LOW" }, { priority: 0 }],
    ["priority HIGH", { priority: "HIGH" }, { priority: 2 }],
    ["an offset", { postDate: "2017-07-14T02:40:00+02" }, { postDate: "2017-07-14T02:40:00+02" }],
    ["a postDate that is not ISO 8601", { postDate: "yesterday" }, { postDate: "yesterday" }],
    ["no postDate", { postDate: undefined }, { postDate: undefined }],
    ["a correlation id", { correlationId: "c 1" }, { correlationId: "c 1" }],
    ["a correlation id null", { correlationId: null }, { correlationId: undefined }],
    ["no dataObject", { dataObject: undefined }, { dataObject: undefined }],
    ["dataObject null", { dataObject: null }, { dataObject: null }],
    ["unknown keys", { more: 1 }, { dataObject: "x" }],
  ])("%s", async (_, changes, expected) => {
    const client = await registered();
    expect(await client.ask(eventMessage("u1", changes))).toBe("IO_PUBLISHED");
    expect(broker.events).toEqual([expect.objectContaining({ uuid: "u1", eventId: "E1", ...expected })]);
  });

  test.each([
    ["no space", eventMessage("u1").replace("E {", "E{")],
    ["newlines", `E \n ${eventMessage("u1").slice(2).replaceAll(",", ",\n")}\n`],
  ])("%s", async (_, message) => {
    expect(await (await registered()).ask(message)).toBe("IO_PUBLISHED");
  });
});

describe("refuses, and says why", () => {
  test.each([
    ["NIO_UNEXPECTED_EVENT_FORWARDING_ERROR", "E", /JSON/],
    ["NIO_UNEXPECTED_EVENT_FORWARDING_ERROR", "E {", /JSON/],
    ["NIO_EVENT_FORWARDING_ERROR", "E 5", /must be an object/],
    [
      "NIO_EVENT_FORWARDING_ERROR",
      "E {}",
      /uuid: is missing: must be a string; eventId: is missing: must be a string/,
    ],
    ["NIO_EVENT_FORWARDING_ERROR", eventMessage("u2"), /"u2" is not registered on this connection/],
    ["NIO_EVENT_FORWARDING_ERROR", eventMessage("u1", { eventId: "E9" }), /has not declared an event "E9"/],
    ["NIO_EVENT_FORWARDING_ERROR", eventMessage("u1", { priority: 3 }), /priority: must be 0, 1, 2/],
    [
      "NIO_EVENT_FORWARDING_ERROR",
      eventMessage("u1", { correlationId: 7 }),
      /correlationId: must be a string/,
    ],
    ["NIO_EVENT_FORWARDING_ERROR", eventMessage("u1", { postDate: {} }), /postDate: must be a string/],
  ])("%s for %s", async (reply, message, reason) => {
    const client = await registered();
    expect(await client.ask(message)).toBe(reply);
    const warnings = log.filter(({ level }) => level === "warn");
    expect(warnings).toEqual([expect.objectContaining({ message: expect.stringMatching(reason) })]);
    expect(broker.events).toEqual([]);
    expect(await client.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
  });

  test("an event before R", async () => {
    const client = await BareClient.connect(broker.url, "raw");
    expect(await client.ask(eventMessage("u1"))).toBe("NIO_EVENT_FORWARDING_ERROR");
  });

  test("a value that is nested too deep to be passed on", async () => {
    broker.addFlow({ from: { uuid: "u1", eventId: "E1" }, to: { uuid: "u1", functionId: "F1" } });
    const client = await registered("raw");
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    client.send(`E {"uuid":"u1","eventId":"E1","dataObject":${deep}}`);
    await client.expect("NIO_UNEXPECTED_EVENT_FORWARDING_ERROR");
    client.send(eventMessage("u1"));
    await client.expect("IO_PUBLISHED");
  });
});

test.each(FRAMINGS)("one reply for each event, in order (%s)", async (framing) => {
  const client = await registered(framing);
  const bad = (index: number) => index % 3 === 0;
  const count = 500;
  const messages = Array.from({ length: count }, (_, i) =>
    eventMessage("u1", { eventId: bad(i) ? "no" : "E1", dataObject: `${i}` }),
  );
  client.send(...messages);
  for (let index = 0; index < count; index += 1) {
    expect(await client.next()).toBe(bad(index) ? "NIO_EVENT_FORWARDING_ERROR" : "IO_PUBLISHED");
  }
  const values = broker.events.map(({ dataObject }) => dataObject);
  expect(values).toEqual(Array.from({ length: count }, (_, i) => `${i}`).filter((_, i) => !bad(i)));
});

test("unknown messages are ignored, and logged at debug level", async () => {
  const client = await registered();
  client.send("hello", "Rx", "Event", "IO", "", "pong", "ping\u001b[31m");
  await client.register(describeService("u1"));
  const debug = log.filter(({ level }) => level === "debug").map(({ message }) => message);
  expect(debug).toHaveLength(6);
  expect(debug.join()).not.toContain("\u001b");
});

describe("the list of events", () => {
  test("keeps the last ones", async () => {
    await using small = await startBroker({ maxEvents: 3 });
    const client = await BareClient.connect(small.url, "sockjs");
    await client.register(describeService("u1"));
    for (let index = 0; index < 5; index += 1) {
      await client.ask(eventMessage("u1", { dataObject: index }));
    }
    expect(small.events.map(({ dataObject }) => dataObject)).toEqual([2, 3, 4]);
  });

  test("can be waited for: by values, by a function", async () => {
    const client = await registered();
    const byValues = broker.waitForEvent({ uuid: "u1", eventId: "E2", correlationId: "c" });
    const byFunction = broker.waitForEvent(({ dataObject }) => dataObject === 2);
    const any = broker.waitForEvent();
    client.send(
      eventMessage("u1", { dataObject: 1 }),
      eventMessage("u1", { eventId: "E2", dataObject: 2, correlationId: "c" }),
    );
    expect(await any).toMatchObject({ dataObject: 1 });
    expect(await byValues).toMatchObject({ dataObject: 2 });
    expect(await byFunction).toMatchObject({ eventId: "E2" });
  });

  test("waiting ends with an error after the timeout, when the filter throws, when the broker closes", async () => {
    await expect(broker.waitForEvent({ eventId: "E9" }, 1)).rejects.toMatchObject({
      code: "TIMEOUT",
      message: expect.stringContaining("E9"),
    });
    const client = await registered();
    const failing = broker.waitForEvent(() => {
      throw new Error("no");
    });
    const waiting = broker.waitForEvent({ eventId: "E9" });
    expect(await client.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
    await expect(failing).rejects.toMatchObject({ code: "HANDLER_FAILED" });
    await broker.close();
    await expect(waiting).rejects.toMatchObject({ code: "DISCONNECTED" });
  });
});

describe("listeners", () => {
  test("hear connection, register, event, message and disconnect until they leave", async () => {
    const heard: unknown[] = [];
    const leave = (["connection", "register", "event", "disconnect"] as const).map((name) =>
      broker.on(name, () => heard.push(name)),
    );
    leave.push(
      broker.on("message", ({ direction, text }) => heard.push(`${direction} ${text.slice(0, 14)}`)),
    );
    const client = await registered();
    await client.ask(eventMessage("u1"));
    broker.cut("u1");
    expect(heard).toEqual([
      "connection",
      "out IO_CONNECTED",
      'in R {"@class":"S',
      "out IO_REGISTERED",
      "register",
      'in E {"uuid":"u1"',
      "out IO_PUBLISHED",
      "event",
      "disconnect",
    ]);
    for (const off of leave) {
      off();
    }
    await registered();
    expect(heard).toHaveLength(9);
  });

  test("that throw are logged, and nothing else happens", async () => {
    for (const name of ["connection", "register", "event", "message"] as const) {
      broker.on(name, () => {
        throw new Error(`listener of ${name}`);
      });
    }
    const client = await registered();
    expect(await client.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
    const errors = log.filter(({ level }) => level === "error").map(({ message }) => message);
    expect(new Set(errors).size).toBe(4);
  });
});
