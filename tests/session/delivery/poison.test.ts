import { describe, expect, it } from "vitest";
import { scriptedClient } from "../../support/client/scripted-client.ts";

const CACHED = { cached: true } as const;
/** Neither the jitter nor the policy hides what the client adds to a pause. */
const QUICK = { retryPolicy: () => 100 };

/** A registered client whose server ends the connection, in a given way, whenever the event with value 13 has come. */
async function poisoned(close: { code: number; reason?: string }, options: object = {}) {
  const scripted = scriptedClient({ ...QUICK, ...options });
  const { changes, clock, last, register, serverRegisters, sentValues, client } = scripted;
  await register();
  let answered = 0;
  let values: unknown[] = [];
  const frames: number[] = [];

  /** The server reads what was sent, and answers, up to the poison. @returns whether it lives on */
  function serve(): boolean {
    values = sentValues();
    while (answered < values.length) {
      if (values[answered] === 13) {
        return false;
      }
      answered += 1;
      last().serverSends("IO_PUBLISHED");
      values = sentValues();
    }
    return true;
  }

  return {
    ...scripted,
    /** How many events were sent on each connection that the server ended. */
    frames,
    /** Lets the server work until it ends no connection any more, `most` times at most. */
    async run(most = 20): Promise<number> {
      for (let ended = 0; ended < most; ended += 1) {
        if (serve()) {
          return ended;
        }
        frames.push(sentValues().length);
        last().serverCloses({ reason: "", ...close });
        answered = 0;
        await clock.advance(changes.at(-1)?.retryInMs ?? 0);
        if (client.state !== "connecting") {
          return ended + 1;
        }
        await serverRegisters();
      }
      return most;
    },
  };
}

describe("an event that the server closes the connection for", () => {
  it("with 1009, among others: it alone is rejected with TOO_LARGE and the server's reason, the rest goes on", async () => {
    const { event, run, client, frames } = await poisoned({ code: 1009, reason: "over 8192" });
    const published = [1, 2, 13, 4, 5].map((value) => event.publish(value, CACHED));
    const outcomes = Promise.allSettled(published);
    expect(await run()).toBeLessThanOrEqual(3);
    expect((await outcomes).map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    await expect(published[2]).rejects.toMatchObject({
      code: "TOO_LARGE",
      message: expect.stringContaining("(1009: over 8192)"),
    });
    expect(client.state).toBe("registered");
    expect(frames[0]).toBe(5);
  });

  it("with 1009, alone: it is rejected at once", async () => {
    const { event, run } = await poisoned({ code: 1009 });
    const published = event.publish(13, CACHED);
    expect(await run()).toBe(1);
    await expect(published).rejects.toMatchObject({ code: "TOO_LARGE" });
  });

  it("with 1009, not cached: its publisher is told TOO_LARGE, too", async () => {
    const { event, run } = await poisoned({ code: 1009 });
    const published = event.publish(13);
    await run();
    await expect(published).rejects.toMatchObject({ code: "TOO_LARGE" });
  });

  it.each([1000, 1007, 1011, 3000])(
    "with %d: at the third time in a row that it was alone it is UNDELIVERABLE",
    async (code) => {
      const { event, run, client } = await poisoned({ code, reason: "no" });
      const published = [1, 13, 3].map((value) => event.publish(value, CACHED));
      const outcomes = Promise.allSettled(published);
      // Once among others, perhaps once more beside one, then three times alone.
      expect(await run()).toBeLessThanOrEqual(5);
      expect((await outcomes).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      await expect(published[1]).rejects.toMatchObject({
        code: "UNDELIVERABLE",
        message: expect.stringContaining(`close code ${code}: no`),
      });
      expect(client.state).toBe("registered");
    },
  );

  it.each([1001, 1012, 1013])("with %d: that is an outage, and no event's fault", async (code) => {
    const { event, run, changes, errors, last } = await poisoned({ code });
    const published = event.publish(13, CACHED);
    expect(await run(6)).toBe(6);
    expect(changes.findLast(({ state }) => state === "reconnecting")?.retryInMs).toBe(3_200);
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining("3 times") })]);
    last().serverSends("IO_PUBLISHED");
    await published;
  });

  it("by a SockJS close frame is the same", async () => {
    const { changes, clock, event, last, register, serverRegisters } = scriptedClient(QUICK);
    await register();
    const published = event.publish(13, CACHED);
    for (let turn = 0; turn < 3; turn += 1) {
      last().serverSendsFrame('c[1011,"no"]');
      last().serverCloses({ code: 1000 });
      await clock.advance(changes.at(-1)?.retryInMs ?? 0);
      if (turn < 2) {
        await serverRegisters();
      }
    }
    await expect(published).rejects.toMatchObject({ code: "UNDELIVERABLE" });
  });

  it("is not blamed for a close that comes after its answer, or while nothing is in flight", async () => {
    const { clock, event, last, register, serverRegisters } = scriptedClient(QUICK);
    await register();
    for (let turn = 0; turn < 5; turn += 1) {
      const published = event.publish(turn, CACHED);
      last().serverSends("IO_PUBLISHED");
      last().serverCloses({ code: 1011 });
      await published;
      await clock.advance(100);
      await serverRegisters();
    }
  });
});

describe("a connection that merely breaks (1006)", () => {
  it("proves nothing: the event is sent again, the pause grows, and the third time it is named", async () => {
    const { clock, event, last, changes, errors, register, serverRegisters, sentValues } =
      scriptedClient(QUICK);
    await register();
    const published = event.publish(13, CACHED);
    const pauses: unknown[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      last().serverCloses({ code: 1006 });
      pauses.push(changes.at(-1)?.retryInMs);
      await clock.advance(changes.at(-1)?.retryInMs ?? 0);
      await serverRegisters();
      expect(sentValues()).toEqual([13]);
      if (turn === 1) {
        expect(errors).toEqual([]);
      }
    }
    expect(pauses).toEqual([100, 200, 400, 800, 1_600, 3_200]);
    expect(errors).toEqual([
      expect.objectContaining({
        code: "CONNECTION_LOST",
        message: expect.stringContaining('Event "E1" was sent 3 times'),
      }),
    ]);
    last().serverSends("IO_PUBLISHED");
    await published;
  });

  it("ends with UNDELIVERABLE after maxAttempts", async () => {
    const { clock, client, event, last, register, serverRegisters } = scriptedClient({
      ...QUICK,
      maxAttempts: 2,
    });
    await register();
    const published = event.publish(13, CACHED);
    last().serverCloses();
    await clock.advance(100);
    await serverRegisters();
    last().serverCloses();
    await expect(published).rejects.toMatchObject({
      code: "UNDELIVERABLE",
      message: expect.stringContaining("it was sent 2 times, and each time the connection ended"),
    });
    await clock.advance(200);
    await serverRegisters();
    expect(client.state).toBe("registered");
  });

  it("521 events make few frames: the window starts at one, and grows with the answers", async () => {
    const { event, run, client, sockets } = await poisoned({ code: 1006 }, { maxAttempts: 10 });
    const outcomes = Promise.allSettled(
      Array.from({ length: 521 }, (_, value) => event.publish(value, CACHED)),
    );
    await run(50);
    const values = await outcomes;
    expect(values.filter(({ status }) => status === "rejected")).toHaveLength(1);
    const frames = sockets.flatMap(({ messages }) => messages.filter((message) => message.startsWith("E ")));
    // Each once, those in flight at the first break twice, and a few for the poison.
    expect(frames.length).toBeLessThan(2 * 521 + 30);
    expect(client.state).toBe("registered");
  });

  it("an answer that does not come counts as one", async () => {
    const { clock, event, last, errors, register, serverRegisters } = scriptedClient({
      ...QUICK,
      ackTimeout: 1_000,
    });
    await register();
    void event.publish(13, CACHED);
    for (let turn = 0; turn < 3; turn += 1) {
      await clock.advance(1_000);
      await clock.advance(500);
      await serverRegisters();
    }
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining("3 times") })]);
    last().serverSends("IO_PUBLISHED");
  });
});

describe("the pauses between connections", () => {
  it("are not reset by IO_REGISTERED alone", async () => {
    const attempts: number[] = [];
    const retryPolicy = (attempt: number): number => {
      attempts.push(attempt);
      return attempt * 1_000;
    };
    const { clock, last, register, serverRegisters } = scriptedClient({ retryPolicy });
    await register();
    for (let turn = 1; turn <= 4; turn += 1) {
      last().serverCloses();
      await clock.advance(turn * 1_000);
      await serverRegisters();
    }
    expect(attempts).toEqual([1, 2, 3, 4]);
  });
});

describe("an event is measured as it is sent", () => {
  it("with another framing: one that is too large there is rejected, and the next one is sent", async () => {
    const { client, last, register, serverRegisters, clock } = scriptedClient({
      ...QUICK,
      maxMessageSize: 1_000,
    });
    const text = client.addEvent({ eventId: "T", dataFormat: "string" });
    await register();
    last().serverCloses();
    client.disableSockJsFraming();
    const published = text.publish('"'.repeat(350), CACHED);
    const next = text.publish("next", CACHED);
    client.disableSockJsFraming(false);
    await clock.advance(100);
    await serverRegisters();
    await expect(published).rejects.toMatchObject({ code: "TOO_LARGE" });
    expect(last().messages.at(-1)).toContain("next");
    last().serverSends("IO_PUBLISHED");
    await next;
  });
});
