import { afterEach, beforeEach, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService } from "../../support/broker/describe.ts";

let broker: Broker;
beforeEach(async () => {
  broker = await startBroker();
});
afterEach(() => broker.close());

const connect = async (uuid: string) =>
  (await BareClient.connect(broker.url, "raw")).register(describeService(uuid));

test("call with named parameters", async () => {
  const client = await connect("u1");
  broker.call("u1", "F1", undefined, { parameters: { a: 1, b: [2] } });
  expect(await client.nextJson("C")).toMatchObject({ functionParameters: { a: 1, b: [2] } });
});

test("publish checks the value, and later changes of it do not matter", async () => {
  await connect("u1");
  expect(() => broker.publish("u1", "E1", 5)).toThrow(/must be a string/);
  expect(() => broker.publish("u1", "E9")).toThrow(/"u1" has no event "E9"/);
  expect(() => broker.publish("u9", "E1")).toThrow(/No service "u9"/);
  await (await BareClient.connect(broker.url, "raw")).register(
    describeService("u2", {
      events: [{ "@id": 1, eventId: "E", dataFormat: { dataObject: { type: "object", properties: {} } } }],
    }),
  );
  const value = { a: 1 };
  broker.publish("u2", "E", value);
  value.a = 2;
  expect(broker.events.at(-1)?.dataObject).toEqual({ a: 1 });
});
