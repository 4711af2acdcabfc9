import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { twoStepDocument } from "../../support/broker/fixtures/two-step-document.ts";
import { ask } from "../../support/broker/rest.ts";

const E1 = { uuid: "u1", eventId: "E1" };
const E2 = { uuid: "u1", eventId: "E2" };
const F1 = { uuid: "u1", functionId: "F1" };
const F2 = { uuid: "u1", functionId: "F2" };
const valued = (value: unknown) => ({ from: E1, to: F1, mapping: { "/a": { value } } });

let broker: Broker;
let client: BareClient;
beforeEach(async () => {
  broker = await startBroker();
  client = await (await BareClient.connect(broker.url, "raw")).register(describeService("u1"));
});
afterEach(() => broker.close());

const post = async (flow: object, path = "/broker/flows") => (await ask(broker.url, "POST", path, flow)).body;
/** The parameters of all calls that an event makes. */
const callsOf = async (eventId = "E1") => {
  const last = { from: { uuid: "u1", eventId }, to: F2 };
  broker.removeFlow(last);
  broker.addFlow(last);
  client.send(eventMessage("u1", { eventId }));
  await client.expect("IO_PUBLISHED");
  const calls: unknown[] = [];
  for (;;) {
    const call = (await client.nextJson("C")) as { functionId: string; functionParameters: object };
    if (call.functionId === "F2") {
      return calls;
    }
    calls.push(call.functionParameters);
  }
};

test("adding a flow over REST replaces the one with the same ends, and says which", async () => {
  expect(await post(valued(1))).toMatchObject({ id: 1 });
  expect(await post(valued(2))).toMatchObject({ id: 2, replaced: 1 });
  const last = await post(valued(3));
  expect(last).toMatchObject({ id: 3, replaced: 2, deployed: true, flows: [valued(3)] });
  expect((await ask(broker.url, "GET", "/broker/flows")).body).toHaveLength(1);
  expect(await callsOf()).toEqual([{ a: 3 }]);
});

test("other ends stand beside it", async () => {
  await post(valued(1));
  expect(await post({ from: E2, to: F1 })).not.toHaveProperty("replaced");
  expect(await post({ from: E1, to: { ...F1, functionId: "/F1" } })).not.toHaveProperty("replaced");
  expect(await post({ from: [E1, E2], to: F1, mapping: { "/a": "/0/dataObject" } })).toMatchObject({ id: 4 });
  // The order of several events is no matter, only what the mapping makes of it.
  expect(await post({ from: [E2, E1], to: F1, mapping: { "/a": "/1/dataObject" } })).toMatchObject({
    replaced: 4,
  });
  expect(broker.flows).toHaveLength(4);
});

test("wherever the first one came from: code, a file, REST, stopped or not", async () => {
  const folder = await mkdtemp(join(tmpdir(), "replacing-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "flows.json"), JSON.stringify([valued("file"), valued("file again")]));
  broker.addFlow(valued("code"));
  const stop = await broker.watchFlows(join(folder, "flows.json"));
  stop();
  expect(await callsOf()).toEqual([{ a: "file again" }]);
  const { id } = await post(valued("REST"));
  await ask(broker.url, "PUT", `/integrationFlow/${id}/undeploy`);
  expect(await callsOf()).toEqual([]);
  broker.addFlow(valued("code"));
  expect(await callsOf()).toEqual([{ a: "code" }]);
});

test("one that cannot be used replaces nothing", async () => {
  await post(valued(1));
  expect(await post({ ...valued(2), mapping: { a: 1 } })).toHaveProperty("error");
  expect(await callsOf()).toEqual([{ a: 1 }]);
});

test("a document replaces one with the same ends, too", async () => {
  const document = twoStepDocument({ source: "u1", worker: "u1", sink: "u1" });
  expect(await post(document)).toMatchObject({ id: 1 });
  expect(await post(document)).toMatchObject({ id: 2, replaced: 1 });
  expect(await callsOf()).toEqual([{ message: "x" }]);
});

test("what the MSB's management creates has an id of its own, and ends by its deletion only", async () => {
  const path = "/integrationFlow/create/deploy";
  expect(await post(valued(1), path)).toMatchObject({ id: 1 });
  expect(await post(valued(2), path)).toMatchObject({ id: 2 });
  expect(await post(valued(3))).not.toHaveProperty("replaced");
  expect(await callsOf()).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  await ask(broker.url, "DELETE", "/integrationFlow/1");
  await ask(broker.url, "PUT", "/integrationFlow/2/undeploy");
  expect(await callsOf()).toEqual([{ a: 3 }]);
  expect((await ask(broker.url, "GET", "/integrationFlow/2")).body).toMatchObject({ id: 2, deployed: false });
});

test("a flow of the code from the same events in another order is another one", async () => {
  const mapping = { "/a": "/0/dataObject" };
  broker.addFlow({ from: [E1, E2], to: F1, mapping });
  broker.addFlow({ from: [E2, E1], to: F1, mapping });
  expect(broker.flows).toEqual([{ from: [E2, E1], to: F1, mapping }]);
  const { id } = (await ask(broker.url, "GET", "/broker/flows")).body[0];
  broker.addFlow({ from: [E2, E1], to: F1, mapping });
  expect((await ask(broker.url, "GET", "/broker/flows")).body).toMatchObject([{ id }]);
});
