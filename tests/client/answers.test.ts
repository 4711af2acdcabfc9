import { describe, expect, it } from "vitest";
import type { FunctionCall, MsbClient, MsbError, MsbEvent } from "../../src/index.ts";
import { testBroker, testClient } from "../support/setup.ts";

type Handler = (
  call: FunctionCall,
  events: { result: MsbEvent<number>; other: MsbEvent<number> },
  client: MsbClient,
) => unknown;

/** What a call of a function with the one response event RESULT is answered with. */
async function answersOf(handler: Handler, payload: "int32" | null = "int32") {
  const broker = await testBroker();
  const client = testClient();
  const errors: MsbError[] = [];
  client.on("error", (error) => errors.push(error));
  const result = client.addEvent({ eventId: "RESULT", dataFormat: payload }) as MsbEvent<number>;
  const other = client.addEvent({ eventId: "OTHER", dataFormat: "int32" });
  let onHandled = (): void => {};
  const handled = new Promise<void>((resolve) => {
    onHandled = resolve;
  });
  client.addFunction({
    functionId: "F",
    responseEvents: ["RESULT"],
    handler: async (call) => {
      try {
        return await handler(call, { result, other }, client);
      } finally {
        onHandled();
      }
    },
  });
  await client.connect(broker.url);
  await client.register();
  broker.call(client.uuid, "F", undefined, { correlationId: "c" });
  await handled;
  // What is returned is published in the same turn.
  await new Promise((resolve) => setImmediate(resolve));
  await client.flush();
  expect(errors).toEqual([]);
  return broker.events.map(({ eventId, dataObject }) => [eventId, dataObject]);
}

describe("a call is answered once", () => {
  it.each<[string, Handler, unknown[]]>([
    ["returns a value", () => 1, [["RESULT", 1]]],
    ["returns what respond() gives", ({ respond }, { result }) => respond(result, 1), [["RESULT", 1]]],
    [
      "responds, and returns another value",
      async ({ respond }, { result }) => {
        await respond(result, 1);
        return 2;
      },
      [["RESULT", 1]],
    ],
    [
      "responds without waiting, and returns a value",
      ({ respond }) => {
        void respond("RESULT", 1);
        return 2;
      },
      [["RESULT", 1]],
    ],
    [
      "responds with two values of its own accord",
      async ({ respond }, { result }) => {
        await respond(result, 1);
        await respond(result, 2);
      },
      [
        ["RESULT", 1],
        ["RESULT", 2],
      ],
    ],
    [
      "responds with another event, and returns a value",
      ({ respond }, { other }) => {
        void respond(other, 1);
        return 2;
      },
      [
        ["OTHER", 1],
        ["RESULT", 2],
      ],
    ],
    [
      "returns what respond() gives for another event",
      ({ respond }, { other }) => respond(other, 1),
      [["OTHER", 1]],
    ],
    ["returns what publish() gives", (_, { other }) => other.publish(1), [["OTHER", 1]]],
    ["returns what publish() by id gives", (_, __, client) => client.publish("OTHER", 1), [["OTHER", 1]]],
    ["returns nothing", () => undefined, []],
  ])("by a handler that %s", async (_, handler, events) => {
    expect(await answersOf(handler)).toEqual(events);
  });

  it.each<[string, Handler, unknown[]]>([
    ["returns nothing", () => undefined, [["RESULT", undefined]]],
    ["responds", ({ respond }) => respond("RESULT"), [["RESULT", undefined]]],
    [
      "returns what publish() gives",
      (_, { other }) => other.publish(1),
      [
        ["OTHER", 1],
        ["RESULT", undefined],
      ],
    ],
  ])("with an event without payload, by a handler that %s", async (_, handler, events) => {
    expect(await answersOf(handler, null)).toEqual(events);
  });

  it("and what a response resolves to is the result of publish()", async () => {
    const results: unknown[] = [];
    await answersOf(async ({ respond }, { result }) => {
      results.push(await respond(result, 1));
    });
    expect(results).toEqual([{ eventId: "RESULT", postDate: expect.any(String), correlationId: "c" }]);
    expect(JSON.stringify(results)).toMatch(
      /^\[\{"eventId":"RESULT","postDate":"[^"]+","correlationId":"c"\}\]$/,
    );
  });
});
