import { describe, expect, it, vi } from "vitest";
import { MsbClient } from "../../src/index.ts";
import { settled } from "../../src/testing/fake-clock.ts";
import { identity } from "../support/client/identity.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";

describe("connect", () => {
  it("resolves on IO_CONNECTED, not before, and goes through the states", async () => {
    const { client, last, states } = scriptedClient();
    let connected = false;
    const done = client.connect(URL).then(() => {
      connected = true;
    });
    await settled();
    expect(client.state).toBe("connecting");
    last().serverOpens();
    last().serverSendsFrame("o");
    await settled();
    expect(connected).toBe(false);
    last().serverSends("IO_CONNECTED");
    await done;
    expect(client.isConnected()).toBe(true);
    expect(client.isRegistered()).toBe(false);
    expect(states).toEqual(["connecting", "connected"]);
  });

  it("makes one socket, however often it is called", async () => {
    const { client, sockets, last } = scriptedClient();
    const calls = [client.connect(URL), client.connect(URL), client.connect(`${URL}/`)];
    await settled();
    last().serverAccepts();
    await Promise.all(calls);
    await client.connect(URL);
    expect(sockets).toHaveLength(1);
  });

  it("without a URL joins the connection that there is", async () => {
    const { client, sockets, register } = scriptedClient();
    await register();
    await client.connect();
    expect(sockets).toHaveLength(1);
  });

  it("refuses a second URL while it is connected to the first", async () => {
    const { client, register } = scriptedClient();
    await register();
    await expect(client.connect("ws://other.test")).rejects.toThrow(
      "connected to ws://msb.test:8085 already",
    );
  });

  it("rejects when the first attempt fails, and says what to check", async () => {
    const { client, last, states } = scriptedClient();
    const connected = client.connect(URL);
    await settled();
    last().serverCloses({ error: new Error("connect ECONNREFUSED 127.0.0.1:8085") });
    await expect(connected).rejects.toMatchObject({
      code: "CONNECT_FAILED",
      message: expect.stringMatching(
        /^Cannot connect to ws:\/\/msb\.test.*ECONNREFUSED.*Check host and port/,
      ),
    });
    expect(states).toEqual(["connecting", "disconnected"]);
  });

  it("keeps trying with waitForServer", async () => {
    const { client, clock, sockets, last, states } = scriptedClient();
    const connected = client.connect(URL, { waitForServer: true });
    await settled();
    last().serverCloses();
    await clock.advance(10_000);
    last().serverCloses();
    await clock.advance(10_000);
    last().serverAccepts();
    await connected;
    expect(sockets).toHaveLength(3);
    expect(states).toEqual([
      "connecting",
      "reconnecting",
      "connecting",
      "reconnecting",
      "connecting",
      "connected",
    ]);
  });

  it("gives up on a server that opens the socket and says nothing", async () => {
    const { client, clock, last } = scriptedClient();
    const connected = client.connect(URL);
    const failed = expect(connected).rejects.toMatchObject({
      code: "TIMEOUT",
      message: expect.stringContaining("10000 ms"),
    });
    await settled();
    last().serverOpens();
    await clock.advance(10_000);
    await failed;
    expect(last().terminated).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("rejects with the refusal that a server sends instead of IO_CONNECTED", async () => {
    const { client, last } = scriptedClient();
    const connected = client.connect(URL);
    await settled();
    last().serverOpens();
    last().serverSends("NIO_UNAUTHORIZED_CONNECTION");
    await expect(connected).rejects.toMatchObject({ code: "REFUSED", reply: "NIO_UNAUTHORIZED_CONNECTION" });
  });

  it("rejects with what a socket factory throws", async () => {
    const { client } = scriptedClient({
      socket: () => {
        throw new Error("no sockets here");
      },
    });
    await expect(client.connect(URL)).rejects.toMatchObject({
      code: "CONNECT_FAILED",
      message: expect.stringContaining("no sockets here"),
    });
    expect(client.state).toBe("disconnected");
  });

  it("rejects a wrong URL, and nothing is dialled", async () => {
    const { client, sockets } = scriptedClient();
    await expect(client.connect("ftp://msb.test")).rejects.toMatchObject({ code: "INVALID_URL" });
    expect(sockets).toHaveLength(0);
  });
});

describe("register", () => {
  it("waits for a connection that is being made", async () => {
    const { client, last, states } = scriptedClient();
    void client.connect(URL);
    const registered = client.register();
    await settled();
    expect(last().sent).toEqual([]);
    last().serverAccepts();
    expect(last().messages).toEqual([`R ${JSON.stringify(client.getSelfDescription())}`]);
    last().serverSends("IO_REGISTERED");
    await registered;
    expect(states).toEqual(["connecting", "connected", "registering", "registered"]);
  });

  it("rejects when nothing is being connected", async () => {
    const { client } = scriptedClient();
    await expect(client.register()).rejects.toMatchObject({
      code: "NOT_CONNECTED",
      message: "Cannot register: the client is not connected. Call connect(url) first.",
    });
  });

  it.each([
    ["NIO_ALREADY_CONNECTED", "a service with this uuid is connected already"],
    ["NIO_UNAUTHORIZED_CONNECTION", "not allowed to connect"],
    ["NIO_REGISTRATION_ERROR", "the self-description was not accepted"],
    ["NIO_UNEXPECTED_REGISTRATION_ERROR", "failed inside the MSB"],
  ])("rejects on %s, and says what it means", async (reply, meaning) => {
    const { client, last } = scriptedClient();
    void client.connect(URL);
    const registered = client.register();
    await settled();
    last().serverAccepts();
    last().serverSends(reply);
    await expect(registered).rejects.toMatchObject({
      code: "REFUSED",
      reply,
      message: expect.stringContaining(meaning),
    });
    expect(client.state).toBe("connected");
  });

  it("sends R again when it is called again, and stays registered meanwhile", async () => {
    const { client, last, register } = scriptedClient();
    await register();
    const again = client.register();
    expect(client.state).toBe("registered");
    await settled();
    last().serverSends("IO_REGISTERED");
    await again;
    expect(last().messages.filter((message) => message.startsWith("R "))).toHaveLength(2);
  });
});

describe("publish", () => {
  it("resolves on IO_PUBLISHED, first in first out", async () => {
    const { last, register, event } = scriptedClient();
    await register();
    const settledOrder: number[] = [];
    const first = event.publish(1).then(() => settledOrder.push(1));
    const second = event.publish(2).then(() => settledOrder.push(2));
    await settled();
    expect(last().messages.slice(1)).toEqual([
      expect.stringContaining('"dataObject":1'),
      expect.stringContaining('"dataObject":2'),
    ]);
    last().serverSends("IO_PUBLISHED");
    await first;
    expect(settledOrder).toEqual([1]);
    last().serverSends("IO_PUBLISHED");
    await second;
  });

  it("rejects the one event that was refused, with the code", async () => {
    const { last, register, event } = scriptedClient();
    await register();
    const [first, second] = [event.publish(1), event.publish(2)];
    await settled();
    last().serverSends("NIO_EVENT_FORWARDING_ERROR", "IO_PUBLISHED");
    await expect(first).rejects.toMatchObject({
      code: "REFUSED",
      reply: "NIO_EVENT_FORWARDING_ERROR",
      message: expect.stringContaining('Event "E1" was refused'),
    });
    await second;
  });

  it("sends what the definition and the options say", async () => {
    const { client, clock, last, register, event } = scriptedClient();
    await register();
    const published = event.publish(5, { priority: "HIGH", correlationId: "c1" });
    void client.publish("E1", 6, 1, false, "2020-01-02T03:04:05+02:00", "c2");
    await settled();
    last().serverSends("IO_PUBLISHED", "IO_PUBLISHED");
    const postDate = new Date(clock.now()).toISOString();
    await expect(published).resolves.toEqual({ eventId: "E1", postDate, correlationId: "c1" });
    expect(
      last()
        .messages.slice(1)
        .map((message) => JSON.parse(message.slice(2))),
    ).toEqual([
      { uuid: client.uuid, eventId: "E1", priority: 2, postDate, correlationId: "c1", dataObject: 5 },
      {
        uuid: client.uuid,
        eventId: "E1",
        priority: 1,
        postDate: "2020-01-02T01:04:05.000Z",
        correlationId: "c2",
        dataObject: 6,
      },
    ]);
  });

  it("before connect and before register: an error for each", async () => {
    const { client, last, event } = scriptedClient();
    await expect(event.publish(1)).rejects.toMatchObject({
      code: "NOT_CONNECTED",
      message:
        'Event "E1" cannot be sent: the client is not connected (disconnected). Wait for register(), or publish with cached: true.',
    });
    void client.connect(URL);
    await settled();
    last().serverAccepts();
    await expect(event.publish(1)).rejects.toMatchObject({ code: "NOT_REGISTERED" });
  });

  it("an event that was never added", async () => {
    const { client } = scriptedClient();
    await expect(client.publish("E2", 1)).rejects.toMatchObject({
      code: "UNKNOWN_EVENT",
      message: 'There is no event "E2": the known ones are "E1". Add it with addEvent() first.',
    });
    const asInNodeClient = client.publish as (event: object) => Promise<unknown>;
    await expect(asInNodeClient.call(client, { eventId: "E1", value: 1 })).rejects.toMatchObject({
      message:
        'There is no event {"eventId":"E1","value":1}: the known ones are "E1". Call publish(eventId, value, options).',
    });
  });

  it("options that are wrong, all at once", async () => {
    const { client } = scriptedClient();
    const wrong = { priority: "URGENT", postDate: "yesterday", cached: 1, correlationID: "c" } as object;
    await expect(client.publish("E1", 1, wrong)).rejects.toMatchObject({
      code: "INVALID_VALUE",
      issues: expect.arrayContaining([
        { path: "priority", message: 'must be 0, 1, 2, "LOW", "MEDIUM" or "HIGH", not "URGENT"' },
        { path: "postDate", message: 'must be a valid Date or an ISO 8601 string, not "yesterday"' },
        { path: "cached", message: "must be true or false, not 1" },
        { path: "correlationID", message: "is not known here" },
      ]),
    });
  });

  it("never ends the process when nobody awaits it, and is heard of by the error listener", async () => {
    const { clock, event, errors } = scriptedClient();
    void event.publish(1);
    await clock.advance(0);
    expect(errors).toEqual([expect.objectContaining({ code: "NOT_CONNECTED" })]);
  });
});

describe("a lost connection", () => {
  it("is made and registered again, after the interval and no sooner", async () => {
    const { client, clock, sockets, last, states, register } = scriptedClient({ reconnectInterval: 3_000 });
    await register();
    last().serverCloses();
    expect(client.state).toBe("reconnecting");
    await clock.advance(2_999);
    expect(sockets).toHaveLength(1);
    await clock.advance(1);
    expect(sockets).toHaveLength(2);
    last().serverAccepts();
    expect(last().messages).toHaveLength(1);
    last().serverSends("IO_REGISTERED");
    expect(states.slice(-4)).toEqual(["connecting", "connected", "registering", "registered"]);
  });

  it("tells the publisher of an event in flight that nobody knows", async () => {
    const { last, register, event } = scriptedClient();
    await register();
    const published = event.publish(1);
    await settled();
    last().serverCloses();
    await expect(published).rejects.toMatchObject({
      code: "CONNECTION_LOST",
      message: expect.stringContaining("may or may not have arrived"),
    });
  });

  it("is registered again when the MSB has noticed the old connection's end", async () => {
    const { client, clock, sockets, last, register } = scriptedClient();
    await register();
    last().serverCloses();
    await clock.advance(10_000);
    last().serverAccepts();
    last().serverSends("NIO_ALREADY_CONNECTED");
    expect(client.state).toBe("connected");
    await clock.advance(10_000);
    expect(sockets).toHaveLength(2);
    last().serverSends("IO_REGISTERED");
    expect(client.state).toBe("registered");
  });

  it("is not made of a changed self-description that is refused for a reason that passes: R is sent again", async () => {
    const { client, clock, last, register } = scriptedClient();
    client.addConfigParameter("limit", 1, "int32");
    await register();
    const changed = client.changeConfigParameter("limit", 2);
    last().serverSends("NIO_UNEXPECTED_REGISTRATION_ERROR");
    expect(client.state).toBe("connected");
    await clock.advance(10_000);
    expect(last().messages.filter((message) => message.includes('"value":2'))).toHaveLength(2);
    last().serverSends("IO_REGISTERED");
    await changed;
    expect(client.state).toBe("registered");
  });

  it("is left alone without auto reconnect", async () => {
    const { client, clock, sockets, last, register } = scriptedClient({ autoReconnect: false });
    await register();
    last().serverCloses();
    expect(client.state).toBe("disconnected");
    expect(clock.pending).toBe(0);
    expect(sockets).toHaveLength(1);
  });

  it("says why in the state change", async () => {
    const { client, last, register } = scriptedClient();
    await register();
    const listener = vi.fn();
    client.on("stateChange", listener);
    last().serverSendsFrame('c[3000,"Go away!"]');
    last().serverCloses({ code: 1000 });
    expect(listener).toHaveBeenCalledExactlyOnceWith({
      state: "reconnecting",
      previous: "registered",
      retryInMs: 10_000,
      error: expect.objectContaining({
        code: "CONNECTION_LOST",
        message: expect.stringContaining("3000: Go away!"),
      }),
    });
  });

  it("hears nothing more from its old socket", async () => {
    const { client, clock, sockets, last, register } = scriptedClient();
    await register();
    last().serverCloses();
    await clock.advance(10_000);
    sockets[0]?.serverSends("IO_CONNECTED", "IO_REGISTERED");
    sockets[0]?.serverCloses();
    expect(client.state).toBe("connecting");
    expect(sockets).toHaveLength(2);
  });
});

describe("disconnect", () => {
  it("resolves when the socket is closed, and leaves no timer", async () => {
    const { client, clock, last, register } = scriptedClient();
    await register();
    const disconnected = client.disconnect();
    expect(client.state).toBe("disconnecting");
    expect(last().closeRequested).toBe(true);
    last().serverCloses({ code: 1000 });
    await disconnected;
    expect(client.state).toBe("disconnected");
    expect(clock.pending).toBe(0);
  });

  it("does not wait for ever for a server that does not answer", async () => {
    const { client, clock, last, register } = scriptedClient();
    await register();
    const disconnected = client.disconnect();
    await clock.advance(3_000);
    await disconnected;
    expect(last().terminated).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("while connecting rejects connect and register", async () => {
    const { client, last } = scriptedClient();
    const connected = client.connect(URL);
    const registered = client.register();
    await settled();
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    await expect(connected).rejects.toMatchObject({ code: "DISCONNECTED" });
    await expect(registered).rejects.toMatchObject({ code: "DISCONNECTED" });
  });

  it("while waiting to reconnect ends that", async () => {
    const { client, clock, sockets, last, register } = scriptedClient();
    await register();
    last().serverCloses();
    await client.disconnect();
    expect(clock.pending).toBe(0);
    await clock.advance(60_000);
    expect(sockets).toHaveLength(1);
  });

  it("is waited for by the next connect", async () => {
    const { client, sockets, last, register } = scriptedClient();
    await register();
    void client.disconnect();
    const connected = client.connect(URL);
    await settled();
    expect(sockets).toHaveLength(1);
    last().serverCloses();
    await settled();
    expect(sockets).toHaveLength(2);
    last().serverAccepts();
    await connected;
  });

  it("is waited for by a register that follows a connect", async () => {
    const { client, last, register } = scriptedClient();
    await register();
    void client.disconnect();
    void client.connect(URL);
    const registered = client.register();
    last().serverCloses();
    await settled();
    last().serverAccepts();
    await settled();
    last().serverSends("IO_REGISTERED");
    await registered;
  });

  it("from within an error listener, when a connection is lost with an event in flight", async () => {
    const { client, clock, last, register, event } = scriptedClient();
    await register();
    client.on("error", () => void client.disconnect());
    void event.publish(1);
    last().serverCloses();
    await clock.advance(0);
    expect(client.state).toBe("disconnected");
    expect(clock.pending).toBe(0);
  });

  it("has the last word: a connect that waited for an earlier one ends", async () => {
    const { client, clock, sockets, last, register } = scriptedClient();
    await register();
    void client.disconnect();
    const connected = client.connect(URL, { waitForServer: true });
    const registered = client.register();
    const disconnected = client.disconnect();
    last().serverCloses({ code: 1000 });
    await disconnected;
    await expect(connected).rejects.toMatchObject({ code: "DISCONNECTED" });
    await expect(registered).rejects.toMatchObject({ code: "DISCONNECTED" });
    await clock.advance(60_000);
    expect(sockets).toHaveLength(1);
    expect(client.state).toBe("disconnected");
  });

  it("with drain does not wait for what cannot be sent: nobody wishes to be registered", async () => {
    const { client, clock, event, last } = scriptedClient();
    void client.connect(URL);
    await settled();
    last().serverAccepts();
    const published = event.publish(1, { cached: true });
    const disconnected = client.disconnect({ drain: true });
    last().serverCloses({ code: 1000 });
    await disconnected;
    await expect(published).rejects.toMatchObject({ code: "DISCONNECTED" });
    expect(clock.pending).toBe(0);
  });

  it("twice is the same as once, and before connect does nothing", async () => {
    const { client, last, register } = scriptedClient();
    await client.disconnect();
    await register();
    const both = [client.disconnect(), client.disconnect()];
    last().serverCloses();
    await Promise.all(both);
    expect(client.state).toBe("disconnected");
  });

  it("from within a listener", async () => {
    const { client, sockets } = scriptedClient();
    client.on("stateChange", ({ state }) => {
      if (state === "connecting") {
        void client.disconnect();
      }
    });
    await expect(client.connect(URL)).rejects.toMatchObject({ code: "DISCONNECTED" });
    expect(client.state).toBe("disconnected");
    expect(sockets).toHaveLength(0);
  });
});

describe("messages", () => {
  it("answers ping with pong", async () => {
    const { last, register } = scriptedClient();
    await register();
    last().serverSends("ping");
    expect(last().messages.at(-1)).toBe("pong");
  });

  it("handles all of a frame with several messages, a call among them", async () => {
    const { client, last, register, event } = scriptedClient();
    const calls: unknown[] = [];
    client.addFunction({
      functionId: "F1",
      dataFormat: "int32",
      handler: ({ dataObject }) => calls.push(dataObject),
    });
    await register();
    const published = event.publish(1);
    await settled();
    last().serverSends(
      "IO_PUBLISHED",
      `C {"uuid":"${client.uuid}","functionId":"F1","functionParameters":{"dataObject":7}}`,
      "ping",
    );
    await published;
    await settled();
    expect(calls).toEqual([7]);
    expect(last().messages.at(-1)).toBe("pong");
  });

  it("goes on after frames and messages that cannot be read", async () => {
    const { client, last, errors, register } = scriptedClient();
    await register();
    for (const frame of ["a[", "x", 'a["C {"]', 'a["what"]', "h", ""]) {
      last().serverSendsFrame(frame);
    }
    expect(client.state).toBe("registered");
    await settled();
    expect(errors).toEqual([expect.objectContaining({ code: "BAD_MESSAGE" })]);
  });

  it("reports a call for an unknown function and for an unknown service, and goes on", async () => {
    const { client, last, errors, register } = scriptedClient();
    await register();
    last().serverSends(
      `C {"uuid":"${client.uuid}","functionId":"F9"}`,
      'C {"uuid":"other","functionId":"F1"}',
    );
    expect(errors.map(({ code, message }) => [code, message])).toEqual([
      ["UNKNOWN_FUNCTION", 'A call came for the function "F9", which was never added, or was removed.'],
      ["BAD_MESSAGE", 'A call came for the service "other", which is not on this connection.'],
    ]);
    expect(client.state).toBe("registered");
  });
});

describe("listeners", () => {
  it("that throw are reported, and the others are called all the same", async () => {
    const { client, errors, register } = scriptedClient();
    const second = vi.fn();
    client.on("stateChange", () => {
      throw new Error("oh no");
    });
    client.on("stateChange", second);
    await register();
    expect(second).toHaveBeenCalledTimes(4);
    expect(errors[0]).toMatchObject({
      code: "HANDLER_FAILED",
      message: 'A listener for "stateChange" failed: oh no.',
    });
    expect(client.state).toBe("registered");
  });

  it("are refused if there is no such type, or they are no functions", () => {
    const { client } = scriptedClient();
    const on = client.on.bind(client) as (type: string, listener: unknown) => void;
    expect(() => on("eror", 5)).toThrow(
      'The listener: type: must be one of stateChange, error, configChange, eventDropped, message, not "eror"; listener: must be a function, not 5',
    );
  });

  it("of error that throws does not swallow the error", async () => {
    const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const { client, clock, event } = scriptedClient({ logger, logLevel: "error" });
    client.on("error", () => {
      throw new Error("oh no");
    });
    void event.publish(1);
    await clock.advance(0);
    expect(logger.error).toHaveBeenCalledExactlyOnceWith(
      expect.stringMatching(/^Event "E1" cannot be sent: .* A listener for "error" failed: oh no\.$/),
    );
  });

  it("can be removed, by either way", async () => {
    const { client, register } = scriptedClient();
    const listener = vi.fn();
    client.on("stateChange", listener)();
    client.on("stateChange", listener);
    client.off("stateChange", listener);
    await register();
    expect(listener).not.toHaveBeenCalled();
  });

  it("without one, errors go to the logger", async () => {
    const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const client = new MsbClient({ ...identity(), logger });
    void client.register();
    await expect.poll(() => logger.error.mock.calls.length).toBe(1);
    expect(logger.error).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("Cannot register"));
  });
});
