import { describe, expect, it } from "vitest";
import type { Identity, MsbClientOptions } from "../../../src/index.ts";
import { settled } from "../../../src/testing/fake-clock.ts";
import type { ScriptedSocket } from "../../../src/testing/scripted-socket.ts";
import { scriptedClient, URL } from "../../support/client/scripted-client.ts";
import fc, { runs } from "../../support/properties.ts";
import { testBroker, testClient } from "../../support/setup.ts";

const bytes = (frame: string): number => new TextEncoder().encode(frame).length;

async function registered(options: MsbClientOptions & Partial<Identity>) {
  const scripted = scriptedClient(options);
  const text = scripted.client.addEvent({ eventId: "TEXT", dataFormat: "string" });
  await scripted.register();
  const before = scripted.last().sent.length;
  return { ...scripted, text, frames: () => scripted.last().sent.slice(before) };
}

/** The payloads of a SockJS frame, in their order. */
function payloads(frame: string): unknown[] {
  return (JSON.parse(frame) as string[]).map((message) => JSON.parse(message.slice(2)).dataObject);
}

describe("with the option batch", () => {
  it("events of one turn are one frame, those of the next another", async () => {
    const { text, frames } = await registered({ batch: true });
    for (const value of ["a", "b", "c"]) {
      void text.publish(value);
    }
    await settled();
    void text.publish("d");
    await settled();
    expect(frames().map(payloads)).toEqual([["a", "b", "c"], ["d"]]);
  });

  it("each event is settled by its own answer, however the answers come", async () => {
    const { text, last } = await registered({ batch: true });
    const published = ["a", "b", "c", "d"].map((value) => text.publish(value));
    const outcomes = Promise.allSettled(published);
    await settled();
    last().serverSends("IO_PUBLISHED", "NIO_EVENT_FORWARDING_ERROR");
    last().serverSends("IO_PUBLISHED");
    last().serverSends("IO_PUBLISHED");
    expect((await outcomes).map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
  });

  it("no frame of several messages is larger than maxBytes, whatever the texts", async () => {
    const texts = fc.array(fc.string({ unit: "binary", maxLength: 400 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 100, max: 3_000 }), async (values, maxBytes) => {
        const { text, frames } = await registered({ batch: { maxBytes }, eventCacheSize: 100 });
        for (const value of values) {
          void text.publish(value);
        }
        await settled();
        expect(frames().flatMap(payloads)).toEqual(values);
        for (const frame of frames()) {
          expect(payloads(frame).length === 1 || bytes(frame) <= maxBytes).toBe(true);
        }
      }),
      { numRuns: runs(50) },
    );
  });

  it("a frame takes the message that fills it to the last byte", async () => {
    const framesOf = async (batch: NonNullable<MsbClientOptions["batch"]>): Promise<readonly string[]> => {
      const { text, frames } = await registered({ batch, uuid: "u" });
      for (const value of ["a", "b", "c"]) {
        void text.publish(value);
      }
      await settled();
      return frames();
    };
    const [together = ""] = await framesOf(true);
    expect(await framesOf({ maxBytes: bytes(together) })).toHaveLength(1);
    expect(await framesOf({ maxBytes: bytes(together) - 1 })).toHaveLength(2);
  });

  it("a frame takes as many messages as fit", async () => {
    const { text, frames } = await registered({ batch: { maxBytes: 1_000 } });
    for (let index = 0; index < 100; index += 1) {
      void text.publish("x".repeat(index));
    }
    await settled();
    for (const [index, frame] of frames().slice(1).entries()) {
      const [first] = JSON.parse(frame) as [string];
      const before = frames()[index] ?? "";
      expect(bytes(before)).toBeLessThanOrEqual(1_000);
      expect(bytes(before) + 1 + bytes(JSON.stringify(first))).toBeGreaterThan(1_000);
    }
  });

  it.each([true, { maxBytes: 2_000 }])("%j: a frame has maxMessageSize at most", async (batch) => {
    const { text, frames } = await registered({ batch, maxMessageSize: 1_000 });
    for (let index = 0; index < 20; index += 1) {
      void text.publish("x".repeat(50));
    }
    await settled();
    expect(frames().length).toBeGreaterThan(1);
    expect(Math.max(...frames().map(bytes))).toBeLessThanOrEqual(1_000);
  });

  it("a self-description has a frame of its own, in its place between the events", async () => {
    const { client, text, frames } = await registered({ batch: true });
    void text.publish("before");
    client.addEvent({ eventId: "NEW", dataFormat: "string" });
    void client.register();
    void text.publish("after");
    await settled();
    const [first, second, ...rest] = frames().map((frame) => JSON.parse(frame) as string[]);
    expect(first?.[0]).toContain("before");
    expect(second).toHaveLength(1);
    expect(second?.[0]).toMatch(/^R /);
    expect(rest.flat().at(-1)).toContain("after");
  });

  it("what is published in the turn of disconnect() leaves before the socket is closed", async () => {
    const { client, text, last, frames } = await registered({ batch: true });
    void text.publish("last").catch(() => {});
    void client.disconnect();
    expect(frames().map(payloads)).toEqual([["last"]]);
    expect(last().closeRequested).toBe(true);
  });

  it.each<readonly [string, (socket: ScriptedSocket) => void]>([
    [
      "throws",
      () => {
        throw new Error("the socket is broken");
      },
    ],
    ["ends", (socket) => socket.serverCloses()],
  ])("a socket that %s when disconnect() has the last events sent is told of once", async (_, fail) => {
    const { client, text, last, states, errors } = await registered({ batch: true });
    const socket = last();
    Object.assign(socket, { send: () => fail(socket) });
    const outcome = text.publish("last").catch(({ code }) => code);
    await client.disconnect();
    expect(await outcome).toBe("CONNECTION_LOST");
    await settled();
    expect(states.slice(-2)).toEqual(["disconnecting", "disconnected"]);
    expect(errors).toEqual([]);
  });

  it("nothing is sent on a socket whose closing has begun, because the server's close frame came", async () => {
    const { text, last } = await registered({ batch: true, maxInFlight: 1, cached: true });
    const socket = last();
    void text.publish("a");
    void text.publish("b").catch(() => {});
    await settled();
    const done: string[] = [];
    Object.assign(socket, { send: () => done.push("send"), close: () => done.push("close") });
    socket.serverSends("IO_PUBLISHED");
    socket.serverSendsFrame('c[1001,"bye"]');
    await settled();
    expect(done).toEqual(["send", "close"]);
  });

  it("the order is kept at a socket that answers before send() returns", async () => {
    const texts = fc.array(fc.string({ unit: "binary", maxLength: 200 }), { maxLength: 30 });
    const options = fc.record({ maxBytes: fc.integer({ min: 100, max: 2_000 }) });
    await fc.assert(
      fc.asyncProperty(texts, options, fc.integer({ min: 1, max: 8 }), async (values, batch, maxInFlight) => {
        const scripted = scriptedClient({ batch, maxInFlight, cached: true });
        const text = scripted.client.addEvent({ eventId: "TEXT", dataFormat: "string" });
        const published = values.map((value) => text.publish(value));
        const arrived: unknown[] = [];
        void scripted.client.connect(URL);
        await settled();
        const socket = scripted.last();
        socket.serverAccepts();
        await settled();
        void scripted.client.register();
        const send = (frame: string): void => {
          const together = payloads(frame);
          arrived.push(...together);
          for (const _ of together) {
            socket.serverSends("IO_PUBLISHED");
          }
        };
        Object.assign(socket, { send });
        socket.serverSends("IO_REGISTERED");
        await Promise.all(published);
        expect(arrived).toEqual(values);
      }),
      { numRuns: runs(100) },
    );
  });

  it("raw framing has a message in each frame all the same", async () => {
    const { text, frames } = await registered({ batch: true, sockJsFraming: false });
    void text.publish("a");
    void text.publish("b");
    await settled();
    expect(frames()).toHaveLength(2);
  });
});

describe("the option batch", () => {
  it.each([
    [{ maxBytes: 10 }, "batch.maxBytes: must be a whole number of bytes, at least 100, not 10"],
    [{ maxBytes: "8000" }, 'batch.maxBytes: must be a whole number of bytes, at least 100, not "8000"'],
    [{ bytes: 8_000 }, "batch.bytes: is not known here"],
    [8_000, "batch: must be true, false or { maxBytes }, not 8000"],
  ])("%j is refused, and the error says what would be right", (batch, message) => {
    expect(() => testClient({ batch } as never)).toThrow(message);
  });
});

describe("at the broker, with the option batch", () => {
  it("10,000 events arrive once each, in order, and each is answered", async () => {
    const broker = await testBroker();
    const client = testClient({ batch: true, eventCacheSize: 10_000 });
    const count = client.addEvent({ eventId: "COUNT", dataFormat: "int32" });
    await client.connect(broker.url);
    await client.register();
    const seen: unknown[] = [];
    broker.on("event", ({ dataObject }) => seen.push(dataObject));
    const values = Array.from({ length: 10_000 }, (_, index) => index);
    await Promise.all(values.map((value) => count.publish(value)));
    expect(seen).toEqual(values);
  });

  it("nothing is lost over broken connections, and the order is kept", async () => {
    const broker = await testBroker();
    const client = testClient({ batch: true, cached: true, retryPolicy: () => 1 });
    const count = client.addEvent({ eventId: "COUNT", dataFormat: "int32" });
    await client.connect(broker.url);
    await client.register();
    const seen = new Set<unknown>();
    broker.on("event", ({ dataObject }) => seen.add(dataObject));
    let next = 0;
    const publish = (): Promise<unknown>[] =>
      Array.from({ length: 100 }, () => {
        next += 1;
        return count.publish(next);
      });
    for (let round = 0; round < 5; round += 1) {
      const sent = publish();
      await sent[0];
      broker.cut(client.uuid);
      await Promise.all([...sent, ...publish()]);
    }
    expect([...seen]).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
  });
});
