import { describe, expect, it, vi } from "vitest";
import { CallQueue } from "../../src/client/call-queue.ts";
import type { MsbError } from "../../src/index.ts";
import { LevelLogger } from "../../src/support/logger.ts";
import { FakeClock, settled } from "../../src/testing/fake-clock.ts";
import { scriptedClient } from "../support/client/scripted-client.ts";

/** A queue for two calls at a time (so twenty wait), and calls that end when the test says so. */
function setUp({ canPause = true } = {}) {
  const clock = new FakeClock();
  const errors: MsbError[] = [];
  const reading = { paused: false, inFlight: 0 };
  const queue = new CallQueue({
    limit: 2,
    capacity: 20,
    reading: {
      pauseReading() {
        reading.paused = canPause;
        return canPause;
      },
      resumeReading() {
        reading.paused = false;
      },
      get inFlight() {
        return reading.inFlight;
      },
    },
    clock,
    logger: new LevelLogger(
      { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() },
      "silent",
      clock,
    ),
    report: (error) => errors.push(error),
  });
  const started: number[] = [];
  const ends: (() => void)[] = [];
  let calls = 0;
  function add(count = 1, size = 100): void {
    for (let next = 0; next < count; next += 1) {
      calls += 1;
      const number = calls;
      queue.add({
        functionId: "F",
        size,
        run: () => {
          started.push(number);
          return new Promise((resolve) => ends.push(resolve));
        },
      });
    }
  }
  async function end(count = 1): Promise<void> {
    for (let next = 0; next < count; next += 1) {
      ends.shift()?.();
      await settled();
    }
  }
  return { clock, errors, reading, queue, started, add, end };
}

describe("calls", () => {
  it("run in their order, a limited number at a time", async () => {
    const { started, add, end } = setUp();
    add(5);
    expect(started).toEqual([1, 2]);
    await end();
    expect(started).toEqual([1, 2, 3]);
    await end(4);
    expect(started).toEqual([1, 2, 3, 4, 5]);
  });

  it("stop the reading when as many wait as may, until half of these run", async () => {
    const { clock, errors, reading, started, add, end } = setUp();
    add(21);
    expect(reading.paused).toBe(false);
    add();
    expect(reading.paused).toBe(true);
    await end(9);
    expect(reading.paused).toBe(true);
    await end();
    expect(reading.paused).toBe(false);
    await end(12);
    expect(started).toHaveLength(22);
    expect(errors).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("stop the reading also when their messages are large together", async () => {
    const { reading, started, add, end } = setUp();
    add(2);
    add(3, 4_000_000);
    expect(reading.paused).toBe(false);
    add(1, 4_000_000);
    expect(reading.paused).toBe(true);
    await end(2);
    expect(reading.paused).toBe(false);
    await end(4);
    expect(started).toHaveLength(6);
  });

  it("that had been read before the pause are not lost", async () => {
    const { errors, started, add, end } = setUp();
    add(200);
    await end(200);
    expect(started).toHaveLength(200);
    expect(errors).toEqual([]);
  });

  it("beyond that are refused and reported where reading cannot be paused", async () => {
    const { clock, errors, started, add, end } = setUp({ canPause: false });
    add(23);
    expect(errors).toEqual([
      expect.objectContaining({
        code: "BUSY",
        message:
          'A call of function "F" was refused: 2 handlers run and 20 calls wait. Make handlers faster, or set a larger maxConcurrentCalls.',
      }),
    ]);
    await end();
    add(2);
    expect(errors).toHaveLength(2);
    await end(30);
    expect(started).toEqual([...Array(22).keys()].map((index) => index + 1).concat(24));
    expect(clock.pending).toBe(0);
  });
});

describe("handlers that wait for an answer that cannot be read", () => {
  it("get it: after a second without the end of a call reading goes on, and what does not fit is refused", async () => {
    const { clock, errors, reading, started, add, end } = setUp();
    reading.inFlight = 2;
    add(22);
    await clock.advance(999);
    expect(reading.paused).toBe(true);
    await clock.advance(1);
    expect(reading.paused).toBe(false);
    add(3);
    expect(errors).toHaveLength(3);
    expect(reading.paused).toBe(false);
    // One place is free, and taken; the next one is refused as before.
    await end();
    add(2);
    expect(errors).toHaveLength(4);
    expect(reading.paused).toBe(false);
    await end(10);
    add(10);
    expect(reading.paused).toBe(true);
    await end(50);
    expect(started).toHaveLength(33);
    expect(reading.paused).toBe(false);
    expect(clock.pending).toBe(0);
  });

  it("but only if events are in flight: whatever else they wait for, the server waits too", async () => {
    const { clock, reading, add } = setUp();
    add(22);
    await clock.advance(60_000);
    expect(reading.paused).toBe(true);
    reading.inFlight = 1;
    await clock.advance(1_000);
    expect(reading.paused).toBe(false);
  });

  it("do not count as stuck while calls end", async () => {
    const { clock, reading, add, end } = setUp();
    reading.inFlight = 2;
    add(22);
    for (let second = 0; second < 9; second += 1) {
      await clock.advance(900);
      await end();
    }
    expect(reading.paused).toBe(true);
  });

  it("do not count as stuck because the program stood still", async () => {
    const { clock, reading, add, end } = setUp();
    reading.inFlight = 2;
    add(22);
    clock.jump(15_000);
    await clock.advance(0);
    expect(reading.paused).toBe(true);
    await end();
    await clock.advance(500);
    expect(reading.paused).toBe(true);
  });
});

describe("the end of a connection", () => {
  it("leaves the calls that came over it, and nothing stays paused", async () => {
    const { clock, errors, reading, queue, started, add, end } = setUp();
    add(22);
    queue.connectionLost();
    expect(reading.paused).toBe(false);
    expect(clock.pending).toBe(0);
    // The next connection brings more than may wait.
    add();
    expect(reading.paused).toBe(true);
    await end(23);
    expect(started).toHaveLength(23);
    expect(errors).toEqual([]);
  });

  it("by disconnect() drops the calls that wait, and says so once", async () => {
    const { clock, errors, reading, queue, started, add, end } = setUp();
    add(22);
    queue.clear();
    queue.clear();
    expect(errors).toEqual([
      expect.objectContaining({
        code: "DISCONNECTED",
        message: "20 calls that waited were not run: the client was disconnected.",
      }),
    ]);
    expect(reading.paused).toBe(false);
    expect(clock.pending).toBe(0);
    await end(2);
    expect(started).toEqual([1, 2]);
  });
});

describe("a client", () => {
  const call = (uuid: string): string => `C {"uuid":"${uuid}","functionId":"F"}`;

  it("pauses its socket while too many calls wait, and disconnects all the same", async () => {
    const { client, last, register } = scriptedClient({ maxConcurrentCalls: 1 });
    let calls = 0;
    client.addFunction({
      functionId: "F",
      handler: () => {
        calls += 1;
        return new Promise(() => {});
      },
    });
    await register();
    let paused = false;
    Object.assign(last(), {
      pause: () => {
        paused = true;
      },
      resume: () => {
        paused = false;
      },
    });
    for (let count = 0; count < 101; count += 1) {
      last().serverSends(call(client.uuid));
    }
    expect(calls).toBe(1);
    expect(paused).toBe(true);
    const disconnected = client.disconnect();
    await settled();
    expect(paused).toBe(false);
    last().serverCloses();
    await disconnected;
    expect(calls).toBe(1);
  });

  it("refuses calls beyond the queue where its socket cannot pause, as in browsers", async () => {
    const { client, last, errors, register } = scriptedClient({ maxConcurrentCalls: 1 });
    client.addFunction({ functionId: "F", handler: () => new Promise(() => {}) });
    await register();
    for (let count = 0; count < 103; count += 1) {
      last().serverSends(call(client.uuid));
    }
    expect(errors.map(({ code }) => code)).toEqual(["BUSY", "BUSY"]);
  });

  it("holds a call's place until what it returned is accepted: answers do not pile up", async () => {
    const { client, event, last, register } = scriptedClient({ maxConcurrentCalls: 1 });
    let calls = 0;
    client.addFunction({
      functionId: "F",
      responseEvents: [event],
      handler: () => {
        calls += 1;
        return calls;
      },
    });
    await register();
    for (let count = 0; count < 5; count += 1) {
      last().serverSends(call(client.uuid));
    }
    await settled();
    expect(calls).toBe(1);
    last().serverSends("IO_PUBLISHED");
    await settled();
    expect(calls).toBe(2);
  });
});
