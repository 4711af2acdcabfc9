import { describe, expect, it, vi } from "vitest";
import { settled } from "../../src/testing/fake-clock.ts";
import { fails } from "../support/client/memory-store.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";
import { CACHED, storedClient } from "../support/client/stored-client.ts";

describe("while the connection is being closed", () => {
  it("events that do not wait are rejected at once, those in flight when it is closed", async () => {
    const { client, event, last, register } = scriptedClient({ maxInFlight: 1 });
    await register();
    const [sent, waiting] = [event.publish(1, CACHED), event.publish(2)];
    const rejected = vi.fn();
    sent.catch(rejected);
    const disconnected = client.disconnect();
    await expect(waiting).rejects.toMatchObject({ code: "DISCONNECTED" });
    expect(rejected).not.toHaveBeenCalled();
    last().serverCloses();
    await disconnected;
    await expect(sent).rejects.toMatchObject({ code: "DISCONNECTED" });
  });

  it("answers still count, and nothing more is sent", async () => {
    const { client, event, last, register, sentValues } = scriptedClient({ maxInFlight: 1 });
    await register();
    const [sent, waiting] = [event.publish(1), event.publish(2, CACHED)];
    const refused = expect(waiting).rejects.toMatchObject({ code: "DISCONNECTED" });
    const disconnected = client.disconnect();
    last().serverSends("IO_PUBLISHED");
    await sent;
    await expect(event.publish(3)).rejects.toMatchObject({ code: "NOT_REGISTERED" });
    last().serverCloses();
    await disconnected;
    await refused;
    expect(sentValues()).toEqual([1]);
  });

  it("calls, configurations, refusals and IO_REGISTERED are too late", async () => {
    const { client, last, register, states, errors } = scriptedClient();
    const handler = vi.fn();
    client.addFunction({ functionId: "F", handler });
    const limit = client.addConfigParameter("limit", 1, "int32");
    await register();
    void client.register().catch(() => {});
    await settled();
    const disconnected = client.disconnect();
    last().serverSends(
      `C {"uuid":"${client.uuid}","functionId":"F"}`,
      `K {"uuid":"${client.uuid}","params":{"limit":5}}`,
      "NIO_REGISTRATION_ERROR",
      "IO_REGISTERED",
    );
    last().serverCloses();
    await disconnected;
    expect(handler).not.toHaveBeenCalled();
    expect(limit.value).toBe(1);
    expect(states.slice(-2)).toEqual(["disconnecting", "disconnected"]);
    expect(errors).toEqual([]);
  });

  it("register() is refused, unless connect() was called again before", async () => {
    const { client, last, register } = scriptedClient();
    await register();
    const disconnected = client.disconnect();
    await expect(client.register()).rejects.toMatchObject({ code: "NOT_CONNECTED" });
    last().serverCloses();
    await disconnected;
  });

  it("register() with a signal that has fired is refused with ABORTED", async () => {
    const { client, last, register } = scriptedClient();
    await register();
    const sent = last().sent.length;
    await expect(client.register({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ABORTED" });
    expect(last().sent).toHaveLength(sent);
  });
});

describe("disconnect({ drain: true })", () => {
  it("waits for ten seconds, unless told otherwise", async () => {
    const { client, clock, event, last, register } = scriptedClient({ ackTimeout: 60_000 });
    await register();
    const refused = expect(event.publish(1)).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    const disconnected = client.disconnect({ drain: true });
    await clock.advance(9_999);
    expect(last().closeRequested).toBe(false);
    await clock.advance(1);
    expect(last().closeRequested).toBe(true);
    last().serverCloses();
    await disconnected;
    await refused;
  });

  it("is over at once where nothing is connected, though events wait", async () => {
    const { client, clock, event } = scriptedClient();
    const waiting = event.publish(1, CACHED);
    const refused = expect(waiting).rejects.toMatchObject({ code: "DISCONNECTED" });
    await client.disconnect({ drain: true });
    await refused;
    expect(clock.pending).toBe(0);
  });

  it("is over as soon as all is in the store, if nobody can be reached", async () => {
    const { client, clock, event, disk, last, register, answerAll } = storedClient();
    await register();
    last().serverCloses({ code: 1006 });
    const written = event.publish(1, CACHED);
    const refused = expect(written).rejects.toMatchObject({ code: "DISCONNECTED" });
    await client.disconnect({ drain: true });
    await refused;
    expect(clock.pending).toBe(0);
    expect(disk.keys).toHaveLength(1);
    await register();
    expect(await answerAll()).toEqual([1]);
  });

  it("waits for the end of the first attempt to connect: somebody may be there", async () => {
    const { client, event, last, serverRegisters, answerAll } = storedClient();
    void client.start(URL);
    await settled();
    const published = event.publish(1, CACHED);
    const ended = vi.fn();
    const disconnected = client.disconnect({ drain: true }).then(ended);
    await settled();
    expect(ended).not.toHaveBeenCalled();
    await serverRegisters();
    expect(await answerAll()).toEqual([1]);
    await published;
    await settled();
    last().serverCloses();
    await disconnected;
  });

  it("while nobody can be reached waits for what the store could not take, and for its timeout at most", async () => {
    const { client, clock, event, store, last, register } = storedClient();
    await register();
    last().serverCloses({ code: 1006 });
    store.always("write", fails());
    const refused = expect(event.publish(1, CACHED)).rejects.toMatchObject({ code: "DISCONNECTED" });
    const ended = vi.fn();
    const disconnected = client.disconnect({ drain: true, timeout: 2_000 }).then(ended);
    await clock.advance(1_999);
    expect(ended).not.toHaveBeenCalled();
    await clock.advance(1);
    await disconnected;
    await refused;
  });

  it("while the connection is closed already waits for that alone", async () => {
    const { client, clock, event, last, register } = scriptedClient();
    await register();
    const refused = expect(event.publish(1, CACHED)).rejects.toMatchObject({ code: "DISCONNECTED" });
    const both = [client.disconnect(), client.disconnect({ drain: true })];
    last().serverCloses();
    await Promise.all(both);
    await refused;
    expect(clock.pending).toBe(0);
  });
});

describe("after disconnect()", () => {
  it("the next connect() starts with the whole window again", async () => {
    const { client, event, last, register, sentValues } = scriptedClient();
    await register();
    void event.publish(0, CACHED).catch(() => {});
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    for (const value of [1, 2, 3]) {
      void event.publish(value, CACHED);
    }
    await register();
    expect(sentValues()).toEqual([1, 2, 3]);
  });

  it("a state listener that connects again gets a connection of its own", async () => {
    const { client, last, register, sockets } = scriptedClient();
    await register();
    let connected: Promise<void> | undefined;
    client.on("stateChange", ({ state }) => {
      if (state === "disconnected") {
        connected ??= client.connect(URL);
      }
    });
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    await settled();
    expect(sockets).toHaveLength(2);
    last().serverAccepts();
    await connected;
  });

  it("from within a listener of `connected` no R is sent", async () => {
    const { client, last } = scriptedClient();
    client.on("stateChange", ({ state }) => {
      if (state === "connected") {
        void client.disconnect();
      }
    });
    const connected = client.connect(URL);
    const registered = client.register().catch((error) => error);
    await settled();
    last().serverAccepts();
    last().serverCloses();
    await connected;
    expect((await registered).code).toBe("DISCONNECTED");
    expect(last().messages).toEqual([]);
  });
});
