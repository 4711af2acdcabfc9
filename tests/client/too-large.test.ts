import { describe, expect, it } from "vitest";
import { FRAMINGS, testBroker, testClient } from "../support/setup.ts";

/** What Spring takes unless it is configured. */
const SPRING = 8_192;

describe.each(FRAMINGS)("an MSB that takes 8,192 characters ($framing)", ({ sockJsFraming }) => {
  it("stored events that are too large for it are told, and the others arrive in order", async () => {
    const broker = await testBroker({ maxMessageSize: SPRING });
    const client = testClient({ sockJsFraming, cached: true, retryPolicy: () => 100 });
    const text = client.addEvent({ eventId: "T", dataFormat: "string" });
    const sizes = [10, SPRING, 20, 30, SPRING * 2, 40];
    const outcomes = Promise.allSettled(sizes.map((size) => text.publish("x".repeat(size))));
    await client.connect(broker.url, { waitForServer: true });
    await client.register();
    const codes = (await outcomes).map((outcome) =>
      outcome.status === "rejected" ? outcome.reason.code : "accepted",
    );
    expect(codes).toEqual(["accepted", "TOO_LARGE", "accepted", "accepted", "TOO_LARGE", "accepted"]);
    expect(broker.events.map(({ dataObject }) => String(dataObject).length)).toEqual([10, 20, 30, 40]);
    expect(client.isRegistered()).toBe(true);
  });

  it("refuses a larger self-description, and register() says so", async () => {
    const broker = await testBroker({ maxMessageSize: SPRING });
    const client = testClient({ sockJsFraming, retryPolicy: () => 100, description: "d".repeat(SPRING) });
    await client.connect(broker.url, { waitForServer: true });
    await expect(client.register()).rejects.toMatchObject({
      code: "TOO_LARGE",
      message: expect.stringContaining("The self-description is too large for the MSB"),
    });
  });
});

it("a self-description of 1.1 MB is not even sent", async () => {
  const broker = await testBroker();
  const client = testClient({ description: "d".repeat(1_100_000) });
  await client.connect(broker.url);
  await expect(client.register()).rejects.toMatchObject({
    code: "TOO_LARGE",
    message: expect.stringMatching(/^The self-description was not sent: its message has 110\d{4} bytes/),
  });
  expect(client.isConnected()).toBe(true);
});
