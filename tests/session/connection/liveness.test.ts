import { describe, expect, it } from "vitest";
import { scriptedClient } from "../../support/client/scripted-client.ts";

/** A registered client that has seen three heartbeats, 25 seconds apart as the MSB's. */
async function withHeartbeats() {
  const scripted = scriptedClient();
  await scripted.register();
  for (let count = 0; count < 3; count += 1) {
    await scripted.clock.advance(25_000);
    scripted.last().serverSendsFrame("h");
  }
  return scripted;
}

describe("the server's heartbeats", () => {
  it("are not missed before they were seen", async () => {
    const { client, clock, register } = scriptedClient();
    await register();
    await clock.advance(86_400_000);
    expect(client.state).toBe("registered");
  });

  it.each([
    ["h", (socket: { serverSendsFrame(frame: string): void }) => socket.serverSendsFrame("h")],
    ["ping", (socket: { serverSendsFrame(frame: string): void }) => socket.serverSendsFrame('a["ping"]')],
  ])("%s: silence for three intervals ends the connection, no sooner", async (_, beat) => {
    const { client, clock, last, changes, register } = scriptedClient();
    await register();
    for (let count = 0; count < 3; count += 1) {
      await clock.advance(25_000);
      beat(last());
    }
    await clock.advance(74_999);
    expect(client.state).toBe("registered");
    await clock.advance(1);
    expect(changes.at(-1)).toMatchObject({
      state: "reconnecting",
      error: {
        code: "CONNECTION_LOST",
        message: "The connection to the MSB is dead: nothing came for 75000 ms.",
      },
    });
    expect(last().terminated).toBe(true);
  });

  it("stay away while messages come: every sign of life counts", async () => {
    const { client, clock, last } = await withHeartbeats();
    for (let count = 0; count < 20; count += 1) {
      await clock.advance(60_000);
      last().serverSends("IO");
    }
    expect(client.state).toBe("registered");
  });

  it("that were held up and come in a burst do not make it impatient", async () => {
    const { client, clock, last, register } = scriptedClient();
    await register();
    for (const pause of [25_000, 25_000, 25_000, 20_000, 0, 0, 0, 5_000]) {
      await clock.advance(pause);
      last().serverSendsFrame("h");
    }
    await clock.advance(60_000);
    expect(client.state).toBe("registered");
  });

  it("a short interval is given at least three seconds", async () => {
    const { client, clock, last, register } = scriptedClient();
    await register();
    for (let count = 0; count < 5; count += 1) {
      await clock.advance(200);
      last().serverSendsFrame("h");
    }
    await clock.advance(2_999);
    expect(client.state).toBe("registered");
    await clock.advance(1);
    expect(client.state).toBe("reconnecting");
  });

  it("after a sleep of the machine: what has arrived meanwhile is read first", async () => {
    const { client, clock, last } = await withHeartbeats();
    clock.jump(3_600_000);
    await clock.advance(1_000);
    expect(client.state).toBe("registered");
    last().serverSendsFrame("h");
    await clock.advance(60_000);
    expect(client.state).toBe("registered");
  });

  it("after a sleep of the machine: a dead connection is noticed soon", async () => {
    const { client, clock } = await withHeartbeats();
    clock.jump(3_600_000);
    await clock.advance(2_000);
    expect(client.state).toBe("reconnecting");
  });

  it("leave no timer behind", async () => {
    const { client, clock, last } = await withHeartbeats();
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    expect(clock.pending).toBe(0);
  });
});

describe("keep alive", () => {
  it("pings at its interval, and gives up after three without an answer", async () => {
    const { client, clock, last, register } = scriptedClient({ keepAlive: true, keepAliveInterval: 2_000 });
    let pings = 0;
    await register(() => {
      pings += 1;
    });
    await clock.advance(4_000);
    expect(pings).toBe(2);
    last().serverPongs();
    await clock.advance(5_999);
    expect(client.state).toBe("registered");
    await clock.advance(1);
    expect(client.state).toBe("reconnecting");
  });

  it("where the platform has no pings, does nothing", async () => {
    const { client, clock, register } = scriptedClient({ keepAlive: true, keepAliveInterval: 2_000 });
    await register();
    await clock.advance(600_000);
    expect(client.state).toBe("registered");
  });
});

describe("keep alive and heartbeats together", () => {
  it("the shorter rhythm counts, also if it is learned later", async () => {
    const { client, clock, last, register } = scriptedClient({ keepAlive: true, keepAliveInterval: 8_000 });
    await register(() => {});
    for (let beat = 0; beat < 3; beat += 1) {
      await clock.advance(500);
      last().serverSends("ping");
    }
    await clock.advance(2_999);
    expect(client.state).toBe("registered");
    await clock.advance(1);
    expect(client.state).toBe("reconnecting");
  });
});
