import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";

let broker: Broker;
beforeEach(async () => {
  broker = await startBroker();
});
afterEach(() => broker.close());

const connect = async (uuid: string) =>
  (await BareClient.connect(broker.url, "raw")).register(describeService(uuid));

describe("waiting", () => {
  test("for a registration: now, the first, the next", async () => {
    const first = broker.waitForRegistration("u1");
    const client = await connect("u1");
    expect(await first).toMatchObject({ uuid: "u1" });
    expect(await broker.waitForRegistration("u1")).toBe(broker.services.get("u1"));
    const next = broker.waitForRegistration("u1", { next: true });
    await client.register(describeService("u1", { name: "again" }));
    expect(await next).toMatchObject({ name: "again" });
    await expect(broker.waitForRegistration("u2", { timeout: 1 })).rejects.toMatchObject({
      code: "TIMEOUT",
      message: 'Waited 1 ms for a registration of "u2", and none came.',
    });
  });

  test("for a message, and for the end of a connection", async () => {
    const client = await connect("u1");
    const sent = broker.waitForMessage({ direction: "out", startsWith: "C" });
    const received = broker.waitForMessage(({ text }) => text.includes("needle"));
    const end = broker.waitForDisconnect("u1");
    broker.call("u1", "F1", "x");
    client.send(eventMessage("u1", { dataObject: "needle" }));
    expect(await sent).toMatchObject({ direction: "out", connectionId: "c1" });
    expect(await received).toMatchObject({ direction: "in" });
    broker.cut("u1");
    expect(await end).toMatchObject({ uuids: ["u1"] });
    await expect(broker.waitForMessage({ startsWith: "K" }, 1)).rejects.toMatchObject({ code: "TIMEOUT" });
    await expect(broker.waitForDisconnect("u1", 1)).rejects.toMatchObject({ code: "TIMEOUT" });
  });

  // Node.js takes them for one millisecond: "Waited Infinity ms, and none came".
  test.each([Number.POSITIVE_INFINITY, Number.NaN, -1, 2 ** 31])("of %d ms is refused", async (timeout) => {
    await connect("u1");
    const wait = (start: () => Promise<unknown>) => (async () => start())();
    const message = `timeout: must be milliseconds from 0 to 2147483647, not ${timeout}`;
    await expect(wait(() => broker.waitForEvent({}, timeout))).rejects.toThrow(message);
    await expect(wait(() => broker.waitForMessage({}, timeout))).rejects.toThrow(message);
    await expect(wait(() => broker.waitForDisconnect("u1", timeout))).rejects.toThrow(message);
    await expect(wait(() => broker.waitForRegistration("u2", { timeout }))).rejects.toThrow(message);
    await expect(wait(() => broker.callAndWait("u1", "F1", "x", { timeout }))).rejects.toThrow(message);
    expect(broker.counters.callsSent).toBe(0);
  });

  test("ends with the broker", async () => {
    const waits = [
      broker.waitForRegistration("u1"),
      broker.waitForMessage({}),
      broker.waitForDisconnect("u1"),
      broker.waitForEvent(),
    ];
    await broker.close();
    for (const wait of waits) {
      await expect(wait).rejects.toMatchObject({ code: "DISCONNECTED" });
    }
  });

  test("for the response event of a call", async () => {
    const client = await connect("u1");
    const response = broker.callAndWait("u1", "F1", "x", { eventId: "E1" });
    const { correlationId } = (await client.nextJson("C")) as { correlationId: string };
    client.send(
      eventMessage("u1", { correlationId: "another" }),
      eventMessage("u1", { correlationId, eventId: "E2" }),
      eventMessage("u1", { correlationId, dataObject: "done" }),
    );
    expect(await response).toMatchObject({ eventId: "E1", dataObject: "done" });
    await expect(broker.callAndWait("u1", "F1", "x", { timeout: 1 })).rejects.toMatchObject({
      code: "TIMEOUT",
    });
    expect(() => broker.callAndWait("no", "F1")).toThrow(/No service "no"/);
  });
});
