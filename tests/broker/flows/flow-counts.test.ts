import { afterEach, beforeEach, expect, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { flowDocument } from "../../support/broker/fixtures/flow-documents.ts";
import { ask } from "../../support/broker/rest.ts";

let broker: Broker;
let source: BareClient;
beforeEach(async () => {
  broker = await startBroker();
  source = await (await BareClient.connect(broker.url, "raw")).register(describeService("source"));
});
afterEach(() => broker.close());

const call = async (method: string, path: string, body?: unknown) => ask(broker.url, method, path, body);
const from = { uuid: "source", eventId: "E1" };
const to = { uuid: "target", functionId: "F1" };
const publish = (value: unknown) => source.ask(eventMessage("source", { dataObject: value }));

test("the calls of each flow are counted, whether they are sent or wait", async () => {
  await call("POST", "/broker/flows", { from, to });
  await call("POST", "/broker/flows", { from: { ...from, eventId: "E2" }, to });
  expect((await call("GET", "/broker/flow-counts")).body).toEqual([]);
  await publish(1);
  await (await BareClient.connect(broker.url, "raw")).register(describeService("target"));
  await publish(2);
  expect((await call("GET", "/broker/flow-counts")).body).toEqual([
    { id: 1, counts: [{ calls: 2, errors: 0 }] },
  ]);
  expect((await call("GET", "/broker/state")).body.flows).toMatchObject([
    { counts: [{ calls: 2, errors: 0 }] },
    { counts: [{ calls: 0, errors: 0 }] },
  ]);
});

test("a mapping that makes too much is an error of its flow, with its words", async () => {
  const template = "${/dataObject}".repeat(20);
  await call("POST", "/broker/flows", { from, to, mapping: { "/dataObject": { template } } });
  expect(await publish("x".repeat(100_000))).toMatch(/^NIO_/);
  const { body } = await call("GET", "/broker/flows/1");
  expect(body.counts).toEqual([
    {
      calls: 0,
      errors: 1,
      lastError: { message: "a template becomes longer than 1000000 characters", at: expect.any(Number) },
    },
  ]);
});

test("a call of a function that the service does not have is one, and a call that is dropped", async () => {
  await (await BareClient.connect(broker.url, "raw")).register(describeService("target"));
  await call("POST", "/broker/flows", { from, to: { ...to, functionId: "NONE" } });
  await publish(1);
  expect((await call("GET", "/broker/flows/1")).body.counts).toMatchObject([
    { calls: 1, errors: 1, lastError: { message: '"target" has no function "NONE", called by a flow' } },
  ]);

  await call("POST", "/broker/flows", { from, to: { ...to, uuid: "away" } });
  for (let index = 0; index < 1_003; index++) {
    await publish(index);
  }
  expect((await call("GET", "/broker/flows/2")).body.counts).toMatchObject([
    { calls: 1_003, errors: 3, lastError: { message: /^The queue of "away" is full/ } },
  ]);
  await call("PUT", "/integrationFlow/2/undeploy");
  expect((await call("GET", "/broker/flows/2")).body.counts).toMatchObject([
    { calls: 1_003, errors: 1_003, lastError: { message: /no flow leads there any more$/ } },
  ]);
});

test("a flow that was removed comes back as it was: its id, mapping, counts, name, and that it is stopped", async () => {
  const mapping = { "/dataObject": { value: 9 } };
  await call("POST", "/broker/flows?origin=console", { from, to, mapping, name: "Mine" });
  await publish(1);
  await call("PUT", "/integrationFlow/1/undeploy");
  const before = (await call("GET", "/broker/flows/1")).body;
  expect(before).toMatchObject({ origin: "console", deployed: false, name: "Mine", counts: [{ calls: 1 }] });
  await call("DELETE", "/broker/flows/1");
  expect((await call("GET", "/broker/flows/1")).status).toBe(404);
  expect(await call("POST", "/broker/flows/1/restore")).toMatchObject({ status: 200, body: before });
  expect((await call("GET", "/broker/flows")).body).toEqual([before]);
  expect((await call("POST", "/broker/flows/1/restore")).status).toBe(404);
  await call("PUT", "/integrationFlow/1/deploy");
  await publish(2);
  expect((await call("GET", "/broker/flows/1")).body.counts[0].calls).toBe(2);
});

test("a document comes back too, and one that was replaced only when its place is free", async () => {
  const document = flowDocument("source", "target", "owner");
  await call("POST", "/broker/flows", document);
  await call("DELETE", "/broker/flows/1");
  expect((await call("POST", "/broker/flows/1/restore")).body).toMatchObject({ id: 1, document });

  await call("POST", "/broker/flows", { from, to });
  expect((await call("POST", "/broker/flows", { from, to, mapping: {} })).body).toMatchObject({
    id: 3,
    replaced: 2,
  });
  expect(await call("POST", "/broker/flows/2/restore")).toMatchObject({
    status: 409,
    body: { error: "Flow 3 has the same ends by now. Remove it first." },
  });
  await call("DELETE", "/broker/flows/3");
  expect((await call("POST", "/broker/flows/2/restore")).status).toBe(200);
});

test("a program that adds the same flow again and again does not push out what a person has removed", async () => {
  await call("POST", "/broker/flows?origin=console", { from, to, mapping: { "/a": { value: 1 } } });
  await call("DELETE", "/broker/flows/1");
  for (let id = 2; id <= 110; id++) {
    await call("POST", "/broker/flows", { from, to });
  }
  await call("DELETE", "/broker/flows/110");
  expect((await call("POST", "/broker/flows/1/restore")).status).toBe(200);
});

test("only the last hundred are kept, and only origins that there are", async () => {
  for (let id = 1; id <= 101; id++) {
    await call("POST", "/broker/flows", { from, to });
    await call("DELETE", `/broker/flows/${id}`);
  }
  expect((await call("POST", "/broker/flows/1/restore")).status).toBe(404);
  expect((await call("POST", "/broker/flows/2/restore")).status).toBe(200);
  const wrong = await call("POST", "/broker/flows?origin=nowhere", { from, to });
  expect(wrong).toMatchObject({ status: 400, body: { issues: [{ path: "origin" }] } });
});
