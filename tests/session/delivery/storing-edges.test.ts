import { describe, expect, it, vi } from "vitest";
import { settled } from "../../../src/testing/fake-clock.ts";
import { fails } from "../../support/client/memory-store.ts";
import { scriptedClient, URL } from "../../support/client/scripted-client.ts";
import {
  CACHED,
  diskWith,
  numbers,
  outcomes,
  STORED,
  storedClient,
} from "../../support/client/stored-client.ts";

describe("a store", () => {
  it("is not asked for events that do not wait", async () => {
    const { event, last, register, store } = storedClient();
    await register();
    const published = event.publish(1);
    last().serverSends("IO_PUBLISHED");
    await published;
    await settled();
    expect(store.calls.write).toBe(0);
  });

  it("that was never opened is not closed", async () => {
    const { client, store } = storedClient();
    await client.disconnect();
    expect([store.calls.open, store.calls.close]).toEqual([0, 0]);
  });

  it("is not left open by a connect() that a listener of `connecting` ends", async () => {
    const { client, store } = storedClient();
    let disconnected: Promise<void> | undefined;
    client.on("stateChange", () => {
      disconnected ??= client.disconnect();
    });
    await expect(client.connect(URL)).rejects.toMatchObject({ code: "DISCONNECTED" });
    await disconnected;
    await settled();
    expect(store.isOpen).toBe(false);
  });

  it("that two clients were given stays open for the first one, however often the other one asks", async () => {
    const { event, errors, register, store, disk, answerAll } = storedClient();
    await event.publish(1, STORED);
    const other = scriptedClient({ store });
    await expect(other.client.connect(URL)).rejects.toMatchObject({ code: "STORE_FAILED" });
    await other.clock.advance(60_000);
    await expect(other.client.connect(URL)).rejects.toMatchObject({ code: "STORE_FAILED" });
    await other.client.disconnect();
    await event.publish(2, STORED);
    expect(disk.keys).toHaveLength(2);
    await register();
    expect(await answerAll()).toEqual([1, 2]);
    expect(other.sockets).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("is opened again for what is published after disconnect()", async () => {
    const { client, disk, event, last, register } = storedClient();
    await register();
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    await event.publish(1, STORED);
    expect(disk.keys).toHaveLength(1);
  });

  it("is opened again for what is published while it is closed", async () => {
    const { client, disk, event, last, register, store } = storedClient();
    await register();
    const close = store.hold("close");
    const disconnected = client.disconnect();
    last().serverCloses();
    await settled();
    const published = event.publish(1, STORED);
    close();
    await Promise.all([disconnected, published]);
    expect(disk.keys).toHaveLength(1);
  });

  it("is closed when all is written that was published before, batch by batch", async () => {
    const { client, disk, event, last, register, store } = storedClient();
    await register();
    const written = store.hold("write");
    const first = event.publish(1, STORED);
    await settled();
    const second = event.publish(2, STORED);
    await settled();
    const disconnected = client.disconnect();
    last().serverCloses();
    await settled();
    expect(store.calls.close).toBe(0);
    written();
    await Promise.all([first, second, disconnected]);
    expect(disk.keys).toEqual([1, 2]);
  });

  it("that opens after disconnect() was called is closed, and what it holds is sent once, later", async () => {
    const { client, register, store, answerAll } = storedClient({}, diskWith(1));
    const open = store.hold("open");
    const refused = expect(client.connect(URL)).rejects.toMatchObject({ code: "DISCONNECTED" });
    const disconnected = client.disconnect();
    open();
    await disconnected;
    await refused;
    expect(store.isOpen).toBe(false);
    await register();
    expect(await answerAll()).toEqual([1]);
    await client.flush();
  });

  it("that fails to open after disconnect() was called is not tried again, and nobody is told", async () => {
    const { client, clock, errors, store } = storedClient();
    let fail = (): void => {};
    store.next("open", () => new Promise((_, reject) => (fail = () => reject(new Error("I/O error")))));
    const refused = expect(client.connect(URL)).rejects.toMatchObject({ code: "DISCONNECTED" });
    const disconnected = client.disconnect();
    await settled();
    fail();
    await disconnected;
    await refused;
    await clock.advance(0);
    expect([clock.pending, errors]).toEqual([0, []]);
  });

  it("that is tried again takes new events, and only those that wait out a connection", async () => {
    const { client, clock, event, last, store } = storedClient({ maxInFlight: 1 });
    store.next("open", fails());
    const open = store.hold("open");
    const connected = client.connect(URL, { waitForServer: true });
    await settled();
    last().serverAccepts();
    await connected;
    const registered = client.register();
    last().serverSends("IO_REGISTERED");
    await registered;
    void event.publish(1);
    void event.publish(2);
    await clock.advance(9_000);
    last().serverSends("IO_PUBLISHED");
    void event.publish(3);
    await clock.advance(1_000);
    const stored = event.publish(4, STORED);
    open();
    await stored;
    expect(store.writes.flat()).toEqual([
      expect.objectContaining({ type: "put", event: expect.objectContaining({ eventId: "E1" }) }),
    ]);
  });
});

describe("a reading that fails", () => {
  it("as disconnect() is called leaves no timer, and nothing that a flush would wait for", async () => {
    const { client, clock, last, register, store, answerAll } = storedClient({}, diskWith(1));
    let fail = (): void => {};
    store.next("read", () => new Promise((_, reject) => (fail = () => reject(new Error("I/O error")))));
    await register();
    await settled();
    const disconnected = client.disconnect();
    last().serverCloses();
    await settled();
    fail();
    await disconnected;
    expect(clock.pending).toBe(0);
    await client.flush();
    await register();
    expect(await answerAll()).toEqual([1]);
  });

  it("lets no other be tried before its time", async () => {
    const { clock, event, last, register, store, answerAll } = storedClient(
      { eventCacheSize: 2_000, retryPolicy: () => 1_000 },
      diskWith(1),
    );
    store.next("read", fails());
    await register();
    await settled();
    last().serverSends("NIO_ALREADY_CONNECTED");
    for (const value of numbers(501, 10)) {
      await event.publish(value, STORED);
    }
    await clock.advance(1_000);
    last().serverSends("IO_REGISTERED");
    expect(await answerAll()).toEqual(numbers(500, 10));
    expect(store.calls.read).toBe(1);
    await clock.advance(9_000);
    expect((await answerAll()).slice(500)).toEqual([1, 510]);
    expect(store.calls.read).toBe(3);
  });
});

describe("a stored event", () => {
  it("that was in flight is sent again by the next connection", async () => {
    const { clock, errors, last, register, serverRegisters, answerAll, sentValues } = storedClient(
      {},
      diskWith(1),
    );
    await register();
    await settled();
    expect(sentValues()).toEqual([1]);
    last().serverCloses();
    await clock.advance(10_000);
    await serverRegisters();
    expect(await answerAll()).toEqual([1]);
    expect(errors).toEqual([]);
  });

  it("that was not taken is not sent, though it is in the store and cannot be removed", async () => {
    const { client, event, register, store, answerAll } = storedClient({ eventCacheSize: 2_000 });
    for (const value of numbers(501)) {
      await event.publish(value, STORED);
    }
    const write = store.write.bind(store);
    vi.spyOn(store, "write").mockImplementationOnce(async (changes) => {
      await write(changes);
      throw new Error("I/O error");
    });
    await expect(event.publish(501, STORED)).rejects.toMatchObject({ code: "STORE_FAILED" });
    store.always("write", fails());
    await register();
    expect(await answerAll()).toEqual(numbers(501));
    // Nor does it take up room.
    expect(client.stats().stored).toBe(0);
  });

  it("is refused with BUSY if as many wait to be written as may wait", async () => {
    const { event, store } = storedClient({ eventCacheSize: 2 });
    await event.publish(0, STORED);
    const written = store.hold("write");
    const published = numbers(3, 1).map((value) => event.publish(value, STORED));
    const told = outcomes(published);
    await settled();
    written();
    expect(await told).toEqual({ stored: 2, BUSY: 1 });
    await event.publish(4, STORED);
  });
});

describe("an event that cannot be stored", () => {
  it.each([
    ["without a store", () => scriptedClient()],
    ["without the event cache", () => storedClient({ eventCache: false })],
  ])("%s is refused, and says what it needs", async (_, make) => {
    const { event, register } = make();
    await register();
    await expect(event.publish(1, STORED)).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining("needs the client option store, and cached: true"),
    });
  });

  it("because it is too large is refused before anything is connected", async () => {
    const { client } = scriptedClient({ maxMessageSize: 1_000 });
    const text = client.addEvent({ eventId: "T", dataFormat: "string" });
    await expect(text.publish("x".repeat(1_000), CACHED)).rejects.toMatchObject({ code: "TOO_LARGE" });
  });
});
