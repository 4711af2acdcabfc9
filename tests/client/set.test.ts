import { describe, expect, expectTypeOf, it } from "vitest";
import { CLIENT_OPTIONS } from "../../src/client/client-options.ts";
import { isFixed } from "../../src/core/validation/options.ts";
import { type ChangeableOptions, isomorphicSocket, type MsbError } from "../../src/index.ts";
import { FakeClock, settled } from "../../src/testing/fake-clock.ts";
import { MemoryStore } from "../support/client/memory-store.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";
import { testClient } from "../support/setup.ts";

/** A value of each option that is not its default. */
const OTHERS = {
  url: "ws://other.test",
  maxConcurrentCalls: 7,
  cached: true,
  store: new MemoryStore(),
  dataFormatValidation: false,
  logLevel: "silent",
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  socket: isomorphicSocket,
  clock: new FakeClock(),
  random: () => 0.5,
  sockJsFraming: false,
  hostnameVerification: false,
  tls: { servername: "msb.test" },
  autoReconnect: false,
  reconnectInterval: 30_000,
  retryPolicy: () => 500,
  keepAlive: true,
  keepAliveInterval: 5_000,
  connectTimeout: 1_000,
  ackTimeout: 1_000,
  closeTimeout: 1_000,
  eventCache: false,
  eventCacheSize: 10,
  whenFull: "reject",
  storeSize: 10,
  maxAttempts: 3,
  maxInFlight: 1,
  batch: true,
  maxMessageSize: 5_000,
} satisfies Record<keyof typeof CLIENT_OPTIONS, unknown>;

const FIXED = ["store", "socket", "clock", "random"];

const callOf = (uuid: string): string =>
  `C ${JSON.stringify({ uuid, functionId: "F", functionParameters: {} })}`;

describe("set()", () => {
  it.each(Object.entries(CLIENT_OPTIONS))("of %s takes it, or says that it cannot change", (name, entry) => {
    const client = testClient();
    const set = (): void => client.set({ [name]: OTHERS[name as keyof typeof OTHERS] });
    expect(isFixed(entry)).toBe(FIXED.includes(name));
    if (isFixed(entry)) {
      expect(set).toThrow(`The settings: ${name}: cannot change later; give it to new MsbClient()`);
    } else {
      expect(set).not.toThrow();
    }
  });

  it("lists everything that is wrong, and changes nothing then", async () => {
    const { client, clock, last, sockets, register } = scriptedClient();
    const wrong = { autoReconnect: false, reconnectInterval: 10, colour: "red", store: new MemoryStore() };
    expect(() => client.set(wrong as never)).toThrow(
      "The settings: store: cannot change later; give it to new MsbClient(); " +
        "reconnectInterval: must be a whole number of milliseconds, at least 3000, not 10; colour: is not known here",
    );
    expect(() => client.set(5 as never)).toThrow("must be an object, not 5");
    await register();
    last().serverCloses();
    await clock.advance(10_000);
    expect(sockets).toHaveLength(2);
  });

  it("changes how and whether the client reconnects, while it is connected", async () => {
    const { client, clock, last, changes, register } = scriptedClient();
    await register();
    client.set({ reconnectInterval: 30_000 });
    last().serverCloses();
    expect(changes.at(-1)).toMatchObject({ state: "reconnecting", retryInMs: 30_000 });
    client.set({ retryPolicy: () => 500 });
    await clock.advance(30_000);
    last().serverCloses();
    expect(changes.at(-1)).toMatchObject({ retryInMs: 500 });
    // Its default back: no policy.
    client.set({ retryPolicy: undefined, autoReconnect: undefined });
    await clock.advance(500);
    last().serverCloses();
    expect(changes.at(-1)).toMatchObject({ retryInMs: 30_000 });
    client.set({ autoReconnect: false });
    await clock.advance(30_000);
    last().serverCloses();
    expect(client.state).toBe("disconnected");
  });

  it("drops what a smaller event cache does not hold", () => {
    const { client, event } = scriptedClient({ cached: true });
    const dropped: string[] = [];
    client.on("eventDropped", ({ eventId }) => dropped.push(eventId));
    for (const value of [1, 2, 3]) {
      event.publish(value).catch(() => {});
    }
    client.set({ eventCacheSize: 1 });
    expect(dropped).toEqual(["E1", "E1"]);
  });

  it("changes where the client goes next, and in which framing", async () => {
    const { client, last } = scriptedClient({ url: URL });
    client.set({ url: "ws://other.test", sockJsFraming: false });
    const connected = client.connect();
    await settled();
    expect(last().url).toBe("ws://other.test/websocket/data/websocket");
    last().serverAccepts();
    await connected;
  });

  it("changes what is logged, and where to", () => {
    const lines: string[] = [];
    const write = (message: string) => lines.push(message);
    const logger = { debug: write, info: write, warn: write, error: write };
    const { client } = scriptedClient();
    client.set({ logger, logLevel: "warn", tls: { rejectUnauthorized: false } });
    expect(lines).toEqual([expect.stringContaining("any certificate is accepted")]);
    client.set({ logLevel: "silent", tls: { rejectUnauthorized: false } });
    expect(lines).toHaveLength(1);
  });

  it("lets more calls run at once, in their order, or fewer from the next one on", async () => {
    const { client, last, register } = scriptedClient({ maxConcurrentCalls: 1 });
    const ends: (() => void)[] = [];
    let started = 0;
    client.addFunction({
      functionId: "F",
      handler: () => {
        started += 1;
        return new Promise<void>((resolve) => ends.push(resolve));
      },
    });
    await register();
    last().serverSends(...Array.from({ length: 5 }, () => callOf(client.uuid)));
    expect(started).toBe(1);
    client.set({ maxConcurrentCalls: 3 });
    expect(started).toBe(3);
    client.set({ maxConcurrentCalls: 2 });
    ends.shift()?.();
    await settled();
    expect(started).toBe(3);
    ends.shift()?.();
    await settled();
    expect(started).toBe(4);
    ends.shift()?.();
    await settled();
    expect(started).toBe(5);
  });

  it("does what the setters of the other MSB clients do, which take no undefined", async () => {
    const { client, last, register } = scriptedClient();
    client.set({ autoReconnect: false });
    client.disableAutoReconnect(false);
    await register();
    last().serverCloses();
    expect(client.state).toBe("reconnecting");
    let error: MsbError | undefined;
    try {
      client.setReconnectInterval(undefined as never);
    } catch (thrown) {
      error = thrown as MsbError;
    }
    expect(error).toMatchObject({ code: "INVALID_DEFINITION" });
  });

  it("is typed by what can change", () => {
    const { client } = scriptedClient();
    expectTypeOf<keyof ChangeableOptions>().toEqualTypeOf<
      Exclude<keyof typeof CLIENT_OPTIONS, "store" | "socket" | "clock" | "random">
    >();
    const check = (): void => {
      client.set({ keepAlive: undefined, whenFull: "reject" });
      // @ts-expect-error there is no such way
      client.set({ whenFull: "drop" });
      // @ts-expect-error it cannot change later
      client.set({ store: new MemoryStore() });
      // @ts-expect-error there is no such option
      client.set({ autoReconect: false });
    };
    expectTypeOf(check).toBeFunction();
  });
});
