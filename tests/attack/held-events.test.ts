import { expect, test } from "vitest";
import { AttackedBroker } from "../support/attack/attacked-broker.ts";
import { HEAP_BOUND, MAX_HEAP } from "../support/attack/heap.ts";
import { BareClient } from "../support/broker/bare-client.ts";
import { ask } from "../support/broker/rest.ts";

const COUNT = 60;

test("what flows from several events keep is text, also if other flows have read it", {
  timeout: 180_000,
}, async () => {
  await using broker = await AttackedBroker.start(MAX_HEAP);
  const client = await BareClient.connect(broker.url, "raw");
  const eventIds = Array.from({ length: COUNT }, (_, index) => `E${index}`);
  const service = { "@class": "SmartObject", uuid: "u", name: "n", token: "t" };
  await client.ask(`R ${JSON.stringify({ ...service, events: eventIds.map((eventId) => ({ eventId })) })}`);
  const to = { uuid: "offline", functionId: "F" };
  for (const eventId of eventIds) {
    const from = { uuid: "u", eventId };
    const missing = { uuid: "nobody", eventId };
    const flows = [
      { from, to, mapping: { "/a": "/dataObject/k1" } },
      { from: [from, missing], to, mapping: { "/a": "/0/dataObject/k1" } },
    ];
    for (const flow of flows) {
      expect((await broker.orEnd(ask(broker.url, "POST", "/broker/flows", flow))).status).toBe(201);
    }
  }
  for (const eventId of eventIds) {
    const members = Array.from({ length: 70_000 }, (_, index) => `"k${index}":0`).join();
    const answer = await broker.orEnd(
      client.ask(`E {"uuid":"u","eventId":"${eventId}","dataObject":{${members}}}`),
    );
    expect(answer).toBe("IO_PUBLISHED");
  }
  expect((await broker.usage("collect")).heap / 1_000_000).toBeLessThan(HEAP_BOUND);
  await client.close();
});
