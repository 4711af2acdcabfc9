import { describe, expect, it, onTestFinished, vi } from "vitest";
import { exponentialBackoff, MsbError } from "../../../src/index.ts";
import { settled } from "../../../src/testing/fake-clock.ts";
import { scriptedClient } from "../../support/client/scripted-client.ts";

const LOST = new MsbError("CONNECTION_LOST", "lost");

describe("exponentialBackoff", () => {
  it("grows up to its cap, and draws from nothing to its most", () => {
    const longest = exponentialBackoff({ base: 1_000, cap: 10_000, random: () => 1 });
    expect([1, 2, 3, 4, 5, 6, 1_000].map((attempt) => longest(attempt, LOST))).toEqual([
      1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000,
    ]);
    expect(exponentialBackoff({ random: () => 0 })(5, LOST)).toBe(0);
    const drawn = Array.from(
      { length: 200 },
      () => exponentialBackoff({ base: 100, cap: 100 })(1, LOST) as number,
    );
    expect(Math.min(...drawn)).toBeLessThan(30);
    expect(Math.max(...drawn)).toBeGreaterThan(70);
  });

  it("refuses what is no number", () => {
    expect(() => exponentialBackoff({ base: 0, cap: Number.NaN })).toThrow(
      "exponentialBackoff: base: must be a number, at least 1, not 0; cap: must be a number, at least 1, not NaN",
    );
  });
});

describe("a retry policy", () => {
  it("is told the attempt and the error, and counts anew after progress", async () => {
    const retryPolicy = vi.fn((attempt: number) => attempt * 1_000);
    const { clock, event, last, register, serverRegisters } = scriptedClient({ retryPolicy });
    await register();
    last().serverCloses({ reason: "first" });
    await clock.advance(1_000);
    last().serverCloses();
    await clock.advance(2_000);
    await serverRegisters();
    // Registered, but nothing was achieved.
    last().serverCloses();
    await clock.advance(3_000);
    await serverRegisters();
    const published = event.publish(1);
    last().serverSends("IO_PUBLISHED");
    await published;
    last().serverCloses();
    await clock.advance(1_000);
    await serverRegisters();
    // A connection that lived longer than the pause before it is progress, too.
    await clock.advance(1_001);
    last().serverCloses();
    expect(retryPolicy.mock.calls.map(([attempt]) => attempt)).toEqual([1, 2, 3, 1, 1]);
    expect(retryPolicy).toHaveBeenNthCalledWith(1, 1, expect.objectContaining({ code: "CONNECTION_LOST" }));
    expect(retryPolicy).toHaveBeenNthCalledWith(2, 2, expect.objectContaining({ code: "CONNECT_FAILED" }));
  });

  it("that returns false gives up", async () => {
    const { client, clock, last, register } = scriptedClient({ retryPolicy: () => false });
    await register();
    last().serverCloses();
    expect(client.state).toBe("disconnected");
    expect(clock.pending).toBe(0);
  });

  it.each([
    [0, 100],
    [-5, 100],
    [Number.NaN, 10_000],
    [Number.POSITIVE_INFINITY, 10_000],
  ])("that returns %d waits %d ms: never a reconnect without a pause", async (pause, waited) => {
    const { changes, last, register } = scriptedClient({ retryPolicy: () => pause });
    await register();
    last().serverCloses();
    expect(changes.at(-1)?.retryInMs).toBe(waited);
  });

  it("that throws is reported, and the interval is waited", async () => {
    const { changes, errors, last, register } = scriptedClient({
      retryPolicy: () => {
        throw new Error("no idea");
      },
    });
    await register();
    last().serverCloses();
    expect(changes.at(-1)?.retryInMs).toBe(10_000);
    expect(errors).toEqual([expect.objectContaining({ message: "The retry policy failed: no idea." })]);
  });
});

describe("what is tried again, and what is not", () => {
  it.each([1000, 1001, 1006, 1008, 1009, 1011, 3000, 4000])("close code %d is tried again", async (code) => {
    const { client, last, register } = scriptedClient();
    await register();
    last().serverCloses({ code });
    expect(client.state).toBe("reconnecting");
  });

  it.each([
    ["NIO_ALREADY_CONNECTED", 10_000],
    ["NIO_UNEXPECTED_REGISTRATION_ERROR", 10_000],
    ["NIO_REGISTRATION_ERROR", undefined],
    ["NIO_UNAUTHORIZED_CONNECTION", undefined],
  ])("%s after a reconnect: R again after %s ms", async (reply, retryInMs) => {
    const { changes, client, clock, errors, last, register } = scriptedClient();
    await register();
    last().serverCloses();
    await clock.advance(10_000);
    last().serverAccepts();
    last().serverSends(reply);
    expect(client.state).toBe("connected");
    expect(changes.at(-1)).toMatchObject({ state: "connected", error: { reply } });
    expect(changes.at(-1)?.retryInMs).toBe(retryInMs);
    if (retryInMs === undefined) {
      expect(errors).toEqual([expect.objectContaining({ reply })]);
    }
    await clock.advance(15_000);
    expect(last().messages).toHaveLength(retryInMs === undefined ? 1 : 2);
  });

  it("an unauthorized connection is not tried again", async () => {
    const { client, clock, last, register } = scriptedClient();
    await register();
    last().serverCloses();
    await clock.advance(10_000);
    last().serverOpens();
    last().serverSends("NIO_UNAUTHORIZED_CONNECTION");
    expect(client.state).toBe("disconnected");
    expect(clock.pending).toBe(0);
  });
});

describe("waking up, in a browser", () => {
  /** A page, and its global scope. A worker has only the latter. */
  function browser({ isWorker = false } = {}) {
    const page = Object.assign(new EventTarget(), { visibilityState: "hidden" });
    const scope = new EventTarget();
    const listening = { count: 0 };
    for (const target of [page, scope]) {
      const { addEventListener, removeEventListener } = target;
      target.addEventListener = (...parameters: Parameters<typeof addEventListener>) => {
        listening.count += 1;
        addEventListener.apply(target, parameters);
      };
      target.removeEventListener = (...parameters: Parameters<typeof removeEventListener>) => {
        listening.count -= 1;
        removeEventListener.apply(target, parameters);
      };
    }
    if (!isWorker) {
      vi.stubGlobal("document", page);
    }
    vi.stubGlobal("addEventListener", scope.addEventListener.bind(scope));
    vi.stubGlobal("removeEventListener", scope.removeEventListener.bind(scope));
    onTestFinished(() => void vi.unstubAllGlobals());
    return { page, scope, listening };
  }

  it("brings the attempt forward, but not without a pause, and listens only while it waits", async () => {
    const { scope, listening } = browser();
    const { client, clock, sockets, last, register } = scriptedClient();
    await register();
    expect(listening.count).toBe(0);
    last().serverCloses();
    expect(listening.count).toBe(2);
    scope.dispatchEvent(new Event("online"));
    await clock.advance(499);
    expect(sockets).toHaveLength(1);
    await clock.advance(1);
    expect(sockets).toHaveLength(2);
    expect(listening.count).toBe(0);
    last().serverCloses();
    await client.disconnect();
    await settled();
    expect(listening.count).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it("in a worker too, which has no document", async () => {
    const { scope, listening } = browser({ isWorker: true });
    const { clock, sockets, last, register } = scriptedClient();
    await register();
    last().serverCloses();
    expect(listening.count).toBe(1);
    scope.dispatchEvent(new Event("online"));
    await clock.advance(500);
    expect(sockets).toHaveLength(2);
    expect(listening.count).toBe(0);
  });

  it("in a worker of Chromium, which hears of the network by its connection alone", async () => {
    const { listening } = browser({ isWorker: true });
    const connection = new EventTarget();
    const { addEventListener, removeEventListener } = connection;
    connection.addEventListener = (...parameters: Parameters<typeof addEventListener>) => {
      listening.count += 1;
      addEventListener.apply(connection, parameters);
    };
    connection.removeEventListener = (...parameters: Parameters<typeof removeEventListener>) => {
      listening.count -= 1;
      removeEventListener.apply(connection, parameters);
    };
    const navigator = { onLine: true, connection };
    vi.stubGlobal("navigator", navigator);
    const changes = (onLine: boolean) => {
      navigator.onLine = onLine;
      connection.dispatchEvent(new Event("change"));
    };
    const { clock, sockets, last, register } = scriptedClient();
    await register();
    last().serverCloses();
    expect(listening.count).toBe(2);
    // Slower or faster: it was there all the time.
    changes(true);
    await clock.advance(600);
    changes(false);
    await clock.advance(600);
    expect(sockets).toHaveLength(1);
    changes(true);
    await clock.advance(500);
    expect(sockets).toHaveLength(2);
    expect(listening.count).toBe(0);
  });

  it("when the page becomes visible, not when it is hidden", async () => {
    const { page } = browser();
    const { clock, sockets, last, register } = scriptedClient();
    await register();
    last().serverCloses();
    page.dispatchEvent(new Event("visibilitychange"));
    await clock.advance(600);
    expect(sockets).toHaveLength(1);
    page.visibilityState = "visible";
    page.dispatchEvent(new Event("visibilitychange"));
    await clock.advance(500);
    expect(sockets).toHaveLength(2);
  });
});
