// The messages of docs/how-the-msb-works.md, sent as they stand there.
import { beforeAll, expect, test } from "vitest";
import { BareClient } from "../support/broker/bare-client.ts";
import { documentSamples } from "../support/docs/document-sample.ts";
import { testBroker, testClient } from "../support/setup.ts";

const DASHBOARD = "0c7bb1ff-3b4c-4c0e-9f0b-1a6a2a2fd6c4";

let samples: ReadonlyMap<string, string>;

beforeAll(async () => {
  samples = await documentSamples("docs/how-the-msb-works.md");
});

const sample = (name: string) => JSON.parse(samples.get(name) ?? "");

test("the page has these blocks, and no others", () => {
  expect([...samples.keys()]).toEqual(["self-description", "event", "call"]);
});

test("the client writes the self-description that the page shows", async () => {
  const broker = await testBroker();
  const { uuid, name, description, token } = sample("self-description");
  const press = testClient({ type: "SmartObject", uuid, name, description, token });
  press.addEvent({ eventId: "MEASURED", name: "Measured", dataFormat: "double" });
  const changed = press.addEvent({ eventId: "SPEED_CHANGED", name: "Speed changed", dataFormat: "int32" });
  press.addFunction({
    functionId: "SET_SPEED",
    name: "Set speed",
    dataFormat: "int32",
    responseEvents: [changed],
    handler: () => 0,
  });
  press.addConfigParameter("limit", 80, "int32");
  const sent: string[] = [];
  press.on("message", ({ direction, text }) => {
    if (direction === "out") {
      sent.push(text);
    }
  });
  await press.start(broker.url);
  expect(JSON.parse((sent[0] ?? "").replace(/^R /, ""))).toMatchObject(sample("self-description"));
});

test("an event goes nowhere without a flow, and by a flow it is the call that the page shows", async () => {
  const broker = await testBroker();
  const press = await BareClient.connect(broker.url, "raw");
  await press.register(sample("self-description"));
  const dashboard = await BareClient.connect(broker.url, "raw");
  const functions = ["SHOW", "SHOW_SPEED"].map((functionId) => ({
    functionId,
    name: functionId,
    description: "",
    dataFormat: { dataObject: { type: "integer", format: "int32" } },
  }));
  await dashboard.register({
    "@class": "Application",
    uuid: DASHBOARD,
    name: "Dashboard",
    description: "",
    token: "dashboard",
    events: [],
    functions,
  });

  const event = `E ${JSON.stringify(sample("event"))}`;
  expect(await press.ask(event)).toBe("IO_PUBLISHED");
  broker.addFlow({
    from: { uuid: sample("event").uuid, eventId: "SPEED_CHANGED" },
    to: { uuid: DASHBOARD, functionId: "SHOW_SPEED" },
  });
  expect(await press.ask(event)).toBe("IO_PUBLISHED");
  expect(await dashboard.nextJson("C")).toEqual(sample("call"));
  expect(broker.counters).toMatchObject({ eventsAccepted: 2, callsSent: 1 });
  await Promise.all([press.close(), dashboard.close()]);
});
