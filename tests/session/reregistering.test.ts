import { describe, expect, it } from "vitest";
import { settled } from "../../src/testing/fake-clock.ts";
import { registeredClient } from "../support/client/registered-client.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";

const CACHED = { cached: true } as const;

describe("a change of the self-description", () => {
  it("after a refusal waits for the R that is planned, and is settled at once", async () => {
    const { clock, last, limit, registrations } = await registeredClient();
    last().serverSends("NIO_ALREADY_CONNECTED");
    await limit.change(2);
    expect(registrations()).toHaveLength(1);
    await clock.advance(10_000);
    expect(registrations()).toHaveLength(2);
    expect(registrations().at(-1)).toContain('"value":2');
  });

  it("after a lost connection goes with the R of the next one, and is settled at once", async () => {
    const { clock, last, limit, registrations } = await registeredClient();
    last().serverCloses();
    await limit.change(2);
    await clock.advance(10_000);
    last().serverAccepts();
    expect(registrations()).toEqual([expect.stringContaining('"value":2')]);
    last().serverSends("IO_REGISTERED");
    expect(registrations()).toHaveLength(1);
  });

  it("by what is added: one R for each turn", async () => {
    const { client, last, registrations } = await registeredClient();
    for (const turn of [1, 2]) {
      client.addEvent({ eventId: `A${turn}`, dataFormat: "int32" });
      client.addEvent({ eventId: `B${turn}`, dataFormat: "int32" });
      await settled();
      last().serverSends("IO_REGISTERED");
      await settled();
      expect(registrations()).toHaveLength(1 + turn);
    }
    expect(registrations().at(-1)).toContain('"B2"');
  });

  it("by what is added, comes before the event that was added, also at a socket that was full", async () => {
    const { client, clock, last } = await registeredClient();
    const sent = last().messages.length;
    last().bufferedAmount = 4_000_000;
    const added = client.addEvent({ eventId: "A", dataFormat: "int32" });
    await settled();
    // It has room before the client looks again.
    last().bufferedAmount = 0;
    const published = added.publish(1);
    await clock.advance(1_000);
    expect(
      last()
        .messages.slice(sent)
        .map((message) => message[0]),
    ).toEqual(["R", "E"]);
    last().serverSends("IO_REGISTERED", "IO_PUBLISHED");
    await published;
  });

  it("by what is added, before register(), sends nothing", async () => {
    const { client, last } = scriptedClient();
    const connected = client.connect(URL);
    await settled();
    last().serverAccepts();
    await connected;
    client.addEvent({ eventId: "A", dataFormat: "int32" });
    await settled();
    expect(last().messages).toEqual([]);
  });

  it("by what is added, that is refused for good, is told to `error` once", async () => {
    const { client, clock, errors, last } = await registeredClient();
    client.addEvent({ eventId: "A", dataFormat: "int32" });
    await settled();
    last().serverSends("NIO_REGISTRATION_ERROR");
    await clock.advance(0);
    expect(errors).toEqual([expect.objectContaining({ reply: "NIO_REGISTRATION_ERROR" })]);
    expect(client.state).toBe("connected");
  });

  it("by what is added, that disconnect() ends, is told to nobody", async () => {
    const { client, clock, errors, last } = await registeredClient();
    client.addEvent({ eventId: "A", dataFormat: "int32" });
    await settled();
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    await clock.advance(0);
    expect(errors).toEqual([]);
  });
});

describe("an R that is too large", () => {
  it("is not tried again on the next connection, and is told once", async () => {
    const { client, clock, errors, last } = scriptedClient({
      maxMessageSize: 1_000,
      description: "d".repeat(2_000),
    } as object);
    const connected = client.connect(URL);
    const refused = expect(client.register()).rejects.toMatchObject({ code: "TOO_LARGE" });
    await settled();
    last().serverAccepts();
    await connected;
    await refused;
    last().serverCloses();
    await clock.advance(10_000);
    last().serverAccepts();
    await clock.advance(0);
    expect(client.state).toBe("connected");
    expect(errors).toEqual([]);
  });

  it("for the server is sent again for who has asked meanwhile", async () => {
    const { client, clock, last } = scriptedClient({ retryPolicy: () => 100 });
    const connected = client.connect(URL);
    const first = client.register();
    const refused = expect(first).rejects.toMatchObject({ code: "TOO_LARGE" });
    await settled();
    last().serverAccepts();
    await connected;
    const second = client.register();
    await settled();
    last().serverCloses({ code: 1009 });
    await refused;
    await clock.advance(100);
    last().serverAccepts();
    last().serverSends("IO_REGISTERED");
    await second;
    expect(client.state).toBe("registered");
  });

  it("is not what 1009 means if an event is in flight, too", async () => {
    const { client, clock, event, last } = await registeredClient({ retryPolicy: () => 100 });
    const refused = expect(event.publish(1, CACHED)).rejects.toMatchObject({ code: "TOO_LARGE" });
    const again = client.register();
    await settled();
    last().serverCloses({ code: 1009 });
    await refused;
    await clock.advance(100);
    last().serverAccepts();
    last().serverSends("IO_REGISTERED");
    await again;
  });
});

describe("a refusal", () => {
  it("rejects the events that do not wait, and lets the others wait; in flight, answers still count", async () => {
    const { clock, event, last, sentValues } = await registeredClient({ maxInFlight: 1 });
    const sent = event.publish(1);
    const unsent = expect(event.publish(2)).rejects.toMatchObject({ code: "NOT_REGISTERED" });
    const waiting = event.publish(3, CACHED);
    last().serverSends("NIO_ALREADY_CONNECTED");
    await unsent;
    last().serverSends("IO_PUBLISHED");
    await sent;
    expect(sentValues()).toEqual([1]);
    await clock.advance(10_000);
    last().serverSends("IO_REGISTERED", "IO_PUBLISHED");
    await waiting;
    expect(sentValues()).toEqual([1, 3]);
  });

  it("that comes twice changes the state once, and the pause counts from the last", async () => {
    const { clock, last, registrations, states } = await registeredClient();
    last().serverSends("NIO_ALREADY_CONNECTED");
    await clock.advance(6_000);
    last().serverSends("NIO_ALREADY_CONNECTED");
    expect(states.slice(-2)).toEqual(["registered", "connected"]);
    await clock.advance(9_999);
    expect(registrations()).toHaveLength(1);
    await clock.advance(1);
    expect(registrations()).toHaveLength(2);
  });
});

describe("a socket that fails as the events that waited are sent", () => {
  it("is never told to be registered", async () => {
    const { client, clock, event, last, serverRegisters, states, sentValues } = scriptedClient();
    const waiting = event.publish(1, CACHED);
    const connected = client.connect(URL);
    const done = client.register();
    await settled();
    last().serverAccepts();
    await connected;
    await settled();
    last().send = () => {
      throw new Error("the socket is broken");
    };
    last().serverSends("IO_REGISTERED");
    await done;
    expect(states).toEqual(["connecting", "connected", "registering", "reconnecting"]);
    await clock.advance(10_000);
    await serverRegisters();
    expect(sentValues()).toEqual([1]);
    last().serverSends("IO_PUBLISHED");
    await waiting;
  });
});

describe("a SockJS server", () => {
  it("is not pinged unless keep-alive is asked for: it has heartbeats", async () => {
    const { client, clock, register } = scriptedClient();
    let pings = 0;
    await register(() => {
      pings += 1;
    });
    await clock.advance(600_000);
    expect([pings, client.state]).toEqual([0, "registered"]);
  });
});
