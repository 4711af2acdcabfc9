import { describe, expect, it } from "vitest";
import type { ClientStats } from "../../src/index.ts";
import { settled } from "../../src/testing/fake-clock.ts";
import { fails } from "../support/client/memory-store.ts";
import { scriptedClient } from "../support/client/scripted-client.ts";
import { CACHED, diskWith, STORED, storedClient } from "../support/client/stored-client.ts";
import { FRAMINGS, testBroker, testClient } from "../support/setup.ts";

const NOTHING: ClientStats = {
  published: 0,
  acknowledged: 0,
  refused: 0,
  dropped: 0,
  cached: 0,
  inFlight: 0,
  stored: 0,
  reconnects: 0,
  bytes: { sent: 0, received: 0 },
  roundTrip: { last: undefined, smoothed: undefined },
};

describe("stats()", () => {
  it("of a client that has done nothing is nothing, and stays apart from the client", () => {
    const { client } = scriptedClient();
    const stats = client.stats();
    expect(stats).toEqual(NOTHING);
    (stats.bytes as { sent: number }).sent = 5;
    expect(client.stats()).toEqual(NOTHING);
  });

  it.each(FRAMINGS)(
    "counts right over reconnects, drops and refusals ($framing)",
    async ({ sockJsFraming }) => {
      const broker = await testBroker();
      const client = testClient({ sockJsFraming, eventCacheSize: 3, retryPolicy: () => 100 });
      const event = client.addEvent({ eventId: "E", dataFormat: "int32" });
      await client.start(broker.url);
      await event.publish(1);
      await event.publish(2);
      // What publish() does not take is not counted.
      await expect(event.publish("wrong" as never)).rejects.toMatchObject({ code: "INVALID_VALUE" });
      broker.faults.refuseNext("E", { count: 2 });
      for (const value of [3, 4]) {
        await expect(event.publish(value)).rejects.toMatchObject({ code: "REFUSED" });
      }
      expect(client.stats()).toMatchObject({ published: 4, acknowledged: 2, refused: 2, reconnects: 0 });

      const restarted = broker.faults.restart(300);
      await expect.poll(() => client.state).not.toBe("registered");
      const publications = Promise.allSettled([5, 6, 7, 8, 9].map((value) => event.publish(value, CACHED)));
      expect(client.stats()).toMatchObject({ published: 9, dropped: 2, cached: 3, inFlight: 0 });
      await restarted;
      expect((await publications).filter(({ status }) => status === "fulfilled")).toHaveLength(3);
      await broker.faults.restart();
      await expect.poll(() => client.stats().reconnects).toBe(2);
      await expect.poll(() => client.state).toBe("registered");
      await event.publish(10);
      expect(client.stats()).toMatchObject({
        published: 10,
        acknowledged: 6,
        refused: 2,
        dropped: 2,
        cached: 0,
        inFlight: 0,
        stored: 0,
        reconnects: 2,
      });
      // What was said to be accepted is what has arrived.
      expect(broker.events.map(({ dataObject }) => dataObject)).toEqual([1, 2, 7, 8, 9, 10]);
    },
  );

  it("keeps its counts over disconnect() and connect(), which is no reconnect", async () => {
    const broker = await testBroker();
    const client = testClient();
    const event = client.addEvent({ eventId: "E" });
    for (let time = 0; time < 2; time += 1) {
      await client.start(broker.url);
      await event.publish();
      await client.disconnect();
    }
    expect(client.stats()).toEqual({ ...NOTHING, published: 2, acknowledged: 2 });
  });

  it("says what waits, in memory and in the store alone", async () => {
    const { client, event, answerAll, register } = storedClient({ eventCacheSize: 2 }, diskWith(1, 2, 3));
    await register();
    const { cached, inFlight, stored } = client.stats();
    expect(stored).toBe(3);
    expect(cached + inFlight).toBe(3);
    const published = event.publish(4, STORED);
    await published;
    expect(client.stats()).toMatchObject({ stored: 4, published: 1 });
    await answerAll();
    await client.flush();
    expect(client.stats()).toMatchObject({ acknowledged: 4, cached: 0, inFlight: 0, stored: 0 });
  });

  it("says how many wait in the store alone, also while they cannot be read", async () => {
    const { client, event, last, store } = storedClient({}, diskWith(1, 2, 3));
    const connected = client.connect("ws://msb.test");
    await settled();
    last().serverAccepts();
    await connected;
    for (const value of [4, 5]) {
      await event.publish(value, STORED);
    }
    expect(client.stats()).toMatchObject({ published: 2, cached: 5, stored: 5, inFlight: 0 });
    store.always("read", fails());
    const registered = client.register();
    last().serverSends("IO_REGISTERED");
    await registered;
    await settled();
    expect(store.calls.read).toBeGreaterThan(0);
    expect(client.stats()).toMatchObject({ published: 2, cached: 5, stored: 5, inFlight: 0 });
  });
});

describe("what stats() measures from its first call on", () => {
  it.each(FRAMINGS)("are the bytes of the frames, of UTF-8 ($framing)", async ({ sockJsFraming }) => {
    const { client, event, last, register } = scriptedClient({ sockJsFraming });
    const named = client.addEvent({ eventId: "TEMPERATURE_°C", dataFormat: "string" });
    await register();
    const before = last().sent.length;
    expect(client.stats().bytes).toEqual({ sent: 0, received: 0 });
    void event.publish(1);
    void named.publish("23 °C, heiß 🔥");
    last().serverSends("IO_PUBLISHED");
    const sent = last().sent.slice(before).join("");
    const received = sockJsFraming ? 'a["IO_PUBLISHED"]' : "IO_PUBLISHED";
    expect(client.stats().bytes).toEqual({
      sent: Buffer.byteLength(sent),
      received: Buffer.byteLength(received),
    });
    await settled();
  });

  it("is the round trip, one event at a time, the last and smoothed", async () => {
    const { client, clock, event, last, register } = scriptedClient();
    await register();
    const publish = async (ms: number): Promise<void> => {
      const published = event.publish(1);
      await clock.advance(ms);
      last().serverSends("IO_PUBLISHED");
      await published;
    };
    await publish(500);
    expect(client.stats().roundTrip).toEqual({ last: undefined, smoothed: undefined });
    await publish(80);
    expect(client.stats().roundTrip).toEqual({ last: 80, smoothed: 80 });
    await publish(160);
    expect(client.stats().roundTrip).toEqual({ last: 160, smoothed: 90 });
    // Of two in flight the first is measured.
    const [first, second] = [event.publish(1), event.publish(2)];
    await clock.advance(10);
    last().serverSends("IO_PUBLISHED");
    await clock.advance(1_000);
    last().serverSends("IO_PUBLISHED");
    await Promise.all([first, second]);
    expect(client.stats().roundTrip).toEqual({ last: 10, smoothed: 80 });
  });

  it("is no round trip over a connection that was lost", async () => {
    const { client, clock, event, last, register, serverRegisters } = scriptedClient();
    await register();
    client.stats();
    const published = event.publish(1, CACHED);
    last().serverCloses();
    await clock.advance(10_000);
    await serverRegisters();
    await clock.advance(30);
    last().serverSends("IO_PUBLISHED");
    await published;
    expect(client.stats()).toMatchObject({ reconnects: 1, roundTrip: { last: 30, smoothed: 30 } });
  });

  it("costs no look at the clock before", async () => {
    const { client, clock, event, last, register } = scriptedClient();
    await register();
    let looks = 0;
    const { monotonic } = clock;
    clock.monotonic = () => {
      looks += 1;
      return monotonic.call(clock);
    };
    const publishOne = async (): Promise<number> => {
      looks = 0;
      const published = event.publish(1);
      last().serverSends("IO_PUBLISHED");
      await published;
      return looks;
    };
    await publishOne();
    const before = await publishOne();
    client.stats();
    expect(await publishOne()).toBe(before + 2);
  });
});
