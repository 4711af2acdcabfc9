import { describe, expect, it } from "vitest";
import { FakeClock, settled } from "../../../src/testing/fake-clock.ts";
import { scriptedClient, URL } from "../../support/client/scripted-client.ts";

describe("retryNow()", () => {
  it("makes the attempt to connect that waits, once", async () => {
    const { client, clock, last, register, sentValues, serverRegisters, sockets, event } = scriptedClient();
    await register();
    last().serverCloses();
    const waiting = event.publish(1, { cached: true });
    await clock.advance(200);
    expect([client.retryNow(), client.retryNow()]).toEqual([true, true]);
    await clock.advance(0);
    expect([sockets.length, client.state, client.retryNow()]).toEqual([2, "connecting", false]);
    await serverRegisters();
    expect(sentValues()).toEqual([1]);
    last().serverSends("IO_PUBLISHED");
    await waiting;
    await clock.advance(60_000);
    expect(sockets).toHaveLength(2);
  });

  it("keeps what waits for the first connection", async () => {
    const { client, clock, last, serverRegisters, sockets } = scriptedClient();
    const started = client.start(URL);
    await settled();
    last().serverCloses();
    await clock.advance(100);
    expect(client.retryNow()).toBe(true);
    await clock.advance(0);
    expect(sockets).toHaveLength(2);
    await serverRegisters();
    await started;
  });

  it("leaves the count of the retry policy as it is", async () => {
    const attempts: number[] = [];
    const retryPolicy = (attempt: number) => attempts.push(attempt) * 60_000;
    const { client, clock, last, register } = scriptedClient({ retryPolicy });
    await register();
    for (let index = 0; index < 3; index += 1) {
      last().serverCloses();
      client.retryNow();
      await clock.advance(100);
    }
    expect(attempts).toEqual([1, 2, 3]);
  });

  it("keeps 100 ms between two attempts, whoever calls it as often as he can", async () => {
    const { client, clock, last, register, sockets } = scriptedClient();
    client.on("stateChange", () => client.retryNow());
    await register();
    last().serverCloses();
    for (let ms = 0; ms < 1_000; ms += 10) {
      client.retryNow();
      await clock.advance(10);
      if (client.state === "connecting") {
        last().serverCloses();
      }
    }
    expect(sockets).toHaveLength(11);
  });

  it("sends the registration again that was refused for now", async () => {
    const { client, clock, last, register } = scriptedClient();
    await register();
    const registrations = () => last().messages.filter((message) => message.startsWith("R "));
    last().serverSends("NIO_ALREADY_CONNECTED");
    expect([client.state, client.retryNow()]).toEqual(["connected", true]);
    await clock.advance(99);
    expect(registrations()).toHaveLength(1);
    await clock.advance(1);
    expect([registrations().length, client.retryNow()]).toEqual([2, false]);
    last().serverSends("IO_REGISTERED");
    expect(client.state).toBe("registered");
    await clock.advance(60_000);
    expect(registrations()).toHaveLength(2);
  });

  it("says no while it disconnects, and while a connection is being given up", async () => {
    const answers: boolean[] = [];
    const retryPolicy = () => {
      answers.push(client.retryNow());
      return 30_000;
    };
    const { client, last, register } = scriptedClient({ retryPolicy });
    await register();
    last().serverSends("NIO_ALREADY_CONNECTED");
    last().serverCloses();
    expect([client.state, answers]).toEqual(["reconnecting", [false, false]]);

    const other = scriptedClient();
    await other.register();
    other.last().serverSends("NIO_ALREADY_CONNECTED");
    const ended = other.client.disconnect();
    expect([other.client.state, other.client.retryNow()]).toEqual(["disconnecting", false]);
    other.last().serverCloses();
    await ended;
  });

  it("does not wait for a clock that was set back", async () => {
    const time = new FakeClock();
    const { last, register, client, sockets } = scriptedClient({
      clock: {
        now: () => time.now(),
        setTimeout: (callback, ms) => time.setTimeout(callback, ms),
        clearTimeout: (timer) => time.clearTimeout(timer),
      },
    });
    await register();
    last().serverCloses();
    time.step(-60_000);
    expect(client.retryNow()).toBe(true);
    await time.advance(100);
    expect(sockets).toHaveLength(2);
  });

  it("says no if nothing waits for its time", async () => {
    const { client, clock, last, register } = scriptedClient();
    expect(client.retryNow()).toBe(false);
    await register();
    expect(client.retryNow()).toBe(false);
    last().serverSends("NIO_REGISTRATION_ERROR");
    expect([client.state, client.retryNow()]).toEqual(["connected", false]);
    last().serverCloses();
    await client.disconnect();
    expect([client.state, client.retryNow(), clock.pending]).toEqual(["disconnected", false, 0]);
  });
});
