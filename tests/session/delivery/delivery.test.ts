import { describe, expect, it, vi } from "vitest";
import { settled } from "../../../src/testing/fake-clock.ts";
import { scriptedClient, URL } from "../../support/client/scripted-client.ts";

const CACHED = { cached: true } as const;

describe("cached events", () => {
  it("wait for the connection, and go out in order after IO_REGISTERED", async () => {
    const { event, last, register, sentValues, clock } = scriptedClient();
    const dates = [];
    const published = [1, 2, 3].map((value) => event.publish(value, CACHED));
    await clock.advance(5_000);
    await register();
    expect(sentValues()).toEqual([1, 2, 3]);
    last().serverSends("IO_PUBLISHED", "IO_PUBLISHED", "IO_PUBLISHED");
    for (const { postDate } of await Promise.all(published)) {
      dates.push(Date.parse(postDate));
    }
    // As they were when they were published, not when they were sent.
    expect(new Set(dates)).toEqual(new Set([clock.now() - 5_000]));
  });

  it("in flight when the connection breaks go back to the front, before what was published meanwhile", async () => {
    const { event, last, register, sentValues, clock, serverRegisters } = scriptedClient();
    await register();
    const published = [1, 2, 3].map((value) => event.publish(value, CACHED));
    last().serverSends("IO_PUBLISHED");
    last().serverCloses();
    published.push(event.publish(4, CACHED));
    await clock.advance(10_000);
    await serverRegisters();
    // One at first, and with every answer one more.
    expect(sentValues()).toEqual([2]);
    last().serverSends("IO_PUBLISHED");
    expect(sentValues()).toEqual([2, 3, 4]);
    last().serverSends("IO_PUBLISHED", "IO_PUBLISHED");
    await Promise.all(published);
  });

  it("are not overtaken by events published while they are flushed", async () => {
    const { event, last, register, sentValues, client } = scriptedClient({ maxInFlight: 2 });
    for (const value of [1, 2, 3, 4]) {
      void event.publish(value, CACHED);
    }
    client.on("stateChange", ({ state }) => {
      if (state === "registered") {
        void event.publish(5);
      }
    });
    await register();
    void event.publish(6);
    for (let turn = 0; turn < 6; turn += 1) {
      last().serverSends("IO_PUBLISHED");
      await settled();
    }
    expect(sentValues()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("never have more in flight than maxInFlight", async () => {
    const { event, last, register, sentValues } = scriptedClient({ maxInFlight: 2 });
    await register();
    for (const value of [1, 2, 3]) {
      void event.publish(value, CACHED);
    }
    expect(sentValues()).toEqual([1, 2]);
    last().serverSends("IO_PUBLISHED");
    expect(sentValues()).toEqual([1, 2, 3]);
  });

  it("when full: the oldest is dropped, its promise rejects, and eventDropped fires", async () => {
    const { client, event, register, sentValues } = scriptedClient({ eventCacheSize: 2 });
    const dropped = vi.fn();
    client.on("eventDropped", dropped);
    const published = [1, 2, 3].map((value) => event.publish(value, CACHED));
    await expect(published[0]).rejects.toMatchObject({
      code: "EVENT_DROPPED",
      message: expect.stringContaining(
        'Event "E1" was dropped: the event cache is full (2) and it was the oldest.',
      ),
    });
    expect(dropped).toHaveBeenCalledExactlyOnceWith({
      eventId: "E1",
      error: expect.objectContaining({ code: "EVENT_DROPPED" }),
    });
    client.setEventCacheSize(1);
    await expect(published[1]).rejects.toMatchObject({ code: "EVENT_DROPPED" });
    await register();
    expect(sentValues()).toEqual([3]);
  });

  it("that were sent before do not count as waiting, and are not dropped", async () => {
    const { client, event, last, register, clock, serverRegisters, sentValues } = scriptedClient({
      eventCacheSize: 2,
      maxInFlight: 3,
    });
    const dropped = vi.fn();
    client.on("eventDropped", dropped);
    await register();
    for (const value of [1, 2, 3, 4, 5]) {
      void event.publish(value, CACHED);
    }
    last().serverCloses();
    expect(dropped).not.toHaveBeenCalled();
    const sixth = event.publish(6, CACHED);
    expect(dropped).toHaveBeenCalledOnce();
    await clock.advance(10_000);
    await serverRegisters();
    for (let turn = 0; turn < 5; turn += 1) {
      last().serverSends("IO_PUBLISHED");
    }
    await sixth;
    expect(sentValues()).toEqual([1, 2, 3, 5, 6]);
  });

  it("are not cached when the cache is disabled", async () => {
    const { client, event } = scriptedClient();
    client.disableEventCache();
    await expect(event.publish(1, CACHED)).rejects.toMatchObject({ code: "NOT_CONNECTED" });
  });

  it("are cached by default when the option says so", async () => {
    const { event, register, sentValues } = scriptedClient({ cached: true });
    void event.publish(1);
    await expect(event.publish(2, { cached: false })).rejects.toMatchObject({ code: "NOT_CONNECTED" });
    await register();
    expect(sentValues()).toEqual([1]);
  });
});

describe("an answer that does not come", () => {
  it("ends the connection after ackTimeout, and the event is sent again", async () => {
    const { event, clock, sockets, last, register, sentValues, changes, serverRegisters } = scriptedClient({
      ackTimeout: 2_000,
    });
    await register();
    const published = event.publish(1, CACHED);
    await clock.advance(1_999);
    expect(sockets).toHaveLength(1);
    await clock.advance(1);
    expect(last().terminated).toBe(true);
    expect(changes.at(-1)).toMatchObject({
      state: "reconnecting",
      error: { code: "TIMEOUT", message: "The MSB did not answer an event within 2000 ms." },
    });
    await clock.advance(10_000);
    await serverRegisters();
    expect(sentValues()).toEqual([1]);
    last().serverSends("IO_PUBLISHED");
    await published;
  });

  it("is not missed while other answers come: each one starts the time anew", async () => {
    const { client, event, clock, last, register } = scriptedClient({ ackTimeout: 2_000 });
    await register();
    for (const value of [1, 2, 3, 4]) {
      void event.publish(value, CACHED);
    }
    for (let turn = 0; turn < 3; turn += 1) {
      await clock.advance(1_500);
      last().serverSends("IO_PUBLISHED");
    }
    expect(client.state).toBe("registered");
    await clock.advance(2_000);
    expect(client.state).toBe("reconnecting");
  });

  it("to R ends the connection too", async () => {
    const { client, clock, last } = scriptedClient({ ackTimeout: 2_000 });
    void client.connect(URL);
    void client.register();
    await settled();
    last().serverAccepts();
    await clock.advance(2_000);
    expect(client.state).toBe("reconnecting");
  });
});

describe("backpressure", () => {
  it("hands the socket nothing while it holds too much, and goes on with the next answer", async () => {
    const { event, last, register, sentValues } = scriptedClient();
    await register();
    void event.publish(1, CACHED);
    last().bufferedAmount = 5_000_000;
    void event.publish(2, CACHED);
    expect(sentValues()).toEqual([1]);
    last().bufferedAmount = 0;
    last().serverSends("IO_PUBLISHED");
    expect(sentValues()).toEqual([1, 2]);
  });

  it("goes on by itself when the socket has room again, though no answer is on its way", async () => {
    const { clock, event, last, register, sentValues } = scriptedClient();
    await register();
    last().bufferedAmount = 5_000_000;
    void event.publish(1, CACHED);
    await clock.advance(1_000);
    expect(sentValues()).toEqual([]);
    last().bufferedAmount = 0;
    await clock.advance(50);
    expect(sentValues()).toEqual([1]);
  });

  it("refuses uncached events when too many wait already", async () => {
    const { event, register } = scriptedClient({ maxInFlight: 1, eventCacheSize: 2 });
    await register();
    for (const value of [1, 2, 3]) {
      void event.publish(value);
    }
    await expect(event.publish(4)).rejects.toMatchObject({
      code: "BUSY",
      message: expect.stringContaining("2 events wait already for the MSB to take them"),
    });
  });

  it("refuses messages above maxMessageSize, counted as they go on the wire, in bytes", async () => {
    const { client, register } = scriptedClient({ maxMessageSize: 1_000 });
    const text = client.addEvent({ eventId: "T", dataFormat: "string" });
    await register();
    void text.publish("a".repeat(700));
    for (const large of ["a".repeat(1_000), "ä".repeat(500), '"'.repeat(300)]) {
      await expect(text.publish(large)).rejects.toMatchObject({
        code: "TOO_LARGE",
        message: expect.stringMatching(
          /^Event "T" was not sent: its message has \d{4} bytes, and at most 1000 are allowed\./,
        ),
      });
    }
  });
});

describe("flush", () => {
  it("resolves when everything published before is settled, one way or the other", async () => {
    const { client, event, last, register } = scriptedClient();
    await register();
    await client.flush();
    for (const value of [1, 2, 3]) {
      void event.publish(value, CACHED);
    }
    const done = vi.fn();
    void client.flush().then(done);
    void event.publish(4, CACHED);
    last().serverSends("IO_PUBLISHED", "NIO_EVENT_FORWARDING_ERROR");
    await settled();
    expect(done).not.toHaveBeenCalled();
    last().serverSends("IO_PUBLISHED");
    await settled();
    expect(done).toHaveBeenCalledOnce();
  });
});

describe("disconnect", () => {
  it("rejects what waits and what is in flight, and says which is which", async () => {
    const { client, event, last, register } = scriptedClient({ maxInFlight: 2 });
    await register();
    const [uncached, sent, waiting] = [event.publish(1), event.publish(2, CACHED), event.publish(3, CACHED)];
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    await expect(uncached).rejects.toThrow("may or may not have arrived");
    await expect(sent).rejects.toThrow("was sent, but may not have arrived: The client was disconnected.");
    await expect(waiting).rejects.toThrow("was not sent: The client was disconnected.");
    await expect(waiting).rejects.toThrow("call disconnect({ drain: true })");
  });

  it("with drain waits for the answers first", async () => {
    const { client, event, last, register } = scriptedClient();
    await register();
    const published = event.publish(1);
    const disconnected = client.disconnect({ drain: true });
    await settled();
    expect(last().closeRequested).toBe(false);
    last().serverSends("IO_PUBLISHED");
    await settled();
    expect(last().closeRequested).toBe(true);
    last().serverCloses();
    await disconnected;
    await published;
  });

  it("with drain does not wait longer than its timeout", async () => {
    const { client, clock, event, last, register } = scriptedClient();
    await register();
    const published = event.publish(1);
    const disconnected = client.disconnect({ drain: true, timeout: 500 });
    await clock.advance(500);
    last().serverCloses();
    await disconnected;
    await expect(published).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(clock.pending).toBe(0);
  });

  it("is what await using does", async () => {
    const { client, event, last, register } = scriptedClient();
    await register();
    const published = event.publish(1);
    const disposed = client[Symbol.asyncDispose]();
    last().serverSends("IO_PUBLISHED");
    await settled();
    last().serverCloses();
    await disposed;
    await published;
    expect(client.state).toBe("disconnected");
  });
});

describe("an AbortSignal", () => {
  it("ends connect, and the attempt with it", async () => {
    const { client, clock, last } = scriptedClient();
    const controller = new AbortController();
    const connected = client.connect(URL, { signal: controller.signal, waitForServer: true });
    await settled();
    controller.abort(new Error("enough"));
    last().serverCloses();
    await expect(connected).rejects.toMatchObject({
      code: "ABORTED",
      message: "connect() was aborted by its signal.",
      cause: expect.objectContaining({ message: "enough" }),
    });
    await settled();
    expect(client.state).toBe("disconnected");
    expect(clock.pending).toBe(0);
  });

  it("of one connect leaves another one alone", async () => {
    const { client, last } = scriptedClient();
    const controller = new AbortController();
    const first = client.connect(URL, { signal: controller.signal });
    const second = client.connect(URL);
    await settled();
    controller.abort();
    await expect(first).rejects.toMatchObject({ code: "ABORTED" });
    last().serverAccepts();
    await second;
  });

  it("after the connection is made does nothing", async () => {
    const { client, last } = scriptedClient();
    const controller = new AbortController();
    const connected = client.connect(URL, { signal: controller.signal });
    await settled();
    last().serverAccepts();
    await connected;
    controller.abort();
    await settled();
    expect(client.state).toBe("connected");
  });

  it("ends register, and takes waiting events back, but not those in flight", async () => {
    const { client, event, last, register, sentValues } = scriptedClient({ maxInFlight: 1 });
    const controller = new AbortController();
    const { signal } = controller;
    await register();
    const [sent, waiting, other] = [
      event.publish(1, { signal }),
      event.publish(2, { signal }),
      event.publish(3),
    ];
    const registered = client.register({ signal });
    await settled();
    controller.abort();
    await expect(registered).rejects.toMatchObject({ code: "ABORTED" });
    await expect(waiting).rejects.toMatchObject({
      code: "ABORTED",
      message: 'Event "E1" was not sent: its signal was aborted.',
    });
    last().serverSends("IO_PUBLISHED", "IO_PUBLISHED");
    await Promise.all([sent, other]);
    expect(sentValues()).toEqual([1, 3]);
    await expect(event.publish(4, { signal })).rejects.toMatchObject({ code: "ABORTED" });
  });
});
