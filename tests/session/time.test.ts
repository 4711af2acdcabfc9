import { describe, expect, it } from "vitest";
import { FakeClock, settled } from "../../src/testing/fake-clock.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";

const HOUR = 3_600_000;

describe("a wall clock that is set", () => {
  it("back by an hour hides neither a lost answer nor a dead connection", async () => {
    const { client, clock, event, last, changes, register } = scriptedClient({ ackTimeout: 2_000 });
    await register();
    void event.publish(1, { cached: true });
    await clock.advance(1_000);
    clock.step(-HOUR);
    await clock.advance(1_000);
    expect(changes.at(-1)).toMatchObject({ state: "reconnecting", error: { code: "TIMEOUT" } });
    await clock.advance(10_000);
    last().serverAccepts();
    last().serverSends("IO_REGISTERED", "IO_PUBLISHED");
    for (let beat = 0; beat < 3; beat += 1) {
      await clock.advance(5_000);
      last().serverSendsFrame("h");
    }
    clock.step(-HOUR);
    await clock.advance(15_000);
    expect(client.state).toBe("reconnecting");
  });

  it("forward by an hour ends no healthy connection", async () => {
    const { client, clock, event, last, register } = scriptedClient();
    await register();
    const published = event.publish(1, { cached: true });
    clock.step(HOUR);
    await clock.advance(9_999);
    expect(client.state).toBe("registered");
    last().serverSends("IO_PUBLISHED");
    await published;
  });
});

describe("a clock of the user that has no monotonic time, set back by an hour", () => {
  function scripted() {
    const clock = new FakeClock();
    const { client, event, last, register } = scriptedClient({
      ackTimeout: 2_000,
      clock: {
        now: () => clock.now(),
        setTimeout: (callback, ms) => clock.setTimeout(callback, ms),
        clearTimeout: (timer) => clock.clearTimeout(timer),
      },
    });
    return { client, clock, event, last, register };
  }

  it("does not hide that what is published then has no answer", async () => {
    const { client, clock, event, register } = scripted();
    await register();
    clock.step(-HOUR);
    void event.publish(1, { cached: true });
    await clock.advance(2_000);
    expect(client.state).toBe("reconnecting");
  });

  it("nor that a server falls silent then", async () => {
    const { client, clock, last, register } = scripted();
    await register();
    clock.step(-HOUR);
    for (let beat = 0; beat < 3; beat += 1) {
      await clock.advance(5_000);
      last().serverSendsFrame("h");
    }
    await clock.advance(15_000);
    expect(client.state).toBe("reconnecting");
  });
});

describe("a program that stood still", () => {
  it("first reads the answers that have arrived meanwhile", async () => {
    const { client, clock, event, last, register } = scriptedClient();
    await register();
    const published = event.publish(1, { cached: true });
    // 15 s of a busy loop: the timer fires late, before the answer in the socket is read.
    clock.jump(15_000);
    await clock.advance(0);
    last().serverSends("IO_PUBLISHED");
    await published;
    await clock.advance(60_000);
    expect(client.state).toBe("registered");
  });

  it("and drops the connection if none has", async () => {
    const { client, clock, event, register } = scriptedClient();
    await register();
    void event.publish(1, { cached: true });
    clock.jump(15_000);
    await clock.advance(2_000);
    expect(client.state).toBe("reconnecting");
  });

  it("first reads IO_CONNECTED and IO_REGISTERED, too", async () => {
    const { client, clock, last } = scriptedClient();
    const connected = client.connect(URL);
    await settled();
    clock.jump(15_000);
    await clock.advance(0);
    last().serverAccepts();
    await connected;
    const registered = client.register();
    await settled();
    clock.jump(15_000);
    await clock.advance(0);
    last().serverSends("IO_REGISTERED");
    await registered;
  });
});

describe("the answer of an event", () => {
  it("has its whole time, whatever was answered before", async () => {
    const { client, clock, event, last, register } = scriptedClient({ ackTimeout: 10_000 });
    await register();
    const first = event.publish(1);
    await clock.advance(1_000);
    last().serverSends("IO_PUBLISHED");
    await first;
    await clock.advance(8_900);
    const second = event.publish(2);
    await clock.advance(9_999);
    expect(client.state).toBe("registered");
    last().serverSends("IO_PUBLISHED");
    await second;
  });
});

describe("a SockJS close frame", () => {
  it("whose TCP connection is not closed ends the connection after closeTimeout", async () => {
    const { client, clock, last, register } = scriptedClient({ closeTimeout: 1_500 });
    await register();
    last().serverSendsFrame('c[3000,"Go away!"]');
    expect(last().closeRequested).toBe(true);
    await clock.advance(1_499);
    expect(client.state).toBe("registered");
    await clock.advance(1);
    expect(client.state).toBe("reconnecting");
    expect(last().terminated).toBe(true);
  });
});

describe("pauses", () => {
  it.each([
    [0, 10_000],
    [0.5, 11_000],
    [0.999_99, 12_000],
  ])("by the interval are up to 20 % longer, at random (%d: %d ms)", async (random, pause) => {
    const { changes, last, register } = scriptedClient({ random: () => random });
    await register();
    last().serverCloses();
    expect(changes.at(-1)?.retryInMs).toBe(pause);
  });

  it("of a policy are capped at what a timer takes", async () => {
    const { clock, changes, last, register, sockets } = scriptedClient({ retryPolicy: () => 2 ** 31 });
    await register();
    last().serverCloses();
    expect(changes.at(-1)?.retryInMs).toBe(2 ** 31 - 1);
    await clock.advance(HOUR);
    expect(sockets).toHaveLength(1);
  });
});

describe("keep-alive with raw framing", () => {
  it("is on by default, where the platform has pings: a frozen server is noticed", async () => {
    const { client, clock, register } = scriptedClient({ sockJsFraming: false });
    let pings = 0;
    await register(() => {
      pings += 1;
    });
    await clock.advance(8_000);
    expect(pings).toBe(1);
    await clock.advance(16_000);
    expect(client.state).toBe("reconnecting");
  });

  it("can be turned off", async () => {
    const { client, clock, register } = scriptedClient({ sockJsFraming: false, keepAlive: false });
    await register(() => {});
    await clock.advance(HOUR);
    expect(client.state).toBe("registered");
  });
});
