import { describe, expect, it, onTestFinished } from "vitest";
import type { ReceivedEvent } from "../../src/broker/index.ts";
import type { MsbClientOptions, MsbEvent, PublishResult } from "../../src/index.ts";
import { FaultProxy } from "../support/fault-proxy/fault-proxy.ts";
import { FRAMINGS, testBroker, testClient } from "../support/setup.ts";

const IDS = 1_000;

/** A registered client behind a proxy, with its events, and what arrived of them at the broker. */
async function setUp(ids: number, options: MsbClientOptions = {}) {
  const broker = await testBroker();
  const proxy = await FaultProxy.start(broker.url);
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const client = testClient({ cached: true, retryPolicy: () => 100, ...options });
  const events = Array.from({ length: ids }, (_, index) =>
    client.addEvent({ eventId: `E${index}`, dataFormat: "int32" }),
  );
  const arrived: ReceivedEvent[] = [];
  const onArrival = { act: (_value: number): void => {} };
  broker.on("event", (event) => {
    arrived.push(event);
    onArrival.act(event.dataObject as number);
  });
  await client.connect(proxy.url);
  await client.register();
  const dropped: unknown[] = [];
  client.on("eventDropped", (event) => dropped.push(event));

  /** Cuts the connection; nothing can be dialled until the proxy is healed. */
  async function outage(): Promise<void> {
    const lost = new Promise<void>((resolve) => {
      const off = client.on("stateChange", ({ state }) => {
        if (state !== "reconnecting") {
          return;
        }
        off();
        resolve();
      });
    });
    proxy.refuseDials(Number.POSITIVE_INFINITY);
    proxy.cut();
    await lost;
  }

  return { client, events, proxy, arrived, onArrival, dropped, outage };
}

function publishTo(events: readonly MsbEvent<number>[], value: number): Promise<PublishResult> {
  const event = events[value % events.length];
  if (event === undefined) {
    throw new Error("no event was added");
  }
  return event.publish(value);
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe.each(FRAMINGS)("an outage ($framing framing)", ({ sockJsFraming }) => {
  it.each([
    { count: 1_000, ids: IDS },
    { count: 1_000, ids: 1 },
    // The large ones take seconds: one for each framing.
    { count: 100_000, ids: sockJsFraming ? IDS : 1 },
  ])(
    "$count cached events under $ids ids arrive once each, in order, as they were published",
    { timeout: 60_000 },
    async ({ count, ids }) => {
      // 1,000 is the default.
      const size = count === 1_000 ? {} : { eventCacheSize: count };
      const { client, events, proxy, arrived, dropped, outage } = await setUp(ids, {
        sockJsFraming,
        ...size,
      });
      await outage();
      const published = numbers(count).map((value) => publishTo(events, value));
      proxy.heal();
      const results = await Promise.all(published);

      expect(arrived).toHaveLength(count);
      const wrong = arrived.findIndex(
        ({ dataObject, eventId, postDate, priority }, index) =>
          dataObject !== index ||
          eventId !== `E${index % ids}` ||
          String(postDate) !== results[index]?.postDate ||
          priority !== 0,
      );
      expect(arrived[wrong]).toBeUndefined();
      expect(dropped).toEqual([]);
      expect(client.state).toBe("registered");
    },
  );

  it("keeps correlation id, post date and priority of each event", async () => {
    const { events, proxy, arrived, outage } = await setUp(1, { sockJsFraming });
    await outage();
    const published = numbers(10).map((value) =>
      events[0]?.publish(value, {
        correlationId: `c${value}`,
        priority: value % 2 === 0 ? "HIGH" : "LOW",
        postDate: new Date(1_500_000_000_000 + value),
      }),
    );
    proxy.heal();
    await Promise.all(published);
    expect(
      arrived.map(({ correlationId, priority, postDate }) => [correlationId, priority, postDate]),
    ).toEqual(
      numbers(10).map((value) => [
        `c${value}`,
        value % 2 === 0 ? 2 : 0,
        new Date(1_500_000_000_000 + value).toISOString(),
      ]),
    );
  });

  it("events published while the cache is flushed never overtake", async () => {
    const { client, events, proxy, arrived, onArrival, outage } = await setUp(IDS, {
      sockJsFraming,
      eventCacheSize: 2_000,
    });
    await outage();
    const published = numbers(1_000).map((value) => publishTo(events, value));
    let next = 1_000;
    const more = (): void => {
      published.push(publishTo(events, next));
      next += 1;
    };
    // At the moment of the registration, and one with each of the first arrivals.
    client.on("stateChange", ({ state }) => {
      if (state === "registering" || state === "registered") {
        more();
      }
    });
    onArrival.act = (value) => {
      if (value < 500) {
        more();
      }
    };
    proxy.heal();
    await client.flush();
    await Promise.all(published);
    expect(next).toBe(1_502);
    expect(arrived.map(({ dataObject }) => dataObject)).toEqual(numbers(next));
  });

  it("a second outage while the cache is flushed repeats what was in flight, and nothing else", async () => {
    const { client, events, proxy, arrived, onArrival, outage } = await setUp(IDS, {
      sockJsFraming,
      maxInFlight: 100,
    });
    await outage();
    for (const value of numbers(1_000)) {
      void publishTo(events, value);
    }
    onArrival.act = (value) => {
      if (value !== 500) {
        return;
      }
      onArrival.act = () => {};
      proxy.cut();
    };
    proxy.heal();
    await client.flush();
    const values = arrived.map(({ dataObject }) => dataObject as number);
    expect([...new Set(values)]).toEqual(numbers(1_000));
    const repeated = values.filter((value, index) => values.indexOf(value) !== index);
    expect(repeated.length).toBeGreaterThan(0);
    expect(repeated.length).toBeLessThanOrEqual(100);
  });
});
