import { describe, expect, it } from "vitest";
import { settled } from "../../../src/testing/fake-clock.ts";
import { scriptedClient } from "../../support/client/scripted-client.ts";

/** A registered client that does not read any more: one handler runs for ever, and a hundred calls wait. */
async function paused(options: Parameters<typeof scriptedClient>[0] = {}) {
  const scripted = scriptedClient({ maxConcurrentCalls: 1, ...options });
  const { client, last, register } = scripted;
  client.addFunction({ functionId: "F", handler: () => new Promise(() => {}) });
  await register();
  const reading = { paused: false };
  Object.assign(last(), {
    pause: () => {
      reading.paused = true;
    },
    resume: () => {
      reading.paused = false;
    },
  });
  function stopReading(): void {
    const call = `C {"uuid":"${client.uuid}","functionId":"F"}`;
    for (let count = 0; count < 101; count += 1) {
      last().serverSends(call);
    }
    expect(reading.paused).toBe(true);
  }
  return { ...scripted, reading, stopReading };
}

describe("while nothing is read", () => {
  it("and nothing is awaited either, that lasts", async () => {
    const { clock, client, reading, stopReading } = await paused();
    stopReading();
    await clock.advance(600_000);
    expect(reading.paused).toBe(true);
    expect(client.state).toBe("registered");
  });

  it("the answer to an event is not missed; it has its whole time when reading goes on", async () => {
    const { clock, client, event, last, reading, stopReading } = await paused({ ackTimeout: 800 });
    const published = event.publish(1);
    stopReading();
    await clock.advance(999);
    expect(reading.paused).toBe(true);
    // Because something is in flight.
    await clock.advance(1);
    expect(reading.paused).toBe(false);
    await clock.advance(799);
    expect(client.state).toBe("registered");
    last().serverSends("IO_PUBLISHED");
    await published;
  });

  it("the answer to R has its whole time when reading goes on", async () => {
    const { clock, client, last, reading, stopReading } = await paused({ ackTimeout: 1_100 });
    const registered = client.register();
    await settled();
    stopReading();
    await clock.advance(1_000);
    expect(reading.paused).toBe(false);
    await clock.advance(1_099);
    expect(client.state).toBe("registered");
    last().serverSends("IO_REGISTERED");
    await registered;
  });

  it("the answer to R is not missed, and it counts as something in flight", async () => {
    const { clock, client, last, reading, stopReading } = await paused({ ackTimeout: 800 });
    const registered = client.register();
    await settled();
    stopReading();
    await clock.advance(1_000);
    expect(reading.paused).toBe(false);
    await clock.advance(500);
    expect(client.state).toBe("registered");
    last().serverSends("IO_REGISTERED");
    await registered;
  });

  it("a connection that breaks is made again, and read", async () => {
    const { clock, client, errors, last, reading, serverRegisters, stopReading } = await paused();
    stopReading();
    last().serverCloses();
    expect(client.state).toBe("reconnecting");
    await clock.advance(10_000);
    await serverRegisters();
    expect(client.state).toBe("registered");
    expect(reading.paused).toBe(true);
    expect(errors).toEqual([]);
  });
});
