import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Level } from "level";
import { describe, expect, it, onTestFinished } from "vitest";
import type { MsbError } from "../../src/index.ts";
import { levelStore } from "../../src/level-store/index.ts";
import { testBroker, testClient } from "../support/setup.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "msb-store-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A client on a store, with its event and its errors. */
function client(location: string, uuid = "stored") {
  const msb = testClient({ uuid, store: levelStore(location), cached: true });
  const event = msb.addEvent({ eventId: "E", dataFormat: "int32" });
  const errors: MsbError[] = [];
  msb.on("error", (error) => errors.push(error));
  return { msb, event, errors };
}

describe("the level store", () => {
  it("keeps cached events over the end of the client, and sends them first, in order, with what they said", async () => {
    const location = folder();
    const first = client(location);
    const results = [];
    for (const value of [1, 2, 3]) {
      results.push(
        await first.event.publish(value, { until: "stored", correlationId: `c${value}`, priority: "HIGH" }),
      );
    }
    await first.msb.disconnect();

    const broker = await testBroker();
    const second = client(location);
    const fourth = second.event.publish(4);
    await second.msb.connect(broker.url);
    await second.msb.register();
    await fourth;
    expect(broker.events.map(({ dataObject }) => dataObject)).toEqual([1, 2, 3, 4]);
    expect(broker.events[0]).toMatchObject({
      priority: 2,
      correlationId: "c1",
      postDate: results[0]?.postDate,
    });

    await second.msb.disconnect();
    const third = client(location);
    await third.msb.connect(broker.url);
    await third.msb.register();
    await third.msb.flush();
    expect(broker.events).toHaveLength(4);
  });

  it("tells a waiting publisher at disconnect that its event is kept", async () => {
    const { msb, event, errors } = client(folder());
    await event.publish(0, { until: "stored" });
    const told = expect(event.publish(1)).rejects.toMatchObject({
      code: "DISCONNECTED",
      message: expect.stringContaining("It is kept in the store, and is sent after the next connect()."),
    });
    await msb.disconnect();
    await told;
    // The one was awaited, and the other is stored, as it was promised.
    expect(errors).toEqual([]);
  });

  it("is for one client at a time, and says so", async () => {
    const broker = await testBroker();
    const location = folder();
    const [first, second] = [client(location, "u1"), client(location, "u2")];
    await first.msb.connect(broker.url);
    await expect(second.msb.connect(broker.url)).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringMatching(
        /^The store .* is open in another client\. Give each client a store of its own/,
      ),
    });
    await first.msb.disconnect();
    await second.msb.connect(broker.url);
    expect(second.msb.isConnected()).toBe(true);
  });

  it("reports damaged records once, skips them, and sends the others", async () => {
    const location = folder();
    const writer = client(location);
    for (const value of [1, 2]) {
      await writer.event.publish(value, { until: "stored" });
    }
    await writer.msb.disconnect();
    const level = new Level<string, string>(location);
    await level.put("0000000000000001", '{"eventId":"E","mess');
    await level.put("0000000000000003", '{"eventId":"E"}');
    await level.put("key", "{}");
    await level.close();

    const broker = await testBroker();
    const reader = client(location);
    await reader.msb.connect(broker.url);
    await reader.msb.register();
    await reader.msb.flush();
    expect(broker.events.map(({ dataObject }) => dataObject)).toEqual([2]);
    expect(reader.errors.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(
        /^STORE_FAILED The store of the event cache is damaged at 0000000000000001, which is skipped: .*JSON/,
      ),
      expect.stringMatching(/0000000000000003, .* it is not an event/),
      expect.stringMatching(/key, .* not a number of 16 digits/),
    ]);
    await reader.msb.disconnect();
    const again = client(location);
    await again.msb.connect(broker.url);
    expect(again.errors).toEqual([]);
  });

  it("names what cannot be opened", async () => {
    const broker = await testBroker();
    const { msb } = client("/dev/null/store");
    await expect(msb.connect(broker.url)).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining('The store "/dev/null/store" cannot be opened'),
    });
    expect(msb.state).toBe("disconnected");
  });

  it("until stored without a store, or uncached, is refused", async () => {
    const { event } = client(folder());
    await expect(event.publish(1, { until: "stored", cached: false })).rejects.toMatchObject({
      code: "STORE_FAILED",
    });
    const plain = testClient().addEvent({ eventId: "E" });
    await expect(plain.publish(undefined, { until: "stored", cached: true })).rejects.toThrow(
      'until: "stored" needs the client option store',
    );
  });

  it("drops the oldest from the store too when the cache is full", async () => {
    const location = folder();
    const first = client(location);
    first.msb.setEventCacheSize(2);
    await first.event.publish(0, { until: "stored" });
    const published = Promise.allSettled([1, 2, 3].map((value) => first.event.publish(value)));
    await first.msb.disconnect();
    const codes = (await published).map((outcome) => outcome.status === "rejected" && outcome.reason.code);
    expect(codes).toEqual(["EVENT_DROPPED", "DISCONNECTED", "DISCONNECTED"]);
    const broker = await testBroker();
    const second = client(location);
    await second.msb.connect(broker.url);
    await second.msb.register();
    await second.msb.flush();
    expect(broker.events.map(({ dataObject }) => dataObject)).toEqual([0, 2, 3]);
  });
});
