import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import type { BrokerOptions } from "../../src/broker/index.ts";
import type { MsbClientOptions, StateChange } from "../../src/index.ts";
import { FaultProxy } from "../support/fault-proxy/fault-proxy.ts";
import { testBroker, testClient } from "../support/setup.ts";

/** Silence that is allowed with intervals of up to a second, in milliseconds; src/session/connection/liveness.ts. */
const LIMIT = 3_000;

/** What a machine that is busy with other tests may add: timers that are late get 2 s of grace there. */
const SLACK = 3_500;

interface Case {
  readonly name: string;
  readonly broker: BrokerOptions;
  readonly client: MsbClientOptions;
  /** How often the connection shows that it lives, in milliseconds. */
  readonly interval: number;
  /** What the broker has to send before the rhythm of its heart is known. */
  readonly heartbeats: number;
}

const CASES: readonly Case[] = [
  {
    name: "by websocket pings, where the server's heart does not beat",
    broker: { heartbeatInterval: 0 },
    client: { keepAlive: true, keepAliveInterval: 1_000 },
    interval: 1_000,
    heartbeats: 0,
  },
  {
    name: "by the server's heartbeats alone (SockJS h)",
    broker: { heartbeatInterval: 500 },
    client: {},
    interval: 500,
    heartbeats: 2,
  },
  {
    name: "by the server's ping messages alone (raw framing)",
    broker: { heartbeatInterval: 0, pingInterval: 500 },
    client: { sockJsFraming: false },
    interval: 500,
    heartbeats: 2,
  },
];

describe("a half-open connection is noticed in time", () => {
  it.concurrent.each(CASES.map((each) => [each.name, each] as const))(
    "%s",
    { timeout: 30_000 },
    async (_name, each) => {
      const broker = await testBroker(each.broker);
      const heart = new EventTarget();
      let beats = 0;
      const proxy = await FaultProxy.start(broker.url, {
        onBrokerFrame(frame) {
          if (frame !== "h" && frame !== "ping") {
            return;
          }
          beats += 1;
          heart.dispatchEvent(new Event("beat"));
        },
      });
      onTestFinished(() => proxy[Symbol.asyncDispose]());
      const client = testClient({ retryPolicy: () => 100, ...each.client });
      const event = client.addEvent({ eventId: "E", dataFormat: "int32" });
      await client.connect(proxy.url);
      await client.register();
      while (beats < each.heartbeats) {
        await once(heart, "beat");
      }
      // The last heartbeat has to be with the client: an answer that comes behind it is.
      await event.publish(1);

      const lost = nextState(client, "reconnecting");
      const again = nextState(client, "registered");
      const frozen = performance.now();
      proxy.freeze();
      const waiting = event.publish(2, { cached: true });
      const { error } = await lost;
      const noticed = performance.now() - frozen;

      expect(error).toMatchObject({
        code: "CONNECTION_LOST",
        message: expect.stringMatching(/is dead: nothing came for \d+ ms/),
      });
      // Its last sign of life may have come just before the network went.
      expect(noticed).toBeGreaterThan(LIMIT - each.interval - 100);
      expect(noticed).toBeLessThan(LIMIT + SLACK);
      await again;
      await waiting;
      expect(broker.events.map(({ dataObject }) => dataObject)).toEqual([1, 2]);
    },
  );

  it("and a network that swallows new connections too is left by the time of a dial", {
    timeout: 30_000,
  }, async () => {
    const broker = await testBroker();
    const proxy = await FaultProxy.start(broker.url);
    onTestFinished(() => proxy[Symbol.asyncDispose]());
    const client = testClient({ retryPolicy: () => 100, cached: true });
    const event = client.addEvent({ eventId: "E", dataFormat: "int32" });
    await client.connect(proxy.url);
    await client.register();
    client.set({ ackTimeout: 300, connectTimeout: 300 });
    proxy.freezeAll();
    const attempts: StateChange[] = [];
    const thirdAttempt = new Promise<void>((resolve) => {
      client.on("stateChange", (change) => {
        if (change.state === "reconnecting" && attempts.push(change) === 3) {
          resolve();
        }
      });
    });
    const waiting = event.publish(1);
    await thirdAttempt;
    expect(attempts.map(({ error }) => error?.code)).toEqual(["TIMEOUT", "TIMEOUT", "TIMEOUT"]);
    client.set({ ackTimeout: undefined, connectTimeout: undefined });
    proxy.letIn();
    await waiting;
    expect(broker.events.map(({ dataObject }) => dataObject)).toEqual([1]);
  });
});

function nextState(client: ReturnType<typeof testClient>, state: StateChange["state"]): Promise<StateChange> {
  return new Promise((resolve) => {
    const off = client.on("stateChange", (change) => {
      if (change.state !== state) {
        return;
      }
      off();
      resolve(change);
    });
  });
}
