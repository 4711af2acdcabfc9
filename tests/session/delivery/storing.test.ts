import { describe, expect, it, vi } from "vitest";
import { settled } from "../../../src/testing/fake-clock.ts";
import { fails, MemoryDisk } from "../../support/client/memory-store.ts";
import { scriptedClient, URL } from "../../support/client/scripted-client.ts";
import {
  CACHED,
  diskWith,
  numbers,
  outcomes,
  STORED,
  storedClient,
} from "../../support/client/stored-client.ts";

describe("what is settled leaves the store", () => {
  it("and if that fails it is reported once, and made up for by the next write", async () => {
    const { disk, errors, event, register, answerAll, store } = storedClient();
    for (const value of [1, 2]) {
      await event.publish(value, STORED);
    }
    await register();
    store.always("write", fails());
    await answerAll();
    await settled();
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining("cannot be written")]);
    expect(disk.keys).toHaveLength(2);
    store.heal();
    await event.publish(3, STORED);
    expect(disk.keys).toEqual([3]);
    // It worked meanwhile, so the next failure is news.
    store.next("write", fails());
    await answerAll();
    await settled();
    expect(errors).toHaveLength(2);
  });

  it("although it was answered before it was written", async () => {
    const { client, disk, event, last, register, store } = storedClient();
    await register();
    const written = store.hold("write");
    const published = event.publish(1, CACHED);
    last().serverSends("IO_PUBLISHED");
    await published;
    written();
    await client.flush();
    await settled();
    expect(disk.keys).toEqual([]);
  });

  it("and a flush waits for that", async () => {
    const { client, disk, event, last, register, store } = storedClient();
    await register();
    await event.publish(1, STORED);
    const deleted = store.hold("write");
    last().serverSends("IO_PUBLISHED");
    const flushed = vi.fn();
    const flush = client.flush().then(flushed);
    await settled();
    expect(flushed).not.toHaveBeenCalled();
    deleted();
    await flush;
    expect(disk.keys).toEqual([]);
  });

  it("when it was dropped, or taken back, too", async () => {
    const { disk, event, store } = storedClient({ eventCacheSize: 1 });
    const controller = new AbortController();
    const refused = outcomes([
      event.publish(1, CACHED),
      event.publish(2, { ...CACHED, signal: controller.signal }),
    ]);
    await settled();
    controller.abort();
    expect(await refused).toEqual({ EVENT_DROPPED: 1, ABORTED: 1 });
    await settled();
    expect(disk.keys).toEqual([]);
    expect(store.isOpen).toBe(true);
  });
});

describe("the places in a store", () => {
  it("are free again when an event failed to be written, or is settled, whichever comes first", async () => {
    const { event, last, register, store } = storedClient({ storeSize: 1, eventCacheSize: 1 });
    await register();
    for (let turn = 0; turn < 3; turn += 1) {
      store.next("write", fails());
      const failing = event.publish(turn, CACHED);
      if (turn === 0) {
        await settled();
      }
      last().serverSends("IO_PUBLISHED");
      await failing;
      await settled();
    }
    for (let turn = 0; turn < 3; turn += 1) {
      await event.publish(turn, STORED);
      await expect(event.publish(9, STORED)).rejects.toMatchObject({ code: "BUSY" });
      last().serverSends("IO_PUBLISHED");
      await settled();
    }
  });

  it("of events that never were in it do not count, once it was read", async () => {
    const { client, event, last } = storedClient({ storeSize: 6 }, diskWith(1, 6));
    const connected = client.connect(URL);
    await settled();
    last().serverAccepts();
    await connected;
    await expect(event.publish(1, STORED)).rejects.toMatchObject({ code: "BUSY" });
    const registered = client.register();
    last().serverSends("IO_REGISTERED");
    await registered;
    await settled();
    // Two are in flight, and four places are left.
    expect(await outcomes(numbers(5).map((value) => event.publish(value, STORED)))).toEqual({
      stored: 4,
      BUSY: 1,
    });
  });

  it("for those who wait for the store are bounded while it opens, too", async () => {
    const { event, store } = storedClient({ eventCacheSize: 2 });
    const open = store.hold("open");
    const published = numbers(3).map((value) => event.publish(value, STORED));
    await expect(published[2]).rejects.toMatchObject({
      code: "BUSY",
      message: expect.stringContaining("2 events wait already to be stored"),
    });
    open();
    await Promise.all(published.slice(0, 2));
    await event.publish(3, STORED);
  });

  it("for those who wait for the store are free again when writing failed", async () => {
    const { event, store } = storedClient({ eventCacheSize: 1 });
    await event.publish(0, STORED);
    for (let turn = 0; turn < 3; turn += 1) {
      store.next("write", fails());
      await expect(event.publish(turn, STORED)).rejects.toMatchObject({ code: "STORE_FAILED" });
    }
    await event.publish(9, STORED);
  });
});

describe("what waits in the store alone", () => {
  it.each([
    [500, 0],
    [501, 1],
  ])("of %d stored events: those after the first 500, read by %d reads", async (count, reads) => {
    const { event, register, answerAll, store } = storedClient({ eventCacheSize: 2_000 });
    for (const value of numbers(count)) {
      await event.publish(value, STORED);
    }
    expect(store.calls.read).toBe(0);
    await register();
    expect(await answerAll()).toEqual(numbers(count));
    expect(store.calls.read).toBe(reads);
  });

  it("is told to who publishes it, also if it cannot be written", async () => {
    const { event, store } = storedClient({ eventCacheSize: 2_000 });
    for (const value of numbers(500)) {
      await event.publish(value, STORED);
    }
    store.next("write", fails());
    await expect(event.publish(500, STORED)).rejects.toMatchObject({ code: "STORE_FAILED" });
  });

  it("is read once at a time, however often it could be sent", async () => {
    const { event, register, store, answerAll } = storedClient({}, diskWith(1, 2));
    const read = store.hold("read");
    await register();
    for (const value of numbers(5)) {
      void event.publish(value, CACHED);
    }
    await settled();
    expect(store.calls.read).toBe(1);
    read();
    expect(await answerAll()).toEqual([1, 2, 0, 1, 2, 3, 4]);
  });

  it("is sent once, by the next connection, if a disconnect comes between", async () => {
    const { client, disk, errors, last, register, store, answerAll } = storedClient({}, diskWith(1, 2));
    const read = store.hold("read");
    await register();
    const disconnected = client.disconnect();
    last().serverCloses();
    await settled();
    read();
    await disconnected;
    expect(disk.keys).toEqual([1, 2]);
    await register();
    expect(await answerAll()).toEqual([1, 2]);
    await client.flush();
    expect([disk.keys, errors]).toEqual([[], []]);
  });

  it("is told if it is damaged, and the rest is sent", async () => {
    const disk = diskWith(1, 3);
    disk.damage(2, "it is garbage");
    const { client, errors, register, answerAll } = storedClient({}, disk);
    await register();
    expect(await answerAll()).toEqual([1, 3]);
    await client.flush();
    expect(errors).toEqual([
      expect.objectContaining({
        code: "STORE_FAILED",
        message: expect.stringMatching(/is damaged at 2, which is skipped: it is garbage/),
      }),
    ]);
  });

  it("is told if the MSB refuses it: nobody else waits for it", async () => {
    const { errors, last, register } = storedClient({}, diskWith(1));
    await register();
    await settled();
    last().serverSends("NIO_EVENT_FORWARDING_ERROR");
    expect(errors).toEqual([expect.objectContaining({ code: "REFUSED" })]);
  });

  it("in a store that reads no further is no endless loop: reported, and tried again later", async () => {
    const { clock, errors, register, answerAll, store } = storedClient({}, diskWith(1, 2));
    vi.spyOn(store, "read").mockResolvedValueOnce({ events: [], damaged: [], end: 0 });
    await register();
    await settled();
    expect(errors).toEqual([
      expect.objectContaining({
        code: "STORE_FAILED",
        message: expect.stringContaining("reads no further"),
      }),
    ]);
    await clock.advance(9_999);
    expect(await answerAll()).toEqual([]);
    await clock.advance(1);
    expect(await answerAll()).toEqual([1, 2]);
  });

  it("and was not taken, though it is in the store all the same, is not sent", async () => {
    const disk = new MemoryDisk();
    const { client, event, last, register, store, answerAll } = storedClient({}, disk);
    await event.publish(0, STORED);
    const write = store.write.bind(store);
    vi.spyOn(store, "write").mockImplementationOnce(async (changes) => {
      await write(changes);
      throw new Error("I/O error");
    });
    await expect(event.publish(1, STORED)).rejects.toMatchObject({ code: "STORE_FAILED" });
    expect(disk.keys).toHaveLength(2);
    await register();
    expect(await answerAll()).toEqual([0]);
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    expect(disk.keys).toEqual([]);
  });
});

describe("a store that could not be opened", () => {
  it("is told to who waits for it, and tried again every ten seconds; in between nothing is stored", async () => {
    const { clock, errors, event, register, store, answerAll } = storedClient();
    store.next("open", fails(), fails());
    const waiting = [event.publish(1, STORED), event.publish(2, CACHED)];
    await expect(waiting[0]).rejects.toMatchObject({ code: "STORE_FAILED" });
    // Nor is it closed: it is not open, or open for another client.
    expect([store.calls.open, store.calls.close]).toEqual([1, 0]);
    await expect(event.publish(3, STORED)).rejects.toMatchObject({ code: "STORE_FAILED" });
    await clock.advance(9_999);
    expect(store.calls.open).toBe(1);
    await clock.advance(1);
    expect(store.calls.open).toBe(2);
    await clock.advance(10_000);
    expect(store.calls.open).toBe(3);
    await event.publish(4, STORED);
    expect(errors).toEqual([]);
    await register();
    expect(await answerAll()).toEqual([2, 4]);
    await waiting[1];
  });

  it("is not tried again after disconnect()", async () => {
    const { client, clock, event, store } = storedClient();
    store.always("open", fails());
    await expect(event.publish(1, STORED)).rejects.toMatchObject({ code: "STORE_FAILED" });
    await client.disconnect();
    await client.connect(URL).catch(() => {});
    await client.disconnect();
    expect(clock.pending).toBe(0);
  });
});

describe("an event that is being stored", () => {
  it("can be taken back by its signal until it is", async () => {
    const { disk, event, store } = storedClient();
    await event.publish(0, STORED);
    const written = store.hold("write");
    const controller = new AbortController();
    const published = event.publish(1, { ...STORED, signal: controller.signal });
    await settled();
    controller.abort();
    await expect(published).rejects.toMatchObject({ code: "ABORTED" });
    written();
    await settled();
    expect(disk.keys).toEqual([1]);
  });

  it("as disconnect() is called is stored, and its publisher told so", async () => {
    const { client, disk, event, last, register, store } = storedClient();
    await register();
    const written = store.hold("write");
    const published = event.publish(1, STORED);
    const disconnected = client.disconnect();
    last().serverCloses();
    await settled();
    written();
    await published;
    await disconnected;
    expect(disk.keys).toEqual([1]);
  });

  it("and was sent, is not sent again if it is not stored and the connection was lost: nobody knows", async () => {
    const { clock, event, last, register, serverRegisters, sentValues, store } = storedClient();
    await register();
    let fail = (): void => {};
    store.next("write", () => new Promise((_, reject) => (fail = () => reject(new Error("I/O error")))));
    const published = event.publish(1, STORED);
    await settled();
    last().serverCloses();
    fail();
    await expect(published).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    await clock.advance(10_000);
    await serverRegisters();
    expect(sentValues()).toEqual([]);
  });
});

describe("a publisher whose event is left behind by disconnect()", () => {
  it("is told that it is kept, if a store has it", async () => {
    const { client, disk, event } = storedClient();
    const published = event.publish(1, CACHED);
    await settled();
    await client.disconnect();
    await expect(published).rejects.toMatchObject({
      code: "DISCONNECTED",
      message: expect.stringContaining("It is kept in the store"),
    });
    expect(disk.keys).toEqual([1]);
  });

  it("is told DISCONNECTED, however often the event may be sent", async () => {
    const { client, event, last, register } = scriptedClient({ maxAttempts: 1 });
    await register();
    const published = event.publish(1, CACHED);
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    await expect(published).rejects.toMatchObject({ code: "DISCONNECTED" });
  });
});
