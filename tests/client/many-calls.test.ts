import { expect, it } from "vitest";
import { FRAMINGS, testBroker, testClient } from "../support/setup.ts";

const CALLS = 20_000;

it.each(FRAMINGS)(
  "20,000 calls to a slow handler: never more than 100 at once, all run, none lost ($framing)",
  async ({ sockJsFraming }) => {
    const broker = await testBroker();
    const client = testClient({ sockJsFraming });
    let running = 0;
    let most = 0;
    const handled: number[] = [];
    const errors: string[] = [];
    client.on("error", ({ message }) => errors.push(message));
    client.addFunction({
      functionId: "SLOW",
      dataFormat: "int32",
      handler: async ({ dataObject }) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running -= 1;
        handled.push(dataObject);
      },
    });
    await client.connect(broker.url);
    await client.register();
    for (let number = 0; number < CALLS; number += 1) {
      broker.call(client.uuid, "SLOW", number);
    }
    await expect.poll(() => handled.length).toBe(CALLS);
    expect(most).toBe(100);
    expect(new Set(handled).size).toBe(CALLS);
    expect(errors).toEqual([]);
    expect(client.isRegistered()).toBe(true);
  },
);

it("handlers that all await publish() come to no standstill behind a full queue", async () => {
  const broker = await testBroker();
  const client = testClient({ maxConcurrentCalls: 5 });
  const done = client.addEvent({ eventId: "DONE", dataFormat: "int32" });
  let handled = 0;
  client.on("error", () => {});
  client.addFunction({
    functionId: "F",
    dataFormat: "int32",
    handler: async ({ dataObject, respond }) => {
      await respond(done, dataObject);
      handled += 1;
    },
  });
  await client.connect(broker.url);
  await client.register();
  // In one turn: the answers to the first events come behind all the calls.
  for (let number = 0; number < 5_000; number += 1) {
    broker.call(client.uuid, "F", number);
  }
  await expect.poll(() => handled).toBeGreaterThanOrEqual(505);
  await client.flush();
  expect(broker.events.length).toBeGreaterThanOrEqual(505);
  expect(client.isRegistered()).toBe(true);
});

it("handlers that all change a parameter come to no standstill either", async () => {
  const broker = await testBroker();
  const client = testClient({ maxConcurrentCalls: 1 });
  const limit = client.addConfigParameter("limit", -1, "int32");
  let handled = 0;
  client.on("error", () => {});
  client.addFunction({
    functionId: "F",
    dataFormat: "int32",
    handler: async ({ dataObject }) => {
      await limit.change(dataObject);
      handled += 1;
    },
  });
  await client.connect(broker.url);
  await client.register();
  for (let number = 0; number < 1_000; number += 1) {
    broker.call(client.uuid, "F", number);
  }
  await expect.poll(() => handled).toBeGreaterThanOrEqual(11);
  expect(client.isConnected()).toBe(true);
});

it.each([
  ["returns the answer", "return"],
  ["awaits respond()", "respond"],
] as const)("a burst of 5,000 calls is answered whole by a handler that %s", async (_, how) => {
  const broker = await testBroker();
  const client = testClient();
  const answer = client.addEvent({ eventId: "ANSWER", dataFormat: "int32" });
  const errors: string[] = [];
  client.on("error", ({ message }) => errors.push(message));
  client.addFunction({
    functionId: "F",
    dataFormat: "int32",
    responseEvents: [answer],
    handler: async ({ dataObject, respond }) => {
      if (how === "return") {
        return dataObject;
      }
      await respond(answer, dataObject);
      return undefined;
    },
  });
  await client.connect(broker.url);
  await client.register();
  const answers = new Set<unknown>();
  broker.on("event", ({ dataObject }) => answers.add(dataObject));
  for (let number = 0; number < 5_000; number += 1) {
    broker.call(client.uuid, "F", number);
  }
  await expect.poll(() => answers.size).toBe(5_000);
  expect(errors).toEqual([]);
});
