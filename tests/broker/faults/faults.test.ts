import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient, FRAMINGS } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";

const FLOW = { from: { uuid: "u1", eventId: "E1" }, to: { uuid: "u2", functionId: "F1" } };

describe.each(FRAMINGS)("faults (%s)", (framing) => {
  let broker: Broker;
  let client: BareClient;
  const register = async (uuid: string) =>
    (await BareClient.connect(broker.url, framing)).register(describeService(uuid));
  beforeEach(async () => {
    broker = await startBroker();
    client = await register("u1");
  });
  afterEach(() => broker.close());

  test("half-open: nothing passes, the socket stays, and the service can come back", async () => {
    broker.faults.halfOpen("u1");
    const frames = client.frames.length;
    let pongs = 0;
    client.socket.on("pong", () => {
      pongs += 1;
    });
    client.send(eventMessage("u1"));
    client.socket.ping();
    broker.call("u1", "F1", "lost");
    expect(broker.faults.active.halfOpen).toHaveLength(1);
    const other = await register("u2");
    // A whole way there and back over another connection: the first one had the time.
    await other.ask(eventMessage("u2"));
    expect([client.frames.length, pongs, client.socket.readyState]).toEqual([frames, 0, client.socket.OPEN]);
    expect(broker.events).toHaveLength(1);
    expect(broker.services.has("u1")).toBe(true);

    const again = await register("u1");
    expect((await client.closed).code).toBe(1006);
    expect(broker.faults.active.halfOpen).toEqual([]);
    expect(await again.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
  });

  test("half-open does not notice that the client goes", async () => {
    broker.faults.halfOpen("u1");
    client.socket.terminate();
    await once(client.socket, "close");
    const other = await register("u2");
    await other.ask(eventMessage("u2"));
    expect(broker.services.has("u1")).toBe(true);
    broker.faults.clear();
    expect(broker.services.has("u1")).toBe(false);
  });

  test("events are taken, but not acknowledged", async () => {
    broker.addFlow(FLOW);
    const target = await register("u2");
    broker.faults.stopAcknowledging("E", "u1");
    client.send(eventMessage("u1", { dataObject: "1" }), eventMessage("u1", { eventId: "no" }));
    expect(await target.nextJson("C")).toMatchObject({ functionParameters: { dataObject: "1" } });
    expect(await target.ask(eventMessage("u2"))).toBe("IO_PUBLISHED");
    await client.register(describeService("u1"));
    broker.faults.resumeAcknowledging();
    expect(await client.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
  });

  test("registrations are taken, but not acknowledged", async () => {
    broker.faults.stopAcknowledging("R");
    const silent = await BareClient.connect(broker.url, framing);
    silent.send(`R ${JSON.stringify(describeService("u2"))}`);
    expect(await broker.waitForRegistration("u2")).toMatchObject({ uuid: "u2" });
    expect(await silent.ask(eventMessage("u2"))).toBe("IO_PUBLISHED");
    broker.faults.resumeAcknowledging("R");
    await silent.register(describeService("u2"));
  });

  test.each([
    "NIO_UNAUTHORIZED_CONNECTION",
    "NIO_ALREADY_CONNECTED",
    "NIO_UNEXPECTED_REGISTRATION_ERROR",
  ] as const)("the next R is refused with %s", async (reply) => {
    broker.faults.refuseNext("R", { reply, count: 2, uuid: "u2" });
    const refused = await BareClient.connect(broker.url, framing);
    await refused.register(describeService("u3"));
    const message = `R ${JSON.stringify(describeService("u2"))}`;
    expect([await refused.ask(message), await refused.ask(message)]).toEqual([reply, reply]);
    expect(broker.services.has("u2")).toBe(false);
    expect(await refused.ask(message)).toBe("IO_REGISTERED");
    expect(broker.faults.active.refusals).toEqual([]);
  });

  test("the next E are refused, and go nowhere", async () => {
    broker.faults.refuseNext("E", { reply: "NIO_UNEXPECTED_EVENT_FORWARDING_ERROR" });
    broker.faults.refuseNext("E");
    expect(await client.ask(eventMessage("u1"))).toBe("NIO_UNEXPECTED_EVENT_FORWARDING_ERROR");
    expect(await client.ask(eventMessage("u1"))).toBe("NIO_EVENT_FORWARDING_ERROR");
    expect(broker.events).toEqual([]);
    expect(await client.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
  });

  test("everything comes late, and in order", async () => {
    broker.faults.delay(100);
    const start = performance.now();
    client.send(eventMessage("u1"));
    broker.call("u1", "F1", "x");
    broker.faults.delay(0);
    broker.configure("u1", { p1: 1 });
    const first = await client.next();
    expect(performance.now() - start).toBeGreaterThan(95);
    await client.next();
    await client.next();
    expect(client.frames.slice(-3).map((frame) => /[CK] |IO_PUBLISHED/.exec(frame)?.[0])).toEqual(
      first.startsWith("C") ? ["C ", "K ", "IO_PUBLISHED"] : ["IO_PUBLISHED", "C ", "K "],
    );
    expect(await client.ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
  });

  // Of several that had to go early for a large one, only the first was sent.
  test("what is too much to be delayed is sent early, in order, and all of it", async () => {
    broker.faults.delay(600_000);
    const sizes = [...Array.from({ length: 200 }, () => 10), ...Array.from({ length: 72 }, () => 900_000)];
    for (const [index, size] of sizes.entries()) {
      broker.call("u1", "F1", "x".repeat(size), { correlationId: String(index) });
    }
    for (let index = 0; index < 201; index += 1) {
      expect(await client.nextJson("C")).toMatchObject({ correlationId: String(index) });
    }
  });

  test("restart: the same port; flows, queues, events and services stay", async () => {
    broker.addFlow(FLOW);
    const { port } = broker;
    await client.ask(eventMessage("u1", { dataObject: "queued" }));
    await broker.faults.restart(20);
    await client.closed;
    expect([broker.port, broker.services.size, broker.flows.length]).toEqual([port, 0, 1]);
    expect(broker.knownServices).toMatchObject([{ connected: false, service: { uuid: "u1" } }]);
    const target = await register("u2");
    expect(await target.nextJson("C")).toMatchObject({ functionParameters: { dataObject: "queued" } });
    expect(await (await register("u1")).ask(eventMessage("u1"))).toBe("IO_PUBLISHED");
  });

  test("close in the middle of a restart", async () => {
    const restarted = broker.faults.restart(60_000);
    await client.closed;
    await broker.close();
    await restarted;
    await expect(fetch(broker.url)).rejects.toThrow();
  });
});

// It resolved at once, while the restart still waited for the connections of the old port, or opened the new one.
test.each([0, 1, 4])(
  "nothing is left open when it is closed %i turns after a restart began",
  async (turns) => {
    const broker = await startBroker();
    const request = connect(broker.port, "127.0.0.1");
    request.on("error", () => {});
    await once(request, "connect");
    // Half of one: it is not idle, and never ends.
    await new Promise((resolve) => request.write("GET / HTTP/1.1\r\n", resolve));
    const ended = once(request, "close");
    request.resume();
    const restarted = broker.faults.restart();
    for (let turn = 0; turn < turns; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    let isRestarted = false;
    void restarted.then(() => {
      isRestarted = true;
    });
    await broker.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(isRestarted).toBe(true);
    await ended;
    await expect(fetch(broker.url)).rejects.toThrow();
  },
);

test("what is wrong is said", async () => {
  await using broker = await startBroker();
  const { faults } = broker;
  expect(() => faults.halfOpen("no")).toThrow(/No service "no" is registered/);
  expect(() => faults.refuseNext("E", { reply: "NO" as "NIO" })).toThrow(/reply: must be one of NIO,/);
  expect(() => faults.refuseNext("X" as "E")).toThrow(/kind: must be R or E/);
  expect(() => faults.refuseNext("E", { count: 1.5 })).toThrow(/count: must be a whole number/);
  expect(() => faults.delay(-1)).toThrow(/delay: must be milliseconds from 0/);
  await expect(faults.restart(Number.NaN)).rejects.toThrow(/downtime: must be milliseconds/);
});
