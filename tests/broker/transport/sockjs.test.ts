import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient, FRAMINGS } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";

// What Spring does; docs/reference/broker.md#sockjs.

let broker: Broker;
let log: string[];
beforeEach(async () => {
  log = [];
  broker = await startBroker({ log: ({ level, message }) => log.push(`${level} ${message}`) });
});
afterEach(() => broker.close());

const registration = `R ${JSON.stringify(describeService("u1"))}`;

describe("SockJS frames of a client", () => {
  test.each([
    ["broken JSON", '["R '],
    ["a newline inside a value", '["a\nb"]'],
    ["only white space", "  "],
    ["an object", "{}"],
    ["a string", '"pong"'],
    ["a number", "5"],
    ["a list in the place of a message", '[["pong"]]'],
    ["an object in the place of a message", '["pong",null,{}]'],
  ])("%s: c[1007], and 1007", async (_what, frame) => {
    const client = await BareClient.connect(broker.url, "sockjs");
    client.socket.send(frame);
    expect(await client.closed).toEqual({ code: 1007, reason: "", frame: [1007, ""] });
    expect(client.frames.at(-1)).toBe('c[1007,""]');
    expect(log.join("\n")).toMatch(/^warn Closed with 1007: a SockJS frame /m);
    expect(broker.connections).toEqual([]);
  });

  test("null in the place of a message: those before it are taken, and 1011", async () => {
    const client = await BareClient.connect(broker.url, "sockjs");
    client.socket.send(JSON.stringify([registration, null, eventMessage("u1")]));
    await client.expect("IO_REGISTERED");
    expect(await client.closed).toEqual({ code: 1011, reason: "", frame: undefined });
    expect(broker.events).toEqual([]);
  });

  test.each(FRAMINGS)("binary: 1003 (%s)", async (framing) => {
    const client = await BareClient.connect(broker.url, framing);
    client.socket.send(Buffer.from(JSON.stringify([registration])));
    expect(await client.closed).toMatchObject({ code: 1003, frame: undefined });
    expect(broker.services.size).toBe(0);
  });

  test.each(["", "[]", "null", "[1]", "[true]", ' \n["pong"]\r\n'])("%j is taken", async (frame) => {
    const client = await BareClient.connect(broker.url, "sockjs");
    client.socket.send(frame);
    await client.register(describeService("u1"));
  });

  test.each([4, 1_000])("%i messages in one frame are answered one by one", async (count) => {
    const client = await BareClient.connect(broker.url, "sockjs");
    await client.register(describeService("u1"));
    const frames = client.frames.length;
    client.send(
      ...Array.from({ length: count }, (_, index) => eventMessage("u1", { dataObject: `${index}` })),
    );
    await client.expect(...Array.from({ length: count }, () => "IO_PUBLISHED"));
    expect(client.frames.slice(frames)).toEqual(Array.from({ length: count }, () => 'a["IO_PUBLISHED"]'));
    expect(broker.events.map(({ dataObject }) => Number(dataObject))).toEqual([...Array(count).keys()]);
  });

  test("after the frame that ended it nothing is taken", async () => {
    const client = await BareClient.connect(broker.url, "sockjs");
    client.socket.send("{");
    client.send(registration);
    await client.closed;
    expect(broker.knownServices).toEqual([]);
  });
});

describe("the largest message", () => {
  test.each(FRAMINGS)("is 8,192 characters with Spring's default; more is 1009 (%s)", async (framing) => {
    await using strict = await startBroker({
      maxMessageSize: 8_192,
      log: ({ message }) => log.push(message),
    });
    const client = await BareClient.connect(strict.url, framing);
    await client.register(describeService("u1", { events: [{ "@id": 1, eventId: "E1" }], functions: [] }));
    const framed = (dataObject: string) => {
      const message = eventMessage("u1", { dataObject });
      return framing === "sockjs" ? JSON.stringify([message]) : message;
    };
    // Characters, not bytes: each of these has three.
    const room = 8_192 - framed("").length;
    client.socket.send(framed("€".repeat(room)));
    await client.expect("IO_PUBLISHED");
    client.socket.send(framed("€".repeat(room + 1)));
    expect(await client.closed).toMatchObject({ code: 1009 });
    expect(strict.events).toHaveLength(1);
    expect(log.at(-2)).toMatch(/1009: a message of more than 8192 characters .*--max-message-size/);
  });

  test("far beyond it the connection ends before all of it has arrived", async () => {
    await using strict = await startBroker({ maxMessageSize: 8_192 });
    const client = await BareClient.connect(strict.url, "raw");
    client.send("x".repeat(5_000_000));
    expect(await client.closed).toMatchObject({ code: 1009 });
  });
});

describe("documents", () => {
  test.each(["/websocket/data", "//websocket/data/", "/websocket/data?t=1"])("GET %s", async (path) => {
    const response = await fetch(`${broker.url}${path}`);
    expect([response.status, await response.text()]).toEqual([200, "Welcome to SockJS!\n"]);
    expect(response.headers.get("content-type")).toMatch("text/plain");
  });

  test("info", async () => {
    const ask = async () => (await fetch(`${broker.url}/websocket/data/info`)).json();
    const [first, second] = [await ask(), await ask()];
    expect(first).toEqual({
      entropy: expect.any(Number),
      origins: ["*:*"],
      cookie_needed: true,
      websocket: true,
    });
    expect(first.entropy).not.toBe(second.entropy);
    const options = await fetch(`${broker.url}/websocket/data/info`, { method: "OPTIONS" });
    expect([options.status, await options.text()]).toEqual([200, ""]);
    const post = await fetch(`${broker.url}/websocket/data/info`, { method: "POST" });
    expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });
});

test("special characters leave as Spring writes them, and arrive as they were", async () => {
  const client = await BareClient.connect(broker.url, "sockjs");
  await client.register(describeService("u1"));
  const text = 'é € 😀 \u2028 \ufffe \u200d \u0001 "\\';
  broker.send("u1", text);
  expect(await client.next()).toBe(text);
  expect(client.frames.at(-1)).toContain("é € \\ud83d\\ude00 \\u2028 \\ufffe \\u200d \\u0001");
});
