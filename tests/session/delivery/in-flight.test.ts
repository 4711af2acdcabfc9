import { describe, expect, it, vi } from "vitest";
import { settled } from "../../../src/testing/fake-clock.ts";
import { scriptedClient } from "../../support/client/scripted-client.ts";

const CACHED = { cached: true } as const;

describe("an answer that does not come", () => {
  it("is missed although more and more is sent", async () => {
    const { client, clock, event, register } = scriptedClient({ ackTimeout: 2_000 });
    await register();
    for (const value of [1, 2, 3, 4]) {
      void event.publish(value, CACHED);
      await clock.advance(500);
    }
    expect(client.state).toBe("reconnecting");
  });

  it("is not expected when nothing is in flight", async () => {
    const { client, clock, event, last, register } = scriptedClient({ ackTimeout: 2_000 });
    await register();
    const published = event.publish(1);
    last().serverSends("IO_PUBLISHED");
    await published;
    await clock.advance(60_000);
    expect(client.state).toBe("registered");
  });
});

describe("an answer to nothing", () => {
  it.each(["IO_PUBLISHED", "NIO_EVENT_FORWARDING_ERROR"])(
    "%s is not taken for one of a later event",
    async (reply) => {
      const { errors, event, last, register } = scriptedClient();
      await register();
      last().serverSends(reply);
      const published = event.publish(1);
      const done = vi.fn();
      void published.then(done);
      await settled();
      expect(done).not.toHaveBeenCalled();
      last().serverSends("IO_PUBLISHED");
      await published;
      expect(errors).toEqual([]);
    },
  );
});

describe("an event that is found out to be the one", () => {
  it("that the MSB cannot take is progress: the pauses count anew", async () => {
    const attempts: number[] = [];
    const { clock, event, last, register, serverRegisters } = scriptedClient({
      retryPolicy: (attempt) => {
        attempts.push(attempt);
        return 1_000;
      },
    });
    await register();
    const refused = expect(event.publish(1, CACHED)).rejects.toMatchObject({ code: "UNDELIVERABLE" });
    for (let turn = 0; turn < 4; turn += 1) {
      last().serverCloses({ code: 1011 });
      await clock.advance(1_000);
      await serverRegisters();
    }
    await refused;
    expect(attempts).toEqual([1, 2, 1, 2]);
  });
});

describe("an event that was sent, and waits to be sent again", () => {
  it("taken back by its signal, may have arrived", async () => {
    const { clock, event, last, register, serverRegisters, sentValues } = scriptedClient();
    await register();
    const controller = new AbortController();
    const published = event.publish(1, { ...CACHED, signal: controller.signal });
    last().serverCloses();
    controller.abort("enough");
    await expect(published).rejects.toMatchObject({
      code: "ABORTED",
      message: expect.stringContaining("It was sent before, and may have arrived"),
      cause: "enough",
    });
    await clock.advance(10_000);
    await serverRegisters();
    expect(sentValues()).toEqual([]);
  });

  it("that was in flight when its signal fired is settled by its answer, or sent again", async () => {
    const { clock, event, last, register, serverRegisters, sentValues } = scriptedClient();
    await register();
    const controller = new AbortController();
    const published = [1, 2].map((value) => event.publish(value, { ...CACHED, signal: controller.signal }));
    controller.abort();
    last().serverSends("IO_PUBLISHED");
    last().serverCloses();
    await clock.advance(10_000);
    await serverRegisters();
    expect(sentValues()).toEqual([2]);
    last().serverSends("IO_PUBLISHED");
    await Promise.all(published);
  });
});

describe("events with one signal", () => {
  it("of which one is settled: it still takes back the others, and is let go with the last", async () => {
    const { event, last, register, sentValues } = scriptedClient({ maxInFlight: 1 });
    await register();
    const controller = new AbortController();
    const stopping = vi.spyOn(controller.signal, "removeEventListener");
    const { signal } = controller;
    const [sent, next] = [1, 2].map((value) => event.publish(value, { signal }));
    const refused = expect(event.publish(3, { signal })).rejects.toMatchObject({ code: "ABORTED" });
    last().serverSends("IO_PUBLISHED");
    await sent;
    expect(stopping).not.toHaveBeenCalled();
    controller.abort();
    await refused;
    last().serverSends("IO_PUBLISHED");
    await next;
    expect(sentValues()).toEqual([1, 2]);
    const other = new AbortController();
    const stoppingOther = vi.spyOn(other.signal, "removeEventListener");
    const alone = event.publish(4, { signal: other.signal });
    last().serverSends("IO_PUBLISHED");
    await alone;
    expect(stoppingOther).toHaveBeenCalledExactlyOnceWith("abort", expect.any(Function));
  });
});

describe("an event that asks to be cached where nothing is", () => {
  it("is sent, and told to be lost with its connection, as any other", async () => {
    const { clock, event, last, register, serverRegisters, sentValues } = scriptedClient({
      eventCache: false,
    });
    await register();
    const published = event.publish(1, CACHED);
    expect(sentValues()).toEqual([1]);
    last().serverCloses();
    await expect(published).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    await clock.advance(10_000);
    await serverRegisters();
    expect(sentValues()).toEqual([]);
  });
});

describe("several flushes", () => {
  it("each end with the events before them", async () => {
    const { client, event, last, register } = scriptedClient();
    await register();
    const done: string[] = [];
    for (const value of [1, 2, 3]) {
      void event.publish(value);
      void client.flush().then(() => done.push(`flush ${value}`));
    }
    await settled();
    expect(done).toEqual([]);
    for (const value of [1, 2, 3]) {
      last().serverSends("IO_PUBLISHED");
      await settled();
      expect(done.at(-1)).toBe(`flush ${value}`);
      expect(done).toHaveLength(value);
    }
  });
});
