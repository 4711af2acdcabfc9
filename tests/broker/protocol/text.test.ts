import { expect, test } from "vitest";
import { startBroker } from "../../../src/broker/index.ts";
import { BareClient, FRAMINGS } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import fc, { runs } from "../../support/properties.ts";

const NASTY = [
  ...[
    "\u2028",
    "\u2029",
    "\ud800",
    "\udfff",
    "\udc00\ud800",
    "\u0000",
    "\u001f",
    "\u007f",
    "\ufeff",
    "\uffff",
  ],
  ...[
    '"',
    "\\",
    '\\"',
    "\n",
    "\r\n",
    "\t",
    "😀",
    "👩‍👩‍👧",
    "é",
    "e\u0301",
    'a["x"]',
    "c[3000]",
    "\\u0041",
    "</script>",
  ],
];
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(...NASTY) }),
  fc.array(fc.nat(0xffff)).map((codes) => String.fromCharCode(...codes)),
);

test.each(FRAMINGS)("every text survives the way from an event to a call (%s)", async (framing) => {
  const [uuid, functionId, eventId] = ['tärget \u2028"\\', "F\ud800\n", "E 😀\u0000"];
  const service = describeService(uuid, { events: [{ eventId }], functions: [{ functionId }] });
  await using broker = await startBroker({ flows: [{ from: { uuid, eventId }, to: { uuid, functionId } }] });
  const client = await (await BareClient.connect(broker.url, framing)).register(service);
  await fc.assert(
    fc.asyncProperty(text, text, fc.json(), async (value, correlationId, json) => {
      const dataObject = { value, [value]: [value], any: JSON.parse(json) };
      client.send(eventMessage(uuid, { eventId, correlationId, dataObject }));
      await client.expect("IO_PUBLISHED");
      const call = { uuid, functionId, correlationId, functionParameters: { dataObject } };
      expect(JSON.stringify(await client.nextJson("C"))).toBe(JSON.stringify(call));
      expect(broker.events.at(-1)?.dataObject).toEqual(dataObject);
    }),
    { numRuns: runs(300) },
  );
});

test.each(FRAMINGS)("keys such as __proto__ are data, and nothing else (%s)", async (framing) => {
  const ids = { uuid: "__proto__", eventId: "constructor", functionId: "__proto__" };
  const service = describeService(ids.uuid, {
    events: [{ eventId: ids.eventId }],
    functions: [{ functionId: ids.functionId }],
  });
  await using broker = await startBroker({ flows: [{ from: ids, to: ids }] });
  const client = await (await BareClient.connect(broker.url, framing)).register(service);
  const value = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1}';
  client.send(
    `E {"__proto__":{"priority":9},"uuid":"__proto__","eventId":"constructor","correlationId":"c","dataObject":${value}}`,
  );
  await client.expect("IO_PUBLISHED");
  expect(await client.next()).toBe(
    `C {"uuid":"__proto__","functionId":"__proto__","correlationId":"c","functionParameters":{"dataObject":${value}}}`,
  );
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect([...broker.services.keys()]).toEqual(["__proto__"]);
});
