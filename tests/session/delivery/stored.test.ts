import { describe, expect, it, vi } from "vitest";
import { settled } from "../../../src/testing/fake-clock.ts";
import { fails, MemoryDisk, neverAnswers } from "../../support/client/memory-store.ts";
import { scriptedClient, URL } from "../../support/client/scripted-client.ts";
import { CACHED, numbers, outcomes, STORED, storedClient } from "../../support/client/stored-client.ts";

describe("what was told to be stored", () => {
  it("arrives after a crash, in order, however much more it is than eventCacheSize", async () => {
    const disk = new MemoryDisk();
    for (const from of [0, 950]) {
      const { event } = storedClient({}, disk);
      for (const value of numbers(950, from)) {
        await event.publish(value, STORED);
      }
      disk.crash();
    }
    const { register, answerAll, client } = storedClient({}, disk);
    const dropped = vi.fn();
    client.on("eventDropped", dropped);
    await register();
    expect(await answerAll()).toEqual(numbers(1_900));
    expect(dropped).not.toHaveBeenCalled();
    await client.flush();
    expect(disk.keys).toEqual([]);
  });

  it("offline, 1,500 awaited one by one: all of them, in the process that stored them", async () => {
    const { event, register, answerAll } = storedClient();
    for (const value of numbers(1_500)) {
      await event.publish(value, STORED);
    }
    await register();
    expect(await answerAll()).toEqual(numbers(1_500));
  });

  it("offline, 1,500 in one go: each is stored, or told BUSY, and those that are stored arrive", async () => {
    const { event, register, answerAll } = storedClient();
    expect(await outcomes(numbers(1_500).map((value) => event.publish(value, STORED)))).toEqual({
      stored: 1_000,
      BUSY: 500,
    });
    await register();
    expect(await answerAll()).toEqual(numbers(1_000));
  });

  it("is never dropped for an event that is only cached", async () => {
    const { event, register, answerAll } = storedClient({ eventCacheSize: 2 });
    await event.publish(1, STORED);
    const cached = numbers(3, 2).map((value) => event.publish(value, CACHED));
    await event.publish(5, STORED);
    await expect(cached[0]).rejects.toMatchObject({ code: "EVENT_DROPPED" });
    await register();
    expect(await answerAll()).toEqual([1, 3, 4, 5]);
  });

  it("is not taken back by its signal, nor by a smaller cache", async () => {
    const { client, event, register, answerAll } = storedClient();
    const controller = new AbortController();
    for (const value of [1, 2]) {
      await event.publish(value, { ...STORED, signal: controller.signal });
    }
    controller.abort();
    client.setEventCacheSize(1);
    await register();
    expect(await answerAll()).toEqual([1, 2]);
  });

  it("keeps its place among events that are only cached, also when it waits in the store alone", async () => {
    const { event, register, answerAll } = storedClient({ eventCacheSize: 2_000 });
    const values = numbers(3_000);
    const published = values.map((value) => event.publish(value, value % 2 === 0 ? STORED : CACHED));
    await Promise.all(published.filter((_, index) => index % 2 === 0));
    await register();
    expect(await answerAll()).toEqual(values);
    await Promise.all(published);
  });

  it("is silent at disconnect(), and is sent by the next connect() of the same client, once", async () => {
    const { client, errors, event, last, register, answerAll } = storedClient();
    await event.publish(1, STORED);
    await register();
    await event.publish(2, STORED);
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    expect(errors).toEqual([]);
    await register();
    expect(await answerAll()).toEqual([1, 2]);
  });
});

describe("a store that is larger than the memory", () => {
  it("is read in pieces: no more is held than is on its way", async () => {
    const disk = new MemoryDisk();
    for (const key of numbers(5_000, 1)) {
      disk.put(key);
    }
    const { client, last, store, register, sentValues } = storedClient({ maxInFlight: 10 }, disk);
    await register();
    const flushed = vi.fn();
    void client.flush().then(flushed);
    for (let answered = 0; answered < 5_000; answered += 1) {
      // The registration was sent, too.
      if (last().sent.length - 1 === answered) {
        await settled();
      }
      // Before a page is used up, the next one is not asked for.
      expect(store.calls.read).toBeLessThanOrEqual(1 + Math.ceil((answered + 10) / 500));
      expect(last().sent.length - 1 - answered).toBeLessThanOrEqual(10);
      last().serverSends("IO_PUBLISHED");
    }
    await settled();
    expect(sentValues()).toEqual(numbers(5_000, 1));
    expect(flushed).toHaveBeenCalledOnce();
    expect(disk.keys).toEqual([]);
  });

  it("what is published behind it waits for it, and a flush for both", async () => {
    const disk = new MemoryDisk();
    for (const key of numbers(1_200, 1)) {
      disk.put(key);
    }
    const { client, event, register, answerAll, sentValues } = storedClient({ maxInFlight: 7 }, disk);
    await register();
    const cached = event.publish(5_000, CACHED);
    for (const value of numbers(10, 6_000)) {
      await event.publish(value, STORED);
    }
    const flushed = client.flush();
    await event.publish(7_000, STORED);
    await answerAll();
    await flushed;
    await cached;
    expect(sentValues()).toEqual([...numbers(1_200, 1), 5_000, ...numbers(10, 6_000), 7_000]);
  });

  it("is full at storeSize: BUSY, and nothing that it holds is dropped", async () => {
    const { event, register, answerAll } = storedClient({ storeSize: 3 });
    for (const value of numbers(3)) {
      await event.publish(value, STORED);
    }
    await expect(event.publish(3, STORED)).rejects.toMatchObject({
      code: "BUSY",
      message:
        'Event "E1" was not stored: the store holds 3 events already. Set a larger storeSize, or publish less.',
    });
    await expect(event.publish(4, CACHED)).rejects.toMatchObject({ code: "BUSY" });
    await register();
    expect(await answerAll()).toEqual([0, 1, 2]);
    await event.publish(5, STORED);
  });

  it("whose pieces cannot be read reports it, and tries again", async () => {
    const disk = new MemoryDisk();
    for (const key of numbers(3, 1)) {
      disk.put(key);
    }
    const { client, clock, errors, event, store, register, answerAll } = storedClient({}, disk);
    store.next("read", fails());
    await register();
    await settled();
    expect(errors).toEqual([expect.objectContaining({ code: "STORE_FAILED" })]);
    // What is published meanwhile does not wait for it; a flush does.
    const published = event.publish(4, CACHED);
    const flushed = vi.fn();
    void client.flush().then(flushed);
    expect(await answerAll()).toEqual([4]);
    await published;
    expect(flushed).not.toHaveBeenCalled();
    await clock.advance(10_000);
    expect(await answerAll()).toEqual([4, 1, 2, 3]);
    await settled();
    expect(flushed).toHaveBeenCalled();
  });
});

describe("a full cache", () => {
  it("with whenFull reject rejects the new event", async () => {
    const { event, register, sentValues } = scriptedClient({ eventCacheSize: 2, whenFull: "reject" });
    const published = numbers(3).map((value) => event.publish(value, CACHED));
    await expect(published[2]).rejects.toMatchObject({
      code: "BUSY",
      message: expect.stringContaining("2 events wait already"),
    });
    await register();
    expect(sentValues()).toEqual([0, 1]);
  });
});

describe("a store that fails", () => {
  it("to write: the event is not taken, and is never sent", async () => {
    const { event, errors, store, register, answerAll } = storedClient();
    store.next("write", fails());
    await event.publish(0, STORED).then(
      () => expect.unreachable(),
      (error) => expect(error).toMatchObject({ code: "STORE_FAILED", cause: { message: "I/O error" } }),
    );
    await event.publish(1, STORED);
    await register();
    expect(await answerAll()).toEqual([1]);
    await settled();
    expect(errors.filter(({ message }) => !message.includes("cannot be written"))).toEqual([]);
  });

  it("to write what is on its way already: the answer decides", async () => {
    const { event, last, store, register } = storedClient();
    await register();
    const [accepted, lost] = [1, 2].map((value) => {
      store.next("write", fails());
      return event.publish(value, STORED);
    });
    await settled();
    last().serverSends("IO_PUBLISHED");
    await accepted;
    last().serverCloses();
    await expect(lost).rejects.toMatchObject({
      code: "CONNECTION_LOST",
      message: expect.stringContaining("may or may not have arrived"),
    });
  });

  it("to write what is only cached: it goes on in memory, and that is reported once", async () => {
    const { event, errors, store, register, answerAll } = storedClient();
    await event.publish(0, STORED);
    store.always("write", fails());
    const published: Promise<unknown>[] = [];
    for (const value of numbers(5, 1)) {
      published.push(event.publish(value, CACHED));
      await settled();
    }
    expect(errors.map(({ code }) => code)).toEqual(["STORE_FAILED"]);
    await register();
    expect(await answerAll()).toEqual(numbers(6));
    await Promise.all(published);
  });

  it("to open: connect() rejects, and that is told once", async () => {
    const { client, clock, errors, event, store } = storedClient();
    store.next("open", fails(), fails());
    await expect(client.connect(URL)).rejects.toMatchObject({ code: "STORE_FAILED" });
    expect(client.state).toBe("disconnected");
    await expect(event.publish(1, STORED)).rejects.toMatchObject({ code: "STORE_FAILED" });
    await clock.advance(0);
    expect(errors).toEqual([]);
  });

  it("by giving what is not an event: it is reported, and the others are sent", async () => {
    const disk = new MemoryDisk();
    for (const key of [1, 2, 3, 4]) {
      disk.put(key);
    }
    const { errors, store, register, answerAll } = storedClient({}, disk);
    const read = store.read.bind(store);
    store.read = async (...range) => {
      const page = await read(...range);
      const garbage = [
        { key: 2, event: null },
        { key: 3, event: { eventId: "E", message: 5 } },
      ] as unknown[];
      return { ...page, events: [page.events[0], ...garbage, page.events[3]] as typeof page.events };
    };
    await register();
    expect(await answerAll()).toEqual([1, 4]);
    expect(errors.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "STORE_FAILED The store of the event cache is damaged at 2, which is skipped: it is not an event.",
      "STORE_FAILED The store of the event cache is damaged at 3, which is skipped: it is not an event.",
    ]);
  });

  it("by giving no page at all: it is a failure like any other", async () => {
    const disk = new MemoryDisk();
    disk.put(1);
    const { errors, store, register } = storedClient({}, disk);
    store.read = () => Promise.resolve(undefined as never);
    await register();
    await settled();
    expect(errors).toEqual([
      expect.objectContaining({
        code: "STORE_FAILED",
        message: expect.stringContaining("{ events, damaged, end }"),
      }),
    ]);
  });

  it("to open, with waitForServer: it works from memory, reports once, and tries the store again", async () => {
    const disk = new MemoryDisk();
    disk.put(1);
    const { client, clock, event, errors, last, store, answerAll } = storedClient({}, disk);
    store.always("open", fails());
    const connected = client.connect(URL, { waitForServer: true });
    await settled();
    last().serverAccepts();
    await connected;
    const registered = client.register();
    last().serverSends("IO_REGISTERED");
    await registered;
    await expect(event.publish(2, STORED)).rejects.toMatchObject({ code: "STORE_FAILED" });
    const cached = event.publish(3, CACHED);
    await answerAll();
    await cached;
    await clock.advance(60_000);
    expect(errors.filter(({ code }) => code === "STORE_FAILED")).toHaveLength(1);
    store.heal();
    await clock.advance(10_000);
    await event.publish(4, STORED);
    expect(await answerAll()).toEqual([3, 1, 4]);
  });
});

describe("a store that never answers", () => {
  it("when it is opened: connect() rejects in time, and what opens late is released", async () => {
    const { client, clock, store, disk } = storedClient();
    const open = store.hold("open");
    const connected = client.connect(URL);
    const failed = expect(connected).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining("did not answer within 10000 ms"),
    });
    await clock.advance(10_000);
    await failed;
    open();
    await settled();
    expect(disk.isOwnedBy(store)).toBe(false);
    await client.disconnect();
    expect(clock.pending).toBe(0);
  });

  it("when it is closed: disconnect() resolves in time, and says so", async () => {
    const { client, clock, errors, event, last, register, store } = storedClient();
    await register();
    void event.publish(1, CACHED);
    await settled();
    store.next("close", neverAnswers);
    const disconnected = client.disconnect();
    last().serverCloses();
    await clock.advance(10_000);
    await disconnected;
    expect(errors.map(({ message }) => message)).toContainEqual(expect.stringContaining("cannot be closed"));
    expect(clock.pending).toBe(0);
  });

  it("when it is written: its publishers are told in time", async () => {
    const { client, clock, event, store } = storedClient();
    await event.publish(0, STORED);
    store.next("write", neverAnswers);
    const published = [1, 2].map((value) => event.publish(value, STORED));
    const told = Promise.allSettled(published);
    await settled();
    published.push(event.publish(3, STORED));
    await clock.advance(10_000);
    expect((await told).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(published[2]).rejects.toMatchObject({ code: "STORE_FAILED" });
    const disconnected = client.disconnect();
    await clock.advance(20_000);
    await disconnected;
  });
});

describe("an event published while the store is being released", () => {
  it.each([STORED, CACHED])("is settled, and sent once by the next connect() (%o)", async (how) => {
    const { client, event, last, register, store, answerAll } = storedClient();
    await register();
    const close = store.hold("close");
    await event.publish(0, STORED);
    const disconnected = client.disconnect();
    last().serverCloses();
    await settled();
    expect(client.state).toBe("disconnected");
    const published = event.publish(1, how);
    close();
    await disconnected;
    await register();
    expect(await answerAll()).toEqual([0, 1]);
    await published;
  });
});

describe("20,000 events with one signal", () => {
  it("need one listener, and are all taken back", async () => {
    const { event } = scriptedClient({ eventCacheSize: 20_000 });
    const controller = new AbortController();
    const listening = vi.spyOn(controller.signal, "addEventListener");
    const stopping = vi.spyOn(controller.signal, "removeEventListener");
    const published = numbers(20_000).map((value) =>
      event.publish(value, { ...CACHED, signal: controller.signal }),
    );
    const told = outcomes(published);
    expect(listening).toHaveBeenCalledOnce();
    controller.abort();
    expect(await told).toEqual({ ABORTED: 20_000 });
    expect(stopping.mock.calls.length).toBeLessThanOrEqual(1);
  });

  it("let go of it when they are settled", async () => {
    const { event, last, register } = scriptedClient();
    await register();
    const controller = new AbortController();
    const stopping = vi.spyOn(controller.signal, "removeEventListener");
    const published = numbers(10).map((value) => event.publish(value, { signal: controller.signal }));
    for (const _ of published) {
      last().serverSends("IO_PUBLISHED");
    }
    await Promise.all(published);
    expect(stopping).toHaveBeenCalledOnce();
  });
});
