import { describe, expect, it } from "vitest";
import * as z from "zod";
import { testBroker, testClient } from "../support/setup.ts";

async function setUp() {
  const broker = await testBroker();
  const client = testClient();
  const stopped = client.addEvent({ eventId: "STOPPED" });
  const settings = client.addEvent({ eventId: "SETTINGS", dataFormat: z.object({ cached: z.boolean() }) });
  client.addFunction({
    functionId: "STOP",
    responseEvents: [stopped, settings],
    handler: async ({ respond }) => {
      await respond(stopped, { priority: "HIGH" });
      await respond("STOPPED", { priority: "MEDIUM" });
      await respond(settings, { cached: true });
    },
  });
  await client.start(broker.url);
  const received = () =>
    broker.events.map(({ eventId, priority, correlationId, dataObject }) => ({
      eventId,
      priority,
      correlationId,
      dataObject,
    }));
  return { broker, client, stopped, settings, received };
}

describe("the options of an event without payload", () => {
  it("come first or second, by the event or by its id", async () => {
    const { client, stopped, received } = await setUp();
    await stopped.publish({ priority: "HIGH", correlationId: "1" });
    await stopped.publish(undefined, { priority: "HIGH", correlationId: "2" });
    await client.publish("STOPPED", { priority: "HIGH", correlationId: "3" });
    await client.publish("STOPPED", undefined, { priority: "HIGH", correlationId: "4" });
    await stopped.publish();
    await stopped.publish({});
    const high = { eventId: "STOPPED", priority: 2, dataObject: undefined };
    const low = { ...high, priority: 0, correlationId: undefined };
    expect(received()).toEqual([
      ...["1", "2", "3", "4"].map((correlationId) => ({ ...high, correlationId })),
      low,
      low,
    ]);
  });

  it("come first in a response, too, which keeps the correlation id of its call", async () => {
    const { broker, client, received } = await setUp();
    const last = broker.waitForEvent({ eventId: "SETTINGS" });
    broker.call(client.uuid, "STOP", undefined, { correlationId: "c" });
    await last;
    expect(received()).toEqual([
      { eventId: "STOPPED", priority: 2, correlationId: "c", dataObject: undefined },
      { eventId: "STOPPED", priority: 1, correlationId: "c", dataObject: undefined },
      // With a payload, the first is the payload, whatever it looks like.
      { eventId: "SETTINGS", priority: 0, correlationId: "c", dataObject: { cached: true } },
    ]);
  });

  it("are checked there", async () => {
    const { client, stopped } = await setUp();
    await expect(stopped.publish({ colour: "red" } as never)).rejects.toMatchObject({
      code: "INVALID_VALUE",
      message: 'Publishing event "STOPPED": colour: is not known here',
    });
    await expect(client.publish("STOPPED", { priority: "URGENT" })).rejects.toMatchObject({
      code: "INVALID_VALUE",
      message: expect.stringContaining("priority: must be"),
    });
  });

  it.each([[5], ["now"], [[{ cached: true }]], [new Date(0)], [new Map()]])(
    "are not %o, which would be a payload",
    async (value) => {
      const { client } = await setUp();
      await expect(client.publish("STOPPED", value)).rejects.toMatchObject({
        code: "INVALID_VALUE",
        message: expect.stringContaining("must be no payload"),
      });
    },
  );
});

describe("the payload of an event that has one", () => {
  it("comes first, though it looks like options", async () => {
    const { client, settings, received } = await setUp();
    await settings.publish({ cached: true });
    await client.publish("SETTINGS", { cached: false }, { correlationId: "c" });
    expect(received()).toMatchObject([
      { dataObject: { cached: true }, correlationId: undefined },
      { dataObject: { cached: false }, correlationId: "c" },
    ]);
  });
});
