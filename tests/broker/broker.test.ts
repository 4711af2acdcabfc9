import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Broker, type BrokerOptions, startBroker } from "../../src/broker/index.ts";
import { MsbDefinitionError, MsbError } from "../../src/support/errors.ts";
import { BareClient, FRAMINGS } from "../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../support/broker/describe.ts";
import { CERTIFICATE, KEY } from "../support/broker/fixtures/certificate.ts";

describe("starting", () => {
  test("takes a free port of this computer only", async () => {
    await using broker = await startBroker();
    expect(broker.port).toBeGreaterThan(0);
    expect(broker.host).toBe("127.0.0.1");
    expect(broker.url).toBe(`http://127.0.0.1:${broker.port}`);
  });

  test.each([
    ["0.0.0.0", "127.0.0.1"],
    ["localhost", "localhost"],
  ])("on %s its URL is one that a client can use", async (host, name) => {
    await using broker = await startBroker({ host, token: "a secret" });
    expect(broker.url).toBe(`http://${name}:${broker.port}`);
    await BareClient.connect(broker.url, "raw");
  });

  test("says all that is wrong with its options", async () => {
    const flows = [{ from: {}, to: { uuid: "u", functionId: "F" } }];
    const options = {
      port: 70_000,
      host: "",
      heartbeatInterval: -1,
      pingInterval: 1.5,
      maxEvents: 0,
      maxTrace: 0,
      maxConnections: "1",
      maxMessageSize: 10,
      token: "short",
      log: 1,
      flows,
    };
    const error = await startBroker(options as unknown as BrokerOptions).catch((reason) => reason);
    expect(error).toBeInstanceOf(MsbDefinitionError);
    const paths = (error as MsbDefinitionError).issues.map(({ path }) => path).sort();
    expect(paths).toEqual([
      ...["flows[0].from.eventId", "flows[0].from.uuid", "heartbeatInterval", "host"],
      ...["log", "maxConnections", "maxEvents", "maxMessageSize", "maxTrace", "pingInterval", "port"],
    ]);
  });

  test.each(["0.0.0.0", "::", "192.168.1.7"])("on %s a token is needed", async (host) => {
    await expect(startBroker({ host })).rejects.toThrow(/token: is needed on .*because others can reach it/);
    await expect(startBroker({ host, token: "1234567" })).rejects.toThrow(/token: must be .* 8 characters/);
  });

  test.each([["8085"], [Number.NaN], [-1], [1.5]])("the port %s is refused", async (port) => {
    await expect(startBroker({ port: port as number })).rejects.toThrow(/port: must be a whole number/);
  });

  test("says which port is taken, and what to do", async () => {
    await using broker = await startBroker();
    const error = await startBroker({ port: broker.port }).catch((reason) => reason);
    expect(error).toBeInstanceOf(MsbError);
    expect(error.message).toBe(
      `Port ${broker.port} on 127.0.0.1 is taken by another program. Stop that program, or choose another port (port 0 takes any free one).`,
    );
    expect(error.code).toBe("CONNECT_FAILED");
    expect(error.cause.code).toBe("EADDRINUSE");
  });

  test("says that a host is not of this computer", async () => {
    await expect(startBroker({ host: "192.0.2.1", token: "a secret" })).rejects.toThrow(
      /"192.0.2.1" is not an address of this computer/,
    );
  });

  test("serves wss with a certificate", async () => {
    await using broker = await startBroker({ tls: { cert: CERTIFICATE, key: KEY } });
    expect(broker.url).toBe(`https://127.0.0.1:${broker.port}`);
    for (const framing of FRAMINGS) {
      const client = await BareClient.connect(broker.url, framing);
      await client.register(describeService(framing));
      expect(await client.ask(eventMessage(framing))).toBe("IO_PUBLISHED");
    }
  });

  test("says that a certificate cannot be used", async () => {
    await expect(startBroker({ tls: { cert: "x", key: "y" } })).rejects.toThrow(/tls: certificate and key/);
  });
});

test("two brokers in one process know nothing of each other", async () => {
  const flow = { from: { uuid: "u1", eventId: "E1" }, to: { uuid: "u1", functionId: "F1" } };
  await using one = await startBroker({ flows: [flow] });
  await using two = await startBroker();
  const path = "/websocket/data/123/same-session/websocket";
  const first = await (await BareClient.connect(one.url, "sockjs", path)).register(describeService("u1"));
  const second = await (await BareClient.connect(two.url, "sockjs", path)).register(describeService("u1"));
  expect(await first.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
  await first.nextJson("C");
  expect([one.events.length, two.events.length]).toEqual([1, 0]);
  await one.close();
  expect(await second.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
});

describe.each(FRAMINGS)("towards a service (%s)", (framing) => {
  let broker: Broker;
  let client: BareClient;
  beforeEach(async () => {
    broker = await startBroker();
    client = await (await BareClient.connect(broker.url, framing)).register(describeService("u1"));
  });
  afterEach(() => broker.close());

  test("call sends C", async () => {
    broker.call("u1", "F1", { a: "\u2028" }, { correlationId: "c" });
    expect(await client.nextJson("C")).toEqual({
      uuid: "u1",
      functionId: "F1",
      correlationId: "c",
      functionParameters: { dataObject: { a: "\u2028" } },
    });
    broker.call("u1", "F2");
    expect(await client.nextJson("C")).toEqual({
      ...{ uuid: "u1", functionId: "F2", correlationId: expect.any(String), functionParameters: {} },
    });
  });

  test("configure sends K", async () => {
    broker.configure("u1", { p1: 5, p2: "x" });
    expect(await client.nextJson("K")).toEqual({ uuid: "u1", params: { p1: 5, p2: "x" } });
  });

  test("send sends what it is given; several share a frame with SockJS", async () => {
    const frames = client.frames.length;
    broker.send("u1", "ping", "\ud83d", "X {");
    await client.expect("ping", framing === "sockjs" ? "\ud83d" : "\ufffd", "X {");
    expect(client.frames.length - frames).toBe(framing === "sockjs" ? 1 : 3);
  });

  test("disconnect closes in order", async () => {
    broker.disconnect("u1", 4001, "out");
    expect(broker.services.size).toBe(0);
    const frame = framing === "sockjs" ? [4001, "out"] : undefined;
    expect(await client.closed).toEqual({ code: 4001, reason: "out", frame });
  });

  test("cut drops the connection without a close frame", async () => {
    broker.cut("u1");
    expect(await client.closed).toEqual({ code: 1006, reason: "", frame: undefined });
  });

  test("cutAll drops those that are not registered, too", async () => {
    const other = await BareClient.connect(broker.url, framing);
    broker.cutAll();
    expect([(await client.closed).code, (await other.closed).code]).toEqual([1006, 1006]);
    expect(broker.connections).toEqual([]);
  });

  test("a service that is not registered is a clear error", () => {
    for (const attempt of [
      () => broker.call("u2", "F1"),
      () => broker.configure("u2", {}),
      () => broker.send("u2", "ping"),
      () => broker.cut("u2"),
      () => broker.disconnect("u2"),
    ]) {
      expect(attempt).toThrow(/No service "u2" is registered/);
    }
    expect(() => broker.disconnect("u1", 1001)).toThrow(/code: must be 1000/);
    expect(() => broker.disconnect("u1", 3000, "x".repeat(124))).toThrow(
      /reason: must have at most 123 bytes, not 124/,
    );
  });
});

test("no more clients than allowed", async () => {
  await using broker = await startBroker({ maxConnections: 2 });
  const first = await BareClient.connect(broker.url, "raw");
  await BareClient.connect(broker.url, "sockjs");
  expect((await new BareClient(broker.url, "raw").closed).code).toBe(1006);
  await first.close();
  await BareClient.connect(broker.url, "raw");
});

test("the largest message can be chosen", async () => {
  await using broker = await startBroker({ maxMessageSize: 2_000 });
  const client = await (await BareClient.connect(broker.url, "raw")).register(describeService("u1"));
  client.send(eventMessage("u1", { dataObject: "x".repeat(2_000) }));
  expect((await client.closed).code).toBe(1009);
});

test("a client that does not read is cut off before it fills the memory", async () => {
  const log: string[] = [];
  await using broker = await startBroker({ log: ({ message }) => log.push(message) });
  const client = await (await BareClient.connect(broker.url, "raw")).register(describeService("u1"));
  client.socket.pause();
  const text = "x".repeat(1_000_000);
  let sent = 0;
  while (broker.services.has("u1") && sent < 200) {
    broker.send("u1", text);
    sent += 1;
  }
  expect(sent).toBeLessThan(200);
  expect(log.join()).toMatch(/wait for a client that does not read them: cut off/);
  client.socket.terminate();
});
