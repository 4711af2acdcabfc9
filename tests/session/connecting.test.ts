import { describe, expect, it, vi } from "vitest";
import { settled } from "../../src/testing/fake-clock.ts";
import { MemoryStore } from "../support/client/memory-store.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";

describe("connect() with a signal", () => {
  it("that has fired already rejects, and dials nothing", async () => {
    const { client, sockets } = scriptedClient();
    await expect(client.connect(URL, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "ABORTED",
    });
    await settled();
    expect(client.state).toBe("disconnected");
    expect(sockets).toHaveLength(0);
  });

  it("that fires while it waits for a disconnect rejects, and dials nothing", async () => {
    const { client, last, register, sockets } = scriptedClient();
    await register();
    const disconnected = client.disconnect();
    const controller = new AbortController();
    const connected = client.connect(URL, { signal: controller.signal });
    controller.abort();
    last().serverCloses();
    await disconnected;
    await expect(connected).rejects.toMatchObject({ code: "ABORTED" });
    await settled();
    expect(sockets).toHaveLength(1);
    // And nobody waits for that connection any more.
    await expect(client.register()).rejects.toMatchObject({ code: "NOT_CONNECTED" });
  });

  it("of one caller ends the attempt only when no other caller waits", async () => {
    const { client, last, states } = scriptedClient();
    const [first, second] = [new AbortController(), new AbortController()];
    const calls = [first, second].map(({ signal }) => client.connect(URL, { signal }));
    const told = Promise.allSettled(calls);
    await settled();
    first.abort();
    await settled();
    expect(client.state).toBe("connecting");
    second.abort();
    await settled();
    expect(states.at(-1)).toBe("disconnecting");
    last().serverCloses();
    await told;
    expect(client.state).toBe("disconnected");
  });

  it("leaves no listener on the signal when it has ended", async () => {
    const { client, last } = scriptedClient();
    const { signal } = new AbortController();
    const stopping = vi.spyOn(signal, "removeEventListener");
    const connected = client.connect(URL, { signal });
    await settled();
    last().serverAccepts();
    await connected;
    await settled();
    expect(stopping).toHaveBeenCalledExactlyOnceWith("abort", expect.any(Function));
  });
});

describe("connect() that joins another one", () => {
  it("makes it patient: who waits for the server does so for all", async () => {
    const { client, clock, last, sockets } = scriptedClient();
    const calls = [client.connect(URL), client.connect(URL, { waitForServer: true }), client.connect(URL)];
    await settled();
    last().serverCloses();
    await clock.advance(10_000);
    expect(sockets).toHaveLength(2);
    last().serverAccepts();
    await Promise.all(calls);
  });

  it("while a lost connection is made again waits for that, and then no more", async () => {
    const { client, clock, last, register, serverRegisters } = scriptedClient();
    await register();
    last().serverCloses();
    const done = vi.fn();
    const connected = client.connect(URL).then(done);
    await clock.advance(10_000);
    expect(done).not.toHaveBeenCalled();
    await serverRegisters();
    await connected;
    await client.connect(URL);
    expect(client.state).toBe("registered");
  });

  it("at another URL is refused while that connection is made, with a remedy", async () => {
    const { client, last } = scriptedClient();
    const connected = client.connect(URL);
    await settled();
    await expect(client.connect("ws://other.test")).rejects.toMatchObject({
      code: "CONNECT_FAILED",
      message: expect.stringContaining("Call disconnect() first."),
    });
    last().serverAccepts();
    await connected;
  });
});

describe("patience", () => {
  it("ends with the session: the next connect() without it fails at once", async () => {
    const { client, clock, last } = scriptedClient();
    const patient = client.connect(URL, { waitForServer: true });
    await settled();
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    await expect(patient).rejects.toMatchObject({ code: "DISCONNECTED" });
    const connected = client.connect(URL);
    await settled();
    last().serverCloses();
    await expect(connected).rejects.toMatchObject({ code: "CONNECT_FAILED" });
    expect(clock.pending).toBe(0);
  });

  it("does not make a refused attempt after a connection that was there before", async () => {
    const { client, clock, last, register, sockets } = scriptedClient();
    await register();
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    const connected = client.connect(URL);
    await settled();
    last().serverCloses();
    await expect(connected).rejects.toMatchObject({ code: "CONNECT_FAILED" });
    await clock.advance(60_000);
    expect(sockets).toHaveLength(2);
  });
});

describe("disconnect() while the store is being opened", () => {
  it("dials nothing, also when the store opens later, and the next connect() dials once", async () => {
    const store = new MemoryStore();
    const { client, last, sockets } = scriptedClient({ store });
    const open = store.hold("open");
    const first = client.connect(URL);
    const refused = expect(first).rejects.toMatchObject({ code: "DISCONNECTED" });
    const disconnected = client.disconnect();
    const second = client.connect(URL);
    await refused;
    open();
    await disconnected;
    await settled();
    expect(sockets).toHaveLength(1);
    last().serverAccepts();
    await second;
    expect(client.state).toBe("connected");
  });
});

describe("the end of a connection", () => {
  it("that no other attempt follows is told to `error`, if nobody waits for it", async () => {
    const { client, clock, errors, last, register } = scriptedClient({ autoReconnect: false });
    await register();
    last().serverCloses({ code: 1001, reason: "bye" });
    await clock.advance(0);
    expect(errors).toEqual([expect.objectContaining({ code: "CONNECTION_LOST" })]);
    expect(client.state).toBe("disconnected");
  });

  it("is told with its error in the state change, and a disconnect() without one", async () => {
    const { client, changes, last, register } = scriptedClient({ autoReconnect: false });
    await register();
    last().serverCloses();
    expect(changes.at(-1)).toMatchObject({ state: "disconnected", error: { code: "CONNECTION_LOST" } });
    await register();
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    expect(changes.at(-1)).toEqual({ state: "disconnected", previous: "disconnecting" });
  });

  it("after a life longer than the last pause counts the attempts anew; a failed dial never does", async () => {
    const attempts: number[] = [];
    const { clock, last, register, serverRegisters } = scriptedClient({
      retryPolicy: (attempt) => {
        attempts.push(attempt);
        return 1_000;
      },
    });
    await register();
    last().serverCloses();
    await clock.advance(1_000);
    await serverRegisters();
    await clock.advance(1_000);
    last().serverCloses();
    await clock.advance(1_000);
    await serverRegisters();
    await clock.advance(1_001);
    last().serverCloses();
    await clock.advance(1_000);
    await clock.advance(9_000);
    last().serverCloses();
    expect(attempts).toEqual([1, 2, 1, 2]);
  });
});

describe("a server that repeats itself", () => {
  it("with IO_CONNECTED changes nothing, and R is sent once", async () => {
    const { client, last, register, states } = scriptedClient();
    await register();
    const before = [...states];
    last().serverSends("IO_CONNECTED", "IO_CONNECTED");
    expect(client.state).toBe("registered");
    expect(states).toEqual(before);
    expect(last().messages).toHaveLength(1);
  });

  it("with IO_REGISTERED, asked for or not, changes nothing", async () => {
    const { client, last, register, states } = scriptedClient();
    const connected = client.connect(URL);
    await settled();
    last().serverAccepts();
    await connected;
    last().serverSends("IO_REGISTERED");
    expect(client.state).toBe("connected");
    await register();
    last().serverSends("IO_REGISTERED");
    expect(states).toEqual(["connecting", "connected", "registering", "registered"]);
  });
});
