import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type Broker, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { chainDocument } from "../../support/broker/fixtures/chain-document.ts";
import { flowDocument } from "../../support/broker/fixtures/flow-documents.ts";
import { change, twoStepDocument } from "../../support/broker/fixtures/two-step-document.ts";
import { ask } from "../../support/broker/rest.ts";

const SERVICES = { source: "s", worker: "w", sink: "t" };
const STEPS = [
  {
    from: { uuid: "s", eventId: "E1" },
    to: { uuid: "w", functionId: "F1" },
    mapping: { "/message": { template: "${/dataObject}" } },
  },
  {
    from: { uuid: "w", eventId: "E2" },
    to: { uuid: "t", functionId: "F2" },
    mapping: { "/message": { template: "${/dataObject}" } },
  },
];

let broker: Broker;
beforeEach(async () => {
  broker = await startBroker();
});
afterEach(() => broker.close());

const connect = async (uuid: string) =>
  (await BareClient.connect(broker.url, "sockjs")).register(describeService(uuid));
const create = (document: unknown, path = "/integrationFlow/create/deploy") =>
  ask(broker.url, "POST", path, document);

describe("a document of two steps, as the C# client's tests send it", () => {
  test("runs: event, function, its response event, second function", async () => {
    const [source, worker, sink] = [await connect("s"), await connect("w"), await connect("t")];
    const { status, body } = await create(twoStepDocument(SERVICES));
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({ id: 1, deployed: true, name: "Two steps" }),
    ]);

    await source.ask(eventMessage("s", { dataObject: "start", correlationId: "c1" }));
    expect(await worker.nextJson("C")).toEqual({
      ...{ uuid: "w", functionId: "F1", correlationId: "c1", functionParameters: { message: "start" } },
    });
    await worker.ask(eventMessage("w", { eventId: "E2", dataObject: "done", correlationId: "c1" }));
    expect(await sink.nextJson("C")).toEqual({
      ...{ uuid: "t", functionId: "F2", correlationId: "c1", functionParameters: { message: "done" } },
    });
  });

  test("so does one of twenty steps, each inside the one before it", async () => {
    const { status, body } = await ask(broker.url, "POST", "/broker/flows", chainDocument(20));
    expect([status, body.flows.length]).toEqual([201, 20]);
    expect(broker.flows.at(-1)).toMatchObject({
      ...{ from: { uuid: "s19", eventId: "E19" }, to: { uuid: "s20", functionId: "F19" } },
    });
  });

  test("comes back as it was sent, and belongs to its owner", async () => {
    const document = twoStepDocument(SERVICES);
    const { body } = await create(document, "/integrationFlow/create");
    expect(body).toEqual({ ...document, id: 1, deployed: false });
    expect((await ask(broker.url, "GET", "/integrationFlow/customer/owner")).body).toHaveLength(1);
    expect((await ask(broker.url, "GET", "/integrationFlow/customer/another")).body).toHaveLength(0);
  });

  test("may begin with a byte order mark, over REST and in a file", async () => {
    const json = `\uFEFF${JSON.stringify(twoStepDocument(SERVICES))}`;
    expect((await create(json)).status).toBe(201);
    expect(broker.flows).toEqual(STEPS);

    await using other = await startBroker();
    const folder = await mkdtemp(join(tmpdir(), "documents-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "flows.json"), `\uFEFF[${json.slice(1)}]`);
    const stop = await other.watchFlows(join(folder, "flows.json"));
    expect(other.flows).toEqual(STEPS);
    stop();
  });

  test.each<[string, [string, string][]]>([
    [
      "keys that nobody knows",
      [[`"targets":[]`, `"targets":[],"more":{"inputs":[99],"service":7},"inputs2":99`]],
    ],
    [
      "an object that stands in full twice, and is the same",
      [
        [
          `"service":2,"type":"InputEvent"`,
          `"service":${JSON.stringify({
            ...{
              "@id": 2,
              uUID: "w",
              name: "Worker",
              type: "APPLICATION_SERVICE",
              events: [2],
              endpoints: [1],
            },
          })},"type":"InputEvent"`,
        ],
      ],
    ],
    [
      "an output that stands in full among the inputs of a processor",
      [
        [`"inputs":[3],"output"`, `"inputs":[3,{"@id":9,"processor":7,"direction":"Output"}],"output"`],
        [`"services"`, `"processors":[{"@id":7,"inputs":[],"output":9}],"services"`],
      ],
    ],
  ])("with %s", async (_, changes) => {
    await create(change(twoStepDocument(SERVICES), ...changes));
    expect(broker.flows).toEqual(STEPS);
  });
});

describe("a reference that leads nowhere is named, and where it stands", () => {
  const LOST = 99;
  const FIRST = "transitions[0].sources[0]";
  const CALL = `${FIRST}.inputs[0].processors[0].output.transitionOutput`;
  const WORKER = `${CALL}.serviceEndpoint.service`;
  test.each([
    ["transition", `"targets":[1]`, `"targets":[99]`, `${FIRST}.targets[0]`],
    ["transition", `"transitions":[`, `"transitions":[99,`, "transitions[0]"],
    ["transition", `"sources":[]`, `"sources":["99"]`, `${FIRST}.sources[0]`],
    [
      "input or output",
      `"targets":[],"inputs":[3]`,
      `"targets":[],"inputs":[99]`,
      "transitions[0].inputs[0]",
    ],
    [
      "input",
      `"inputParameters":[1]`,
      `"inputParameters":[99]`,
      `${FIRST}.inputs[0].transitionInput.inputParameters[0]`,
    ],
    ["output", `"outputs":[2]`, `"outputs":[99]`, `${FIRST}.outputs[0]`],
    ["output", `"outputParameters":[2]`, `"outputParameters":[99]`, `${CALL}.outputParameters[0]`],
    ["processor", `"processor":1`, `"processor":99`, `${FIRST}.inputs[0].processors[0].output.processor`],
    ["processor", `"processors":[1]`, `"processors":[1,99]`, `${FIRST}.processors[1]`],
    ["event", `"events":[1]`, `"events":[99]`, `${FIRST}.inputs[0].transitionInput.service.events[0]`],
    ["event", `"responseEvent":2`, `"responseEvent":99`, `${CALL}.responseEvent`],
    [
      "event",
      `"transitionInput":2`,
      `"transitionInput":99`,
      `${WORKER}.events[0].inputParameters[0].transitionInput`,
    ],
    [
      "functionCall",
      `"functionCalls":[1]`,
      `"functionCalls":[99]`,
      `${CALL}.serviceEndpoint.functionCalls[0]`,
    ],
    ["endpoint", `"endpoints":[1]`, `"endpoints":[99]`, `${WORKER}.endpoints[0]`],
    ["service", `"service":2`, `"service":99`, `${WORKER}.events[0].service`],
    ["service", `"services":[1,2,3]`, `"services":[1,2,3,99]`, "services[3]"],
  ])("%s: %s → %s", async (kind, from, to, path) => {
    const { status, body } = await create(change(twoStepDocument(SERVICES), [from, to]));
    const message = `refers to the ${kind} ${LOST}, and the document has none with this @id`;
    expect([status, body.issues]).toEqual([400, [{ path, message }]]);
    expect(body.error).toContain(path);
    expect(broker.flows).toEqual([]);
  });

  test("all of them are told, up to a bound", async () => {
    const lost = Array.from({ length: 5_000 }, (_, index) => index + 100);
    const { status, body } = await create({ ...twoStepDocument(SERVICES), services: lost });
    expect(status).toBe(400);
    expect(body.issues).toHaveLength(20);
    // 1, 2 and 3 are referred to elsewhere, and stand in full there.
    expect(body.issues.at(-1)).toEqual({ path: "", message: "and 4981 more" });
    expect(body.error).toMatch(/; and 4981 more$/);
  });

  test("an id of another kind does not count", async () => {
    const changed = change(twoStepDocument(SERVICES), [`"outputParameters":[2]`, `"outputParameters":[1]`]);
    expect((await create(changed)).body.error).toMatch(/outputParameters\[0\]: refers to the output 1,/);
  });

  test.each([[true], ["x"], [[1]]])("%j is no reference", async (value) => {
    const { body } = await create({ ...twoStepDocument(SERVICES), services: [value] });
    expect(body.issues).toEqual([{ path: "services[0]", message: expect.stringMatching(/service/) }]);
  });
});

test("an object that stands in full twice, and differs, is refused", async () => {
  const again = `"service":{"@id":2,"uUID":"another","name":"Worker","type":"APPLICATION_SERVICE","events":[2],"endpoints":[1]}`;
  const { status, body } = await create(change(twoStepDocument(SERVICES), [`"service":2`, again]));
  expect(status).toBe(400);
  expect(body.issues).toEqual([
    {
      path: expect.stringMatching(/events\[0\]\.service$/),
      message: expect.stringMatching(
        /^is the service 2 a second time, and has another uUID than at transitions\[0\]/,
      ),
    },
  ]);
});

test("the documents of the other clients are what they were", async () => {
  await create(flowDocument("a", "b", "owner"));
  expect(broker.flows.map(({ to }) => to.functionId)).toEqual(["/arrayfun", "COMPLEX_JSON_FUNCTION"]);
});

describe("a document that is large", () => {
  const chain = (length: number) => ({
    transitions: [
      {
        inputs: [{ "@id": 0, transitionInput: { eventId: "E1", service: { uUID: "s" } } }],
        processors: Array.from({ length }, (_, index) => ({
          "@id": index,
          inputs: [index],
          output: {
            "@id": index + 1,
            ...(index === length - 1
              ? { transitionOutput: { functionId: "F1", serviceEndpoint: { service: { uUID: "t" } } } }
              : {}),
          },
        })),
      },
    ],
  });

  test("is a flow whatever its length; beyond 1,000 processors it is refused", async () => {
    expect((await create(chain(1_000))).status).toBe(201);
    expect(broker.flows).toEqual([
      { from: { uuid: "s", eventId: "E1" }, to: { uuid: "t", functionId: "F1" } },
    ]);
    expect((await create(chain(1_001))).body.error).toMatch(/must have at most 1000 processors, not 1001/);
  });

  test("may have many objects that nobody knows", async () => {
    const more = Array.from({ length: 10_000 }, () => ({}));
    expect((await create({ ...twoStepDocument(SERVICES), more })).status).toBe(201);
    expect(broker.flows).toEqual(STEPS);
  });

  test("does no harm where it is nested without an end", async () => {
    const nested = `{"transitions":${'[{"sources":'.repeat(20_000)}[]${"}]".repeat(20_000)}}`;
    expect((await create(nested)).status).toBe(400);
  });
});
