import { expect, it, onTestFinished } from "vitest";
import { monitorSockets } from "../support/chaos/monitored-socket.ts";
import { FaultProxy } from "../support/fault-proxy/fault-proxy.ts";
import { FRAMINGS, testBroker, testClient } from "../support/setup.ts";

/** src/session/delivery/outbox.ts. */
const HIGH_WATER = 4_000_000;
const PAYLOAD = "x".repeat(100_000);
/** 40 MB: the system's own socket buffers take several of them. */
const COUNT = 400;

it.each(FRAMINGS)(
  "a slow reader: the socket never gets more than its high-water mark, while 40 MB wait ($framing)",
  { timeout: 60_000 },
  async ({ framing, sockJsFraming }) => {
    const broker = await testBroker();
    const proxy = await FaultProxy.start(broker.url);
    onTestFinished(() => proxy[Symbol.asyncDispose]());
    const monitor = monitorSockets(framing === "raw" ? "raw" : "sockjs", () => 0);
    const client = testClient({ sockJsFraming, socket: monitor.factory, cached: true, ackTimeout: 60_000 });
    const event = client.addEvent({ eventId: "E", dataFormat: "string" });
    const arrived: (string | undefined)[] = [];
    let longest = 0;
    broker.on("event", ({ correlationId, dataObject }) => {
      arrived.push(correlationId);
      longest = Math.max(longest, (dataObject as string).length);
    });
    await client.connect(proxy.url);
    await client.register();

    const published: Promise<unknown>[] = [];
    const publish = (): void => {
      published.push(event.publish(PAYLOAD, { correlationId: String(published.length) }));
    };
    // The first half before the reader stops, so that it stops in the middle of things.
    for (let index = 0; index < COUNT / 2; index += 1) {
      publish();
    }
    proxy.stopReading();
    for (let index = 0; index < COUNT / 2; index += 1) {
      publish();
    }
    const most = monitor.mostBuffered;
    // Its answer would show that something is still read.
    expect(most).toBeGreaterThan(HIGH_WATER - 2 * PAYLOAD.length);
    proxy.readOn();
    await Promise.all(published);

    // One message may go over the mark.
    expect(monitor.mostBuffered).toBeLessThan(HIGH_WATER + 1.1 * PAYLOAD.length);
    expect(monitor.sockets).toBe(1);
    expect(arrived).toEqual(Array.from({ length: COUNT }, (_, index) => String(index)));
    expect(longest).toBe(PAYLOAD.length);
  },
);
