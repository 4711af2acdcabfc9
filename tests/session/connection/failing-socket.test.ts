import { describe, expect, it } from "vitest";
import { settled } from "../../../src/testing/fake-clock.ts";
import type { ScriptedSocket } from "../../../src/testing/scripted-socket.ts";
import { scriptedClient } from "../../support/client/scripted-client.ts";

function thrower(): never {
  throw new Error("the socket is broken");
}

const WAYS: readonly (readonly [string, (socket: ScriptedSocket) => void])[] = [
  ["send", (socket) => Object.assign(socket, { send: thrower })],
  ["bufferedAmount", (socket) => Object.defineProperty(socket, "bufferedAmount", { get: thrower })],
];

describe.each(WAYS)("a socket whose %s throws", (_, breakIt) => {
  it("is a lost connection: the publisher is told, and the client reconnects", async () => {
    const { client, clock, event, changes, last, register, serverRegisters, sentValues } = scriptedClient();
    await register();
    breakIt(last());
    const uncached = event.publish(1);
    const cached = event.publish(2, { cached: true });
    await expect(uncached).rejects.toMatchObject({ name: expect.stringMatching(/^Msb/) });
    expect(changes.at(-1)).toMatchObject({
      state: "reconnecting",
      error: { code: "CONNECTION_LOST", message: "The socket failed: the socket is broken." },
    });
    expect(last().terminated).toBe(true);
    await clock.advance(10_000);
    await serverRegisters();
    expect(sentValues()).toEqual([2]);
    last().serverSends("IO_PUBLISHED");
    await cached;
    expect(client.state).toBe("registered");
  });

  it("when a cached event is sent: it is sent on the next connection, at once", async () => {
    const { clock, event, last, register, serverRegisters, sentValues } = scriptedClient({ cached: true });
    await register();
    breakIt(last());
    const published = event.publish(1);
    await clock.advance(10_000);
    await serverRegisters();
    expect(sentValues()).toEqual([1]);
    last().serverSends("IO_PUBLISHED");
    await published;
  });

  it("when R is sent: it is sent on the next connection", async () => {
    const { client, clock, last, register, serverRegisters } = scriptedClient();
    await register();
    breakIt(last());
    const registered = client.register();
    await settled();
    expect(client.state).toBe("reconnecting");
    await clock.advance(10_000);
    await serverRegisters();
    await registered;
  });
});

describe("a socket whose close or terminate throws", () => {
  it("does not keep disconnect() from its end", async () => {
    const { client, clock, last, register } = scriptedClient();
    await register();
    Object.assign(last(), { close: thrower, terminate: thrower });
    await client.disconnect();
    expect(client.state).toBe("disconnected");
    expect(clock.pending).toBe(0);
  });
});
