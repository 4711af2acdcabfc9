import { afterEach, beforeEach, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { ask } from "../../support/broker/rest.ts";

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const E1 = { uuid: "u1", eventId: "E1" };
const E2 = { uuid: "u1", eventId: "E2" };
const F1 = { uuid: "u1", functionId: "F1" };

let broker: Broker;
let client: BareClient;
beforeEach(async () => {
  broker = await startBroker();
  client = await (await BareClient.connect(broker.url, "raw")).register(describeService("u1"));
});
afterEach(() => broker.close());

const nextCall = async () =>
  (await client.nextJson("C")) as { correlationId: string; functionParameters: object };
const publish = async (changes: object = {}) => client.ask(eventMessage("u1", changes));

test("calls of code and of REST carry a new correlation id if none is given", async () => {
  broker.call("u1", "F1", "x");
  await ask(broker.url, "POST", "/broker/services/u1/call", { functionId: "F1", value: "x" });
  const [first, second] = [await nextCall(), await nextCall()];
  expect(first.correlationId).toMatch(UUID);
  expect(second.correlationId).toMatch(UUID);
  expect(second.correlationId).not.toBe(first.correlationId);
});

test("the calls of one event share its id, or a new one; a mapping finds it", async () => {
  broker.addFlow({ from: E1, to: F1 });
  broker.addFlow({
    from: E1,
    to: { uuid: "u1", functionId: "F2" },
    mapping: { "/id": "/correlationId", "/event": "" },
  });
  for (const correlationId of [undefined, null, "mine"]) {
    await publish({ correlationId });
    const [plain, mapped] = [await nextCall(), await nextCall()];
    expect(plain.correlationId).toEqual(correlationId ?? expect.stringMatching(UUID));
    expect(mapped).toMatchObject({
      correlationId: plain.correlationId,
      functionParameters: { id: plain.correlationId, event: { correlationId: plain.correlationId } },
    });
    // As it came.
    expect(broker.events.at(-1)?.correlationId).toBe(correlationId ?? undefined);
  }
});

test("of joined events the last one gives it, or it is a new one", async () => {
  broker.addFlow({ from: [E1, E2], to: F1, mapping: { "/a": "/0/dataObject" } });
  for (const correlationId of [undefined, "last"]) {
    await publish({ correlationId: "first" });
    await publish({ eventId: "E2", correlationId });
    expect((await nextCall()).correlationId).toEqual(correlationId ?? expect.stringMatching(UUID));
  }
});
