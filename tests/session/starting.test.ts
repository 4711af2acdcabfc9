import { describe, expect, it, vi } from "vitest";
import { settled } from "../../src/testing/fake-clock.ts";
import type { ScriptedSocket } from "../../src/testing/index.ts";
import { MemoryStore } from "../support/client/memory-store.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";
import { testBroker, testClient } from "../support/setup.ts";

/** How many R the newest socket has sent. */
const registrations = (last: () => { readonly messages: string[] }): number =>
  last().messages.filter((message) => message.startsWith("R ")).length;

describe("start()", () => {
  it("connects to a broker and registers; what is published then is accepted", async () => {
    const broker = await testBroker();
    const client = testClient({ url: broker.url });
    const event = client.addEvent({ eventId: "E1", dataFormat: "int32" });
    await client.start();
    expect(client.state).toBe("registered");
    await expect(event.publish(5)).resolves.toMatchObject({ eventId: "E1" });
  });

  it("waits for a server that comes later, without a word to the error listeners", async () => {
    const { client, clock, errors, last, serverRegisters, sockets } = scriptedClient();
    const started = client.start(URL);
    await settled();
    last().serverCloses();
    await clock.advance(10_000);
    last().serverCloses();
    await clock.advance(10_000);
    expect(sockets).toHaveLength(3);
    await serverRegisters();
    await started;
    expect(client.state).toBe("registered");
    expect(errors).toEqual([]);
  });

  it.each(["NIO_ALREADY_CONNECTED", "NIO_UNEXPECTED_REGISTRATION_ERROR"])("waits out a %s", async (reply) => {
    const { client, clock, errors, last } = scriptedClient();
    const started = client.start(URL);
    await settled();
    last().serverAccepts();
    last().serverSends(reply);
    await clock.advance(10_000);
    last().serverSends("IO_REGISTERED");
    await started;
    expect(client.state).toBe("registered");
    expect(errors).toEqual([]);
  });

  it.each([
    [
      "a server that is not there",
      (server: ScriptedSocket) => server.serverCloses(),
      /^reconnecting, next attempt in 10000 ms: /,
    ],
    [
      "a refusal that may pass",
      (server: ScriptedSocket) => {
        server.serverAccepts();
        server.serverSends("NIO_ALREADY_CONNECTED");
      },
      /^connected, but not registered, next attempt in 10000 ms: .*NIO_ALREADY_CONNECTED/,
    ],
  ])("says in the log what it waits for: %s", async (_what, fail, line) => {
    const warnings: string[] = [];
    const logger = {
      debug: () => {},
      info: () => {},
      warn: (text: string) => warnings.push(text),
      error: () => {},
    };
    const { client, last } = scriptedClient({ logger, logLevel: "warn" });
    void client.start(URL);
    await settled();
    fail(last());
    await settled();
    expect(warnings).toEqual([expect.stringMatching(line)]);
  });

  it("waits for the next connection if one breaks before IO_REGISTERED", async () => {
    const { client, clock, last, serverRegisters } = scriptedClient();
    const started = client.start(URL);
    await settled();
    last().serverAccepts();
    last().serverCloses();
    await clock.advance(10_000);
    await serverRegisters();
    await started;
    expect(client.state).toBe("registered");
  });

  it.each(["NIO_REGISTRATION_ERROR", "NIO_UNAUTHORIZED_CONNECTION"])(
    "rejects with %s, and the client stays connected",
    async (reply) => {
      const { client, clock, errors, last } = scriptedClient();
      const started = client.start(URL);
      await settled();
      last().serverAccepts();
      last().serverSends(reply);
      await expect(started).rejects.toMatchObject({ code: "REFUSED", reply });
      await clock.advance(600_000);
      expect(client.state).toBe("connected");
      expect(registrations(last)).toBe(1);
      expect(errors).toEqual([]);
    },
  );

  it("rejects with a refusal in place of IO_CONNECTED, when nothing is open any more", async () => {
    const store = new MemoryStore();
    const { client, clock, errors, last } = scriptedClient({ store });
    const started = client.start(URL);
    await settled();
    last().serverOpens();
    last().serverSends("NIO_UNAUTHORIZED_CONNECTION");
    last().serverCloses();
    await expect(started).rejects.toMatchObject({ code: "REFUSED", reply: "NIO_UNAUTHORIZED_CONNECTION" });
    expect(client.state).toBe("disconnected");
    expect(store.isOpen).toBe(false);
    expect(clock.pending).toBe(0);
    expect(errors).toEqual([]);
  });

  it("says why, if no attempt follows", async () => {
    const { client, last } = scriptedClient({ autoReconnect: false });
    const dialling = client.start(URL);
    await settled();
    last().serverCloses();
    await expect(dialling).rejects.toMatchObject({ code: "CONNECT_FAILED" });
    const registering = client.start(URL);
    await settled();
    last().serverAccepts();
    last().serverCloses();
    await expect(registering).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  });

  it("needs a URL, and dials nothing if it is wrong", async () => {
    const { client, sockets } = scriptedClient();
    await expect(client.start()).rejects.toMatchObject({
      code: "INVALID_URL",
      message: expect.stringContaining("Give it to start()"),
    });
    await expect(client.start("press-7")).rejects.toMatchObject({ code: "INVALID_URL" });
    expect(sockets).toHaveLength(0);
    expect(client.state).toBe("disconnected");
  });

  it("is reported if nobody awaits it", async () => {
    const { client, clock, errors } = scriptedClient();
    void client.start("press-7");
    await clock.advance(0);
    expect(errors).toEqual([expect.objectContaining({ code: "INVALID_URL" })]);
  });
});

describe("start() of a client that is on its way", () => {
  it("joins another one: one socket, one R", async () => {
    const { client, last, serverRegisters, sockets } = scriptedClient();
    const calls = [client.start(URL), client.start(URL), client.start()];
    await settled();
    last().serverAccepts();
    calls.push(client.start(URL));
    await serverRegisters();
    await Promise.all(calls);
    expect(sockets).toHaveLength(1);
    expect(registrations(last)).toBe(1);
  });

  it("joins connect() and register(), and makes them patient", async () => {
    const { client, clock, last, serverRegisters } = scriptedClient();
    const connected = client.connect(URL);
    const registered = client.register();
    const started = client.start(URL);
    await settled();
    last().serverCloses();
    await clock.advance(10_000);
    await serverRegisters();
    await Promise.all([connected, registered, started]);
    expect(registrations(last)).toBe(1);
  });

  it("registers one that is connected, and has nothing to do for one that is registered", async () => {
    const { client, last } = scriptedClient();
    const connected = client.connect(URL);
    await settled();
    last().serverAccepts();
    await connected;
    const started = client.start(URL);
    await settled();
    last().serverSends("IO_REGISTERED");
    await started;
    await client.start(URL);
    expect(registrations(last)).toBe(1);
  });

  it("at another URL rejects, and leaves that connection as it is", async () => {
    const { client, last } = scriptedClient();
    const connected = client.connect(URL);
    await settled();
    last().serverAccepts();
    await connected;
    await expect(client.start("ws://other.test")).rejects.toMatchObject({ code: "CONNECT_FAILED" });
    expect(client.state).toBe("connected");
    expect(registrations(last)).toBe(0);
  });

  it("waits for the end of a disconnect()", async () => {
    const { client, last, register, serverRegisters, sockets } = scriptedClient();
    await register();
    const disconnected = client.disconnect();
    const started = client.start(URL);
    last().serverCloses({ code: 1000 });
    await disconnected;
    await settled();
    expect(sockets).toHaveLength(2);
    await serverRegisters();
    await started;
    expect(client.state).toBe("registered");
  });
});

describe("disconnect() during start()", () => {
  it.each(["dialling", "reconnecting", "connected", "registering"] as const)(
    "ends it with DISCONNECTED: %s",
    async (when) => {
      const { client, clock, errors, last, sockets } = scriptedClient();
      const stop = vi.fn(() => void client.disconnect());
      client.on("stateChange", ({ state }) => state === when && stop());
      const started = client.start(URL).catch((error: unknown) => error);
      await settled();
      if (when === "dialling") {
        stop();
      }
      if (when === "reconnecting") {
        last().serverCloses();
      } else {
        last().serverAccepts();
      }
      await settled();
      last().serverCloses({ code: 1000 });
      expect(await started).toMatchObject({ code: "DISCONNECTED" });
      expect(stop).toHaveBeenCalledOnce();
      await clock.advance(60_000);
      expect(client.state).toBe("disconnected");
      expect(sockets).toHaveLength(1);
      expect(errors).toEqual([]);
      expect(clock.pending).toBe(0);
    },
  );

  it("by the first listener leaves no wish to be registered", async () => {
    const { client, clock, last } = scriptedClient();
    const stop = client.on("stateChange", ({ state }) => {
      if (state === "connecting") {
        void client.disconnect();
      }
    });
    await expect(client.start(URL)).rejects.toMatchObject({ code: "DISCONNECTED" });
    stop();
    const connected = client.connect(URL);
    await settled();
    last().serverAccepts();
    await connected;
    await clock.advance(60_000);
    expect(client.state).toBe("connected");
    expect(registrations(last)).toBe(0);
  });
});

describe("start() with a signal", () => {
  it("that has fired already rejects, and dials nothing", async () => {
    const { client, sockets } = scriptedClient();
    await expect(client.start(URL, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "ABORTED",
      message: expect.stringContaining("start()"),
    });
    await settled();
    expect(sockets).toHaveLength(0);
  });

  it("that fires before IO_CONNECTED ends the attempt, and leaves no wish to be registered", async () => {
    const { client, clock, errors, last } = scriptedClient();
    const controller = new AbortController();
    const started = client.start(URL, { signal: controller.signal });
    await settled();
    controller.abort();
    await expect(started).rejects.toMatchObject({ code: "ABORTED" });
    last().serverCloses();
    await settled();
    expect(client.state).toBe("disconnected");
    expect(clock.pending).toBe(0);
    const connected = client.connect(URL);
    await settled();
    last().serverAccepts();
    await connected;
    await clock.advance(60_000);
    expect(registrations(last)).toBe(0);
    expect(errors).toEqual([]);
  });

  it("of one caller leaves it to the others", async () => {
    const { client, serverRegisters } = scriptedClient();
    const controller = new AbortController();
    const aborted = client.start(URL, { signal: controller.signal });
    const started = client.start(URL);
    await settled();
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ code: "ABORTED" });
    await serverRegisters();
    await started;
    expect(client.state).toBe("registered");
  });

  it("that fires before IO_REGISTERED leaves the client connected", async () => {
    const { client, last } = scriptedClient();
    const controller = new AbortController();
    const started = client.start(URL, { signal: controller.signal });
    await settled();
    last().serverAccepts();
    await settled();
    controller.abort();
    await expect(started).rejects.toMatchObject({ code: "ABORTED" });
    expect(client.isConnected()).toBe(true);
  });

  it.each(["start", "connect"] as const)(
    "of %s(), while a lost connection is made again, does not end the client that others have started",
    async (method) => {
      const { client, clock, event, last, register, serverRegisters, sentValues } = scriptedClient();
      await register();
      last().serverCloses();
      const published = event.publish(1, { cached: true });
      const controller = new AbortController();
      const joined = client[method](URL, { signal: controller.signal });
      await settled();
      controller.abort();
      await expect(joined).rejects.toMatchObject({ code: "ABORTED" });
      await settled();
      expect(client.state).toBe("reconnecting");
      await clock.advance(10_000);
      await serverRegisters();
      expect(sentValues()).toEqual([1]);
      last().serverSends("IO_PUBLISHED");
      await published;
    },
  );

  // "ABORTED" alone says nothing about what the program has waited for.
  it("says what has kept it waiting", async () => {
    const { client, clock, last } = scriptedClient();
    const outcomes = ["first", "second"].map((reason) => {
      const controller = new AbortController();
      const started = client.start(URL, { signal: controller.signal }).catch((error: unknown) => error);
      return { started, abort: () => controller.abort(new Error(reason)) };
    });
    await settled();
    last().serverCloses();
    await settled();
    outcomes[0]?.abort();
    expect(await outcomes[0]?.started).toMatchObject({
      code: "ABORTED",
      message: expect.stringMatching(
        /^start\(\) was aborted by its signal\. The last attempt failed: .*1006/,
      ),
      cause: expect.objectContaining({ message: "first" }),
    });
    await clock.advance(10_000);
    last().serverAccepts();
    await settled();
    last().serverSends("NIO_ALREADY_CONNECTED");
    await settled();
    outcomes[1]?.abort();
    expect(await outcomes[1]?.started).toMatchObject({
      code: "ABORTED",
      message: expect.stringContaining(
        "The last attempt failed: The registration was refused (NIO_ALREADY_CONNECTED): a service with this uuid is connected already.",
      ),
    });
  });

  it("does not speak of failures that are over", async () => {
    const { client, clock, last, serverRegisters } = scriptedClient();
    const started = client.start(URL);
    await settled();
    last().serverCloses();
    await clock.advance(10_000);
    await serverRegisters();
    await started;
    const controller = new AbortController();
    const registered = client.register({ signal: controller.signal });
    controller.abort();
    await expect(registered).rejects.toMatchObject({ message: "register() was aborted by its signal." });
  });

  it("does not speak of a connection that failed once another one has opened", async () => {
    const { client, clock, last } = scriptedClient();
    const controller = new AbortController();
    const started = client.start(URL, { signal: controller.signal });
    await settled();
    last().serverCloses();
    await clock.advance(10_000);
    last().serverAccepts();
    await settled();
    expect(client.state).toBe("registering");
    controller.abort();
    await expect(started).rejects.toMatchObject({ message: "start() was aborted by its signal." });
  });
});
