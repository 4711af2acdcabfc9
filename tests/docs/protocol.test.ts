// The messages and documents of docs/reference/protocol.md, and the flow of broker.md: a broker takes them, and does what they say.
import { parse } from "jsonc-parser";
import { expect, it } from "vitest";
import { BareClient } from "../support/broker/bare-client.ts";
import { documentSample } from "../support/docs/document-sample.ts";
import { testBroker, testClient } from "../support/setup.ts";

const UUID = "76499d88-34cf-4836-8cc1-7e0d9c54dacc";

const sample = async (name: string): Promise<unknown> =>
  parse(await documentSample("docs/reference/protocol.md", name));

it("the messages are those between a client and the broker", async () => {
  const broker = await testBroker();
  const client = await BareClient.connect(broker.url, "sockjs");
  client.send(`R ${JSON.stringify(await sample("R"))}`);
  await client.expect("IO_REGISTERED");
  client.send(`E ${JSON.stringify(await sample("E"))}`);
  await client.expect("IO_PUBLISHED");
  expect(broker.events.at(-1)).toMatchObject({ dataObject: 23, priority: 2, correlationId: "order 4711" });

  broker.call(UUID, "SET_SPEED", 60, { correlationId: "order 4711" });
  const call = await client.next();
  expect([call.slice(0, 2), JSON.parse(call.slice(2))]).toEqual(["C ", await sample("C")]);
  broker.configure(UUID, { limit: 90 });
  const configuration = await client.next();
  expect([configuration.slice(0, 2), JSON.parse(configuration.slice(2))]).toEqual(["K ", await sample("K")]);
  client.socket.close();
});

it("the data format is taken as it is", async () => {
  const dataFormat = await documentSample("docs/reference/protocol.md", "data-format");
  const client = testClient();
  client.addEvent({ eventId: "DEVICE", dataFormat });
  expect(client.getSelfDescription().events[0]?.dataFormat).toEqual(JSON.parse(dataFormat));
});

/** A press and a display, connected by a flow. @returns what the display is shown */
async function shownBy(deploy: (url: string) => Promise<unknown>, dataFormat: object, value: unknown) {
  const broker = await testBroker();
  const display = testClient({ type: "Application", uuid: "display" });
  const shown = new Promise<unknown>((resolve) => {
    display.addFunction({
      functionId: "SHOW",
      handler: ({ parameters, correlationId }) => resolve({ parameters, correlationId }),
    });
  });
  const press = testClient({ uuid: "press-7" });
  press.addEvent({ eventId: "READING", dataFormat: JSON.stringify({ dataObject: dataFormat }) });
  await display.start(broker.url);
  await press.start(broker.url);
  await deploy(broker.url);
  await press.publish("READING", value, { correlationId: "c", postDate: "2017-07-14T02:40:00.123Z" });
  return await shown;
}

async function post(url: string, body: unknown): Promise<number> {
  const headers = { "content-type": "application/json" };
  return (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).status;
}

it("the flow document makes a call of an event", async () => {
  const document = await sample("flow-document");
  const deploy = async (url: string) =>
    expect(await post(`${url}/integrationFlow/create/deploy`, document)).toBe(201);
  expect(await shownBy(deploy, { type: "integer", format: "int32" }, 23)).toEqual({
    parameters: { speed: 23 },
    correlationId: "c",
  });
});

it("so does the flow of docs/reference/broker.md", async () => {
  const flow = JSON.parse(await documentSample("docs/reference/broker.md", "flow"));
  const deploy = async (url: string) => expect(await post(`${url}/broker/flows`, flow)).toBe(201);
  const value = { speed: 60, name: "Press 7" };
  expect(await shownBy(deploy, { type: "object" }, value)).toEqual({
    parameters: { speed: 60, unit: "rpm", text: "Press 7 at 2017-07-14T02:40:00.123Z" },
    correlationId: "c",
  });
});
