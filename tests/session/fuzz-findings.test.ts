import { describe, expect, it } from "vitest";
import { settled } from "../../src/testing/fake-clock.ts";
import { MemoryStore, neverAnswers, takes } from "../support/client/memory-store.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";

const STORED = { cached: true, until: "stored" } as const;

/** What `npm run fuzz` found, as small as it can be told. */
function storedClient() {
  const store = new MemoryStore();
  return { ...scriptedClient({ store }), store, disk: store.disk };
}

describe("a program that stood still while its store worked", () => {
  it("first reads the answer of the store that has come meanwhile", async () => {
    const { clock, disk, event, store } = storedClient();
    const answer = store.hold("write");
    const published = event.publish(1, STORED);
    await settled();
    // The timer fires late, before the answer of the store is read.
    clock.jump(60_000);
    await clock.advance(0);
    answer();
    await published;
    expect(disk.keys).toEqual([1]);
  });

  it("and gives it up if none has", async () => {
    const { clock, event, store } = storedClient();
    store.next("write", neverAnswers);
    const failed = expect(event.publish(1, STORED)).rejects.toMatchObject({ code: "STORE_FAILED" });
    await settled();
    clock.jump(60_000);
    await clock.advance(2_000);
    await failed;
  });
});

describe("a write that was given up", () => {
  it("and is done while the client disconnects is taken back: the next process does not send it", async () => {
    const { client, clock, disk, event, store } = storedClient();
    store.next("write", takes(clock, 15_000));
    const failed = expect(event.publish(1, STORED)).rejects.toMatchObject({ code: "STORE_FAILED" });
    await settled();
    await clock.advance(10_000);
    await failed;
    const disconnected = client.disconnect();
    await clock.advance(5_000);
    await disconnected;
    expect(store.writes).toHaveLength(2);
    expect(disk.keys).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("and is never done holds up disconnect() no longer than twice the time that a store has", async () => {
    const { client, clock, event, store } = storedClient();
    store.next("write", neverAnswers);
    const failed = expect(event.publish(1, STORED)).rejects.toMatchObject({ code: "STORE_FAILED" });
    await clock.advance(10_000);
    await failed;
    const disconnected = client.disconnect();
    await clock.advance(20_000);
    await disconnected;
    expect(clock.pending).toBe(0);
  });
});

describe("an R that still waits for the socket", () => {
  it("is not answered by an IO_REGISTERED that nobody asked for", async () => {
    const { client, clock, event, last, sentValues } = scriptedClient();
    const connected = client.connect(URL);
    await settled();
    last().serverAccepts();
    await connected;
    last().bufferedAmount = 4_000_000;
    const registered = client.register();
    void event.publish(1, { cached: true });
    last().serverSends("IO_REGISTERED");
    last().bufferedAmount = 0;
    await clock.advance(50);
    expect(client.state).toBe("registering");
    expect(sentValues()).toEqual([]);
    last().serverSends("IO_REGISTERED");
    await registered;
    expect(sentValues()).toEqual([1]);
  });
});

describe("an event published by a listener that hears of disconnected", () => {
  it.each([{ cached: true }, STORED])("is sent once by the next connect() (%o)", async (how) => {
    const { client, clock, disk, event, last, register, sentValues } = storedClient();
    await register();
    const published = new Promise<void>((resolve, reject) => {
      client.on("stateChange", ({ state }) => {
        if (state === "disconnected") {
          event.publish(1, how).then(() => resolve(), reject);
        }
      });
    });
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    await clock.advance(0);
    await register();
    await settled();
    last().serverSends("IO_PUBLISHED");
    await published;
    await client.flush();
    expect(sentValues()).toEqual([1]);
    expect(disk.keys).toEqual([]);
  });
});
