import { describe, expect, expectTypeOf, it } from "vitest";
import type { SessionState } from "../../src/index.ts";
import { settled } from "../../src/testing/fake-clock.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";

/** Reads states into an array, up to and with `last`. */
async function readUpTo(states: AsyncIterable<SessionState>, last: SessionState, into: SessionState[]) {
  for await (const state of states) {
    into.push(state);
    if (state === last) {
      break;
    }
  }
}

describe("states()", () => {
  it("starts with the present one, and goes on over losses until its reader leaves", async () => {
    const { client, clock, last, register, serverRegisters } = scriptedClient();
    const seen: SessionState[] = [];
    const reading = readUpTo(client.states(), "disconnecting", seen);
    await register();
    last().serverCloses();
    await clock.advance(10_000);
    await serverRegisters();
    const disconnected = client.disconnect();
    await reading;
    last().serverCloses();
    await disconnected;
    expect(seen).toEqual([
      "disconnected",
      "connecting",
      "connected",
      "registering",
      "registered",
      "reconnecting",
      "connecting",
      "connected",
      "registering",
      "registered",
      "disconnecting",
    ]);
    const later: SessionState[] = [];
    await readUpTo(client.states(), "disconnected", later);
    expect(later).toEqual(["disconnected"]);
  });

  it("keeps what its reader has not taken, and of too many the last 100", async () => {
    const { client, clock, last } = scriptedClient({ autoReconnect: false });
    const states = client.states();
    for (let attempt = 0; attempt < 60; attempt += 1) {
      const connected = client.connect(URL).catch(() => {});
      await settled();
      last().serverCloses();
      await connected;
    }
    await clock.advance(0);
    const seen: SessionState[] = [];
    const controller = new AbortController();
    for await (const state of states) {
      seen.push(state);
      if (seen.length === 100) {
        break;
      }
    }
    controller.abort();
    expect(seen.slice(0, 2)).toEqual(["connecting", "disconnected"]);
    expect(seen.at(-1)).toBe("disconnected");
    await expect(states.next()).resolves.toEqual({ done: true, value: undefined });
  });

  it("ends by its signal, without an error, and leaves nothing behind", async () => {
    const { client, register } = scriptedClient();
    const controller = new AbortController();
    const seen: SessionState[] = [];
    const reading = (async () => {
      for await (const state of client.states({ signal: controller.signal })) {
        seen.push(state);
      }
    })();
    await settled();
    controller.abort();
    await reading;
    await register();
    expect(seen).toEqual(["disconnected"]);
  });

  it("with a signal that has fired already are none", async () => {
    const { client } = scriptedClient();
    const states = client.states({ signal: AbortSignal.abort() });
    await expect(states.next()).resolves.toEqual({ done: true, value: undefined });
  });

  it("that are asked for in a listener do not begin twice", async () => {
    const { client, register } = scriptedClient();
    const seen: SessionState[] = [];
    let reading: Promise<void> | undefined;
    client.once("stateChange", () => {
      // Its own change is told later than it is made.
      void client.disconnect();
      reading = readUpTo(client.states(), "registered", seen);
    });
    await expect(client.connect(URL)).rejects.toMatchObject({ code: "DISCONNECTED" });
    await register();
    await reading;
    expect(seen).toEqual(["disconnected", "connecting", "connected", "registering", "registered"]);
  });

  it("are typed", () => {
    const { client } = scriptedClient();
    expectTypeOf(client.states()).toExtend<AsyncIterableIterator<SessionState>>();
  });
});
