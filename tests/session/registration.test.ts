import { describe, expect, it } from "vitest";
import { settled } from "../../src/testing/fake-clock.ts";
import { registeredClient } from "../support/client/registered-client.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";

const RETRYABLE = ["NIO_ALREADY_CONNECTED", "NIO_UNEXPECTED_REGISTRATION_ERROR"] as const;
const FATAL = ["NIO_REGISTRATION_ERROR", "NIO_UNAUTHORIZED_CONNECTION"] as const;

describe("the wish to be registered", () => {
  it("survives a K whose R was cut off, and a refusal after it", async () => {
    const { client, clock, last, event, serverConfigures, serverRegisters, sentValues } =
      await registeredClient();
    serverConfigures(2);
    last().serverCloses();
    const published = event.publish(7, { cached: true });
    await clock.advance(10_000);
    last().serverAccepts();
    last().serverSends("NIO_ALREADY_CONNECTED");
    await clock.advance(10_000);
    expect(last().messages.at(-1)).toContain('"value":2');
    last().serverSends("IO_REGISTERED");
    expect(client.state).toBe("registered");
    expect(sentValues()).toEqual([7]);
    last().serverSends("IO_PUBLISHED");
    await published;
    // And the next loss finds it unchanged.
    last().serverCloses();
    await clock.advance(10_000);
    await serverRegisters();
    expect(client.state).toBe("registered");
  });

  it("survives parameter.change() that was cut off, and its promise waits for the answer", async () => {
    const { client, clock, last, limit } = await registeredClient();
    const changed = limit.change(3);
    last().serverCloses();
    await clock.advance(10_000);
    last().serverAccepts();
    last().serverSends("NIO_UNEXPECTED_REGISTRATION_ERROR");
    await clock.advance(10_000);
    last().serverSends("IO_REGISTERED");
    await changed;
    expect(client.state).toBe("registered");
  });

  it.each(RETRYABLE)("survives an unsolicited %s: R is sent again after the pause", async (reply) => {
    const { client, clock, last, changes, registrations, sockets } = await registeredClient();
    last().serverSends(reply);
    expect(changes.at(-1)).toMatchObject({ state: "connected", error: { reply }, retryInMs: 10_000 });
    await clock.advance(9_999);
    expect(registrations()).toHaveLength(1);
    await clock.advance(1);
    expect(registrations()).toHaveLength(2);
    last().serverSends("IO_REGISTERED");
    expect(client.state).toBe("registered");
    expect(sockets).toHaveLength(1);
  });

  it("is there from the first start on with waitForServer, while the MSB still holds the old connection", async () => {
    const { client, clock, last, errors } = scriptedClient({ retryPolicy: () => 1_000 });
    const connected = client.connect(URL, { waitForServer: true });
    const waiting = client.register();
    await settled();
    last().serverAccepts();
    await connected;
    for (let refusal = 0; refusal < 2; refusal += 1) {
      last().serverSends("NIO_ALREADY_CONNECTED");
      await clock.advance(1_000);
    }
    last().serverSends("IO_REGISTERED");
    await waiting;
    expect(client.state).toBe("registered");
    expect(errors).toEqual([]);
  });

  it.each(RETRYABLE)(
    "without waitForServer: register() rejects with %s, and the client goes on trying",
    async (reply) => {
      const { client, clock, last } = scriptedClient();
      void client.connect(URL);
      const refused = client.register();
      await settled();
      last().serverAccepts();
      last().serverSends(reply);
      await expect(refused).rejects.toMatchObject({ code: "REFUSED", reply });
      await clock.advance(10_000);
      last().serverSends("IO_REGISTERED");
      expect(client.state).toBe("registered");
    },
  );

  it.each(FATAL)("ends with %s", async (reply) => {
    const { client, clock, last, errors, registrations, serverConfigures } = await registeredClient();
    serverConfigures(2);
    last().serverSends(reply);
    await clock.advance(0);
    expect(client.state).toBe("connected");
    expect(errors).toEqual([expect.objectContaining({ reply })]);
    await clock.advance(600_000);
    expect(registrations()).toHaveLength(2);
    last().serverCloses();
    await clock.advance(10_000);
    last().serverAccepts();
    expect(registrations()).toHaveLength(0);
  });

  it("ends with disconnect()", async () => {
    const { client, clock, last, sockets } = await registeredClient();
    last().serverSends("NIO_ALREADY_CONNECTED");
    const disconnected = client.disconnect();
    last().serverCloses({ code: 1000 });
    await disconnected;
    expect(clock.pending).toBe(0);
    void client.connect(URL);
    await settled();
    last().serverAccepts();
    await clock.advance(60_000);
    expect(last().messages).toEqual([]);
    expect(sockets).toHaveLength(2);
  });

  it("is tried again without auto reconnect too, as long as the connection lasts", async () => {
    const { client, clock, last } = await registeredClient({ autoReconnect: false });
    last().serverSends("NIO_UNEXPECTED_REGISTRATION_ERROR");
    await clock.advance(10_000);
    last().serverSends("IO_REGISTERED");
    expect(client.state).toBe("registered");
  });

  it("is given up by a retry policy that says so", async () => {
    const { client, clock, last, errors, registrations } = await registeredClient({
      retryPolicy: () => false,
    });
    last().serverSends("NIO_UNEXPECTED_REGISTRATION_ERROR");
    await clock.advance(600_000);
    expect(client.state).toBe("connected");
    expect(registrations()).toHaveLength(1);
    expect(errors).toEqual([expect.objectContaining({ reply: "NIO_UNEXPECTED_REGISTRATION_ERROR" })]);
  });

  it("register() does not wait for the pause", async () => {
    const { client, last, registrations } = await registeredClient();
    last().serverSends("NIO_ALREADY_CONNECTED");
    const again = client.register();
    await settled();
    expect(registrations()).toHaveLength(2);
    last().serverSends("IO_REGISTERED");
    await again;
    expect(client.state).toBe("registered");
  });
});

describe("one R at a time", () => {
  it("10,000 K make two R: what comes up while one is unanswered is merged into the next", async () => {
    const { client, last, registrations, serverConfigures } = await registeredClient();
    for (let value = 2; value < 10_002; value += 1) {
      serverConfigures(value);
    }
    expect(registrations()).toHaveLength(2);
    last().serverSends("IO_REGISTERED");
    expect(registrations()).toHaveLength(3);
    expect(registrations().at(-1)).toContain('"value":10001');
    last().serverSends("IO_REGISTERED");
    expect(registrations()).toHaveLength(3);
    expect(client.state).toBe("registered");
  });

  it("the answer is that of the oldest: under steady K its time runs out all the same", async () => {
    const { clock, last, changes, serverConfigures } = await registeredClient({ ackTimeout: 2_000 });
    for (let value = 2; value < 6; value += 1) {
      serverConfigures(value);
      await clock.advance(500);
    }
    expect(changes.at(-1)).toMatchObject({
      state: "reconnecting",
      error: { code: "TIMEOUT", message: "The MSB did not answer the registration within 2000 ms." },
    });
    expect(last().terminated).toBe(true);
  });

  it("each change is settled by the R that carries it", async () => {
    const { last, limit } = await registeredClient();
    const done: number[] = [];
    const [first, second] = [2, 3].map((value) => limit.change(value).then(() => done.push(value)));
    last().serverSends("IO_REGISTERED");
    await first;
    expect(done).toEqual([2]);
    last().serverSends("IO_REGISTERED");
    await second;
  });

  it("waits while the socket holds too much, and for nothing but that", async () => {
    const { clock, last, registrations, serverConfigures } = await registeredClient();
    last().bufferedAmount = 4_000_000;
    for (let value = 2; value < 100; value += 1) {
      serverConfigures(value);
    }
    last().serverSends("ping", "ping");
    expect(last().messages).toHaveLength(1);
    last().bufferedAmount = 0;
    await clock.advance(50);
    expect(registrations()).toHaveLength(2);
    expect(registrations().at(-1)).toContain('"value":2');
  });
});

describe("a self-description that is too large", () => {
  const DESCRIPTION = "d".repeat(2_000);

  it("is not sent: register() rejects, and says how large it is", async () => {
    const { client, last, errors } = scriptedClient({
      maxMessageSize: 1_000,
      description: DESCRIPTION,
    } as object);
    void client.connect(URL);
    const refused = client.register();
    await settled();
    last().serverAccepts();
    await expect(refused).rejects.toMatchObject({
      code: "TOO_LARGE",
      message: expect.stringMatching(
        /^The self-description was not sent: its message has \d{4} bytes, and at most 1000/,
      ),
    });
    expect(last().messages).toEqual([]);
    expect(client.state).toBe("connected");
    expect(errors).toEqual([]);
  });

  it("for the server (1009): register() rejects, and no loop of connections follows", async () => {
    const { client, clock, last, sockets } = scriptedClient({ retryPolicy: () => 100 });
    void client.connect(URL, { waitForServer: true });
    const refused = client.register();
    await settled();
    last().serverAccepts();
    last().serverCloses({ code: 1009, reason: "too big" });
    await expect(refused).rejects.toMatchObject({
      code: "TOO_LARGE",
      message: expect.stringContaining("The self-description is too large for the MSB"),
    });
    await clock.advance(100);
    last().serverAccepts();
    await clock.advance(60_000);
    expect(last().messages).toEqual([]);
    expect(sockets).toHaveLength(2);
  });
});

describe("what is added after register()", () => {
  it("is registered by itself, once for all of a turn, and before the events that need it", async () => {
    const { client, last } = await registeredClient();
    // What the client layer calls for each addition.
    const late = client.addEvent({ eventId: "LATE", dataFormat: "int32" });
    client.addFunction({ functionId: "F", handler: () => undefined });
    void late.publish(1);
    await settled();
    const added = last().messages.slice(1);
    expect(added.map((message) => message.slice(0, 2))).toEqual(["R ", "E "]);
    expect(added[0]).toContain('"LATE"');
    expect(added[0]).toContain('"functionId":"F"');
    last().serverSends("IO_REGISTERED", "IO_PUBLISHED");
  });
});

describe("a socket that answers R before send() returns", () => {
  async function connected(answer: string) {
    const scripted = scriptedClient();
    const connecting = scripted.client.connect(URL);
    await settled();
    const socket = scripted.last();
    const send = (text: string): void => {
      socket.sent.push(text);
      if (text.startsWith('["R ')) {
        socket.serverSends(answer);
      }
    };
    Object.assign(socket, { send });
    socket.serverAccepts();
    await connecting;
    return scripted;
  }

  it("is registered, and events are sent", async () => {
    const { client, event, last, sentValues } = await connected("IO_REGISTERED");
    await client.register();
    expect(client.state).toBe("registered");
    const published = event.publish(1);
    expect(sentValues()).toEqual([1]);
    last().serverSends("IO_PUBLISHED");
    await published;
  });

  it("is not registering any more once it has refused", async () => {
    const { client } = await connected("NIO_REGISTRATION_ERROR");
    await expect(client.register()).rejects.toMatchObject({ code: "REFUSED" });
    expect(client.state).toBe("connected");
  });
});
