// `error` is for what nobody awaits: one failure, one voice.
import { describe, expect, it, vi } from "vitest";
import type { EventStore, MsbError, StoreChange } from "../../src/index.ts";
import { MsbClient } from "../../src/index.ts";
import { settled } from "../../src/testing/fake-clock.ts";
import { identity } from "../support/client/identity.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";

function logger() {
  return { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
}

/** A store that keeps nothing, and says that it does. */
function memoryStore(): EventStore {
  return {
    open: async () => undefined,
    read: async (_from, end) => ({ events: [], damaged: [], end }),
    write: async (_changes: readonly StoreChange[]) => {},
    close: async () => {},
  };
}

const codes = (errors: readonly MsbError[]): string[] => errors.map(({ code }) => code);

describe("a rejection that its caller caught", () => {
  it.each<[string, (client: MsbClient) => Promise<unknown>]>([
    ["connect", (client) => client.connect("ftp://msb.test")],
    ["register", (client) => client.register()],
    ["publish", (client) => client.publish("E1", 1)],
    ["publish of a wrong value", (client) => client.publish("E1", "one")],
    ["publish of an unknown event", (client) => client.publish("E9")],
    ["changeConfigParameter", (client) => client.changeConfigParameter("p", 1)],
    ["disconnect with a wrong option", (client) => client.disconnect({ drain: true, timeout: 2 ** 31 })],
  ])("of %s is neither given to `error` nor logged as one", async (_, call) => {
    const log = logger();
    const { client, clock, errors } = scriptedClient({ logger: log, logLevel: "warn" });
    await expect(call(client)).rejects.toMatchObject({ code: expect.any(String) });
    for (const listen of [
      (promise: Promise<unknown>) => promise.catch(() => {}),
      (promise: Promise<unknown>) => promise.finally(() => {}).catch(() => {}),
      (promise: Promise<unknown>) => Promise.allSettled([promise]),
      (promise: Promise<unknown>) => Promise.all([promise]).catch(() => {}),
      async (promise: Promise<unknown>) => void (await promise.then(undefined, () => {})),
    ]) {
      await listen(call(client));
    }
    await clock.advance(10);
    expect(errors).toEqual([]);
    expect([...log.error.mock.calls, ...log.warn.mock.calls]).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("of connect, when the first attempt fails, is told by its promise alone", async () => {
    const log = logger();
    const { client, clock, errors, last } = scriptedClient({ logger: log, logLevel: "warn" });
    const connected = client.connect(URL);
    await settled();
    last().serverCloses();
    await expect(connected).rejects.toMatchObject({ code: "CONNECT_FAILED" });
    await clock.advance(10);
    expect(errors).toEqual([]);
    expect([...log.error.mock.calls, ...log.warn.mock.calls]).toEqual([]);
  });

  it("of register, when the MSB refuses it, is told by its promise alone", async () => {
    const log = logger();
    const { client, clock, errors, last } = scriptedClient({ logger: log, logLevel: "warn" });
    void client.connect(URL);
    const registered = client.register();
    await settled();
    last().serverAccepts();
    await settled();
    last().serverSends("NIO_REGISTRATION_ERROR");
    await expect(registered).rejects.toMatchObject({ code: "REFUSED" });
    await clock.advance(10);
    expect(errors).toEqual([]);
    expect([...log.error.mock.calls, ...log.warn.mock.calls]).toEqual([]);
  });
});

describe("a rejection that nobody awaits", () => {
  it("is told to `error` once, and ends no process", async () => {
    const { client, clock, errors } = scriptedClient();
    void client.connect("ftp://msb.test");
    void client.register();
    void client.publish("E1", 1);
    void client.publish("E1", "one");
    void client.changeConfigParameter("p", 1);
    await clock.advance(10);
    expect(codes(errors).sort()).toEqual(
      ["INVALID_URL", "NOT_CONNECTED", "NOT_CONNECTED", "INVALID_VALUE", "UNKNOWN_PARAMETER"].sort(),
    );
  });

  it("is told by the end of the turn, and its later listener hears of it too", async () => {
    const { client, clock, errors } = scriptedClient();
    const published = client.publish("E1", 1);
    await settled();
    expect(errors).toEqual([]);
    await clock.advance(0);
    expect(codes(errors)).toEqual(["NOT_CONNECTED"]);
    await expect(published).rejects.toMatchObject({ code: "NOT_CONNECTED" });
    await clock.advance(10);
    expect(errors).toHaveLength(1);
  });

  it("of an event that the MSB refused is told", async () => {
    const { clock, errors, event, last, register } = scriptedClient();
    await register();
    void event.publish(1);
    last().serverSends("NIO_EVENT_FORWARDING_ERROR");
    await clock.advance(0);
    expect(codes(errors)).toEqual(["REFUSED"]);
  });
});

describe("an intended disconnect", () => {
  it("while connecting is silent: connect and register that nobody awaits", async () => {
    const log = logger();
    const client = new MsbClient({ ...identity(), logger: log, socket: scriptedClientSocket() });
    const errors: MsbError[] = [];
    client.on("error", (error) => errors.push(error));
    // What StrictMode of React does with each mount.
    void client.connect(URL);
    void client.register();
    await client.disconnect();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(errors).toEqual([]);
    expect([...log.error.mock.calls, ...log.warn.mock.calls]).toEqual([]);
  });

  it("rejects them all the same, for who awaits", async () => {
    const { client } = scriptedClient();
    const waiting = [client.connect(URL), client.register()];
    void client.disconnect();
    for (const promise of waiting) {
      await expect(promise).rejects.toMatchObject({ code: "DISCONNECTED" });
    }
  });

  it("that leaves events undelivered which nobody awaits tells of each", async () => {
    const { client, clock, errors, event } = scriptedClient();
    void event.publish(1, { cached: true });
    void event.publish(2, { cached: true });
    const awaited = event.publish(3, { cached: true });
    await Promise.all([client.disconnect(), expect(awaited).rejects.toMatchObject({ code: "DISCONNECTED" })]);
    await clock.advance(0);
    expect(codes(errors)).toEqual(["DISCONNECTED", "DISCONNECTED"]);
  });
});

describe('an event until "stored"', () => {
  it("that is refused after its promise resolved is told to `error`", async () => {
    const { clock, errors, event, last, register } = scriptedClient({ store: memoryStore(), cached: true });
    await register();
    await event.publish(1, { until: "stored" });
    last().serverSends("NIO_EVENT_FORWARDING_ERROR");
    await clock.advance(0);
    expect(codes(errors)).toEqual(["REFUSED"]);
  });

  it("that disconnect() leaves in the store is as it was promised", async () => {
    const { client, clock, errors, event, last, register } = scriptedClient({
      store: memoryStore(),
      cached: true,
    });
    await register();
    await event.publish(1, { until: "stored" });
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    await clock.advance(0);
    expect(errors).toEqual([]);
  });
});

describe("whatever comes out of a client's promises", () => {
  it("is an MsbError, with the cause", async () => {
    const { client, event } = scriptedClient();
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    client.enableDataFormatValidation(false);
    const any = client.addEvent({ eventId: "ANY", dataFormat: { dataObject: { type: "object" } } });
    await expect(any.publish(circular, { cached: true })).rejects.toMatchObject({
      name: "MsbError",
      code: "INVALID_VALUE",
      message: expect.stringContaining('Event "ANY" cannot be written as JSON: Converting circular'),
      cause: expect.any(TypeError),
    });
    const wrong = {
      get priority(): 1 {
        throw new Error("no priority");
      },
    };
    await expect(event.publish(1, wrong)).rejects.toMatchObject({
      name: "MsbError",
      cause: expect.objectContaining({ message: "no priority" }),
    });
  });

  it("is an MsbError where the self-description cannot be written", async () => {
    const { client, last } = scriptedClient();
    void client.connect(URL);
    await settled();
    last().serverAccepts();
    await settled();
    client.getSelfDescription = () => {
      throw new Error("no words");
    };
    await expect(client.register()).rejects.toMatchObject({
      name: "MsbError",
      code: "UNEXPECTED",
      cause: expect.objectContaining({ message: "no words" }),
    });
  });
});

function scriptedClientSocket() {
  return () => ({ bufferedAmount: 0, send() {}, close() {}, terminate() {} });
}
