import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { joinDocument } from "../../support/broker/fixtures/flow-documents.ts";
import { change, twoStepDocument } from "../../support/broker/fixtures/two-step-document.ts";
import { ask } from "../../support/broker/rest.ts";

const SERVICES = { source: "s", worker: "w", sink: "t" };

let broker: Broker;
beforeEach(async () => {
  broker = await startBroker();
});
afterEach(() => broker.close());

const connect = async (uuid: string) =>
  (await BareClient.connect(broker.url, "sockjs")).register(describeService(uuid));
const create = (document: unknown) => ask(broker.url, "POST", "/integrationFlow/create/deploy", document);

describe("the event that a path speaks of", () => {
  const rule = (
    target: string,
    template: string | undefined,
    ...sources: [path: string, eventId?: string][]
  ) => ({
    source: sources.map(([path, eventId]) => ({
      path,
      ...(eventId === undefined ? {} : { uniqueEventId: { serviceUuid: "a", eventId } }),
    })),
    target: { path: target, ...(template === undefined ? {} : { template }) },
  });
  const documentOf = (...rules: object[]) => {
    const document = JSON.parse(JSON.stringify(joinDocument("a", "b")));
    document.transitions[0].processors[1].pattern.mapping = rules;
    return document;
  };

  test.each([
    [
      "is the one of its uniqueEventId",
      rule("/x", "${/dataObject}", ["/dataObject", "E2"]),
      { template: "${/1/dataObject}" },
    ],
    [
      "also without a template",
      rule("/x", undefined, ["/dataObject/y", "E2"]),
      { source: "/1/dataObject/y" },
    ],
    [
      "also below the path",
      rule("/x", "${/dataObject/y}", ["/dataObject", "E2"]),
      { template: "${/1/dataObject/y}" },
    ],
    [
      "of several sources it is the one with the path",
      rule("/x", "${/dataObject/p} ${/dataObject/q}", ["/dataObject/q", "E1"], ["/dataObject/p", "E2"]),
      { template: "${/1/dataObject/p} ${/0/dataObject/q}" },
    ],
    [
      "of several with the same path it is each in turn",
      rule("/x", "${/dataObject}+${/dataObject}", ["/dataObject", "E2"], ["/dataObject", "E1"]),
      { template: "${/1/dataObject}+${/0/dataObject}" },
    ],
    [
      "is the first where nothing says it",
      rule("/x", "${/dataObject}", ["/dataObject"]),
      { template: "${/0/dataObject}" },
    ],
    [
      "is the one whose position is written out",
      rule("/x", "${/1/dataObject}", ["/dataObject"]),
      { template: "${/1/dataObject}" },
    ],
  ])("%s", async (_, given, expected) => {
    expect((await create(documentOf(given))).body).toMatchObject({ id: 1 });
    expect(broker.flows).toMatchObject([{ mapping: { "/x": expected } }]);
  });

  test("runs", async () => {
    const both = rule(
      "/x",
      "${/dataObject} and ${/dataObject}",
      ["/dataObject", "E2"],
      ["/dataObject", "E1"],
    );
    await create(documentOf(both));
    const [client, target] = [await connect("a"), await connect("b")];
    await client.ask(eventMessage("a", { dataObject: "one" }));
    await client.ask(eventMessage("a", { eventId: "E2", dataObject: "two" }));
    expect(await target.nextJson("C")).toMatchObject({ functionParameters: { x: "two and one" } });
  });

  test.each([
    documentOf(rule("/x", "${/dataObject}", ["/dataObject", "E9"])),
    change(twoStepDocument(SERVICES), [
      `"serviceUuid":"s","eventId":"E1"`,
      `"serviceUuid":"a","eventId":"E9"`,
    ]),
  ])("must be one of the processor's", async (document) => {
    const { status, body } = await create(document);
    expect(status).toBe(400);
    expect(body.issues).toEqual([
      {
        path: expect.stringMatching(/pattern\.mapping\[0\]\.source\[0\]\.uniqueEventId$/),
        message: `is {"serviceUuid":"a","eventId":"E9"}, which is not an event that the processor starts from`,
      },
    ]);
  });
});
