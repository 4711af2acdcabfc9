import { describe, expect, it } from "vitest";
import * as z from "zod";
import { contract } from "../../../src/index.ts";
import { flowDocument } from "../../support/broker/fixtures/flow-documents.ts";
import { testBroker, testClient } from "../../support/setup.ts";

const heater = contract({
  events: { HEATED: z.array(z.number()), COLD: null },
  functions: {
    HEAT: { parameters: { celsius: z.number(), why: z.string().optional() }, responds: "HEATED" },
    OFF: { responds: "COLD" },
    SET: z.object({ unit: z.string() }).meta({ id: "Setting" }),
  },
});

const MACHINE = "heater-1";
const DASHBOARD = "dash-1";

function startCounterpart() {
  const client = testClient({ type: "Application", uuid: DASHBOARD, name: "Dashboard" });
  return { client, machine: client.counterpart(heater, { uuid: MACHINE, id: "h", name: "Heater" }) };
}

function startHeater() {
  const client = testClient({ uuid: MACHINE });
  return (
    client.implement(heater, {
      HEAT: ({ parameters: { celsius, why } }) => (why === undefined ? [celsius] : [celsius, why.length]),
      OFF: () => undefined,
      SET: () => undefined,
    }) && client
  );
}

describe("the flows of a counterpart", () => {
  it("are one for each event and each function", () => {
    const mapping = { "/dataObject": "/dataObject", "/postDate": "/postDate" };
    expect(startCounterpart().machine.flows).toEqual([
      {
        from: { uuid: MACHINE, eventId: "HEATED" },
        to: { uuid: DASHBOARD, functionId: "h.HEATED" },
        mapping,
      },
      { from: { uuid: MACHINE, eventId: "COLD" }, to: { uuid: DASHBOARD, functionId: "h.COLD" }, mapping },
      {
        from: { uuid: DASHBOARD, eventId: "h.HEAT" },
        to: { uuid: MACHINE, functionId: "HEAT" },
        mapping: { "/celsius": "/dataObject/celsius", "/why": "/dataObject/why" },
      },
      { from: { uuid: DASHBOARD, eventId: "h.OFF" }, to: { uuid: MACHINE, functionId: "OFF" } },
      { from: { uuid: DASHBOARD, eventId: "h.SET" }, to: { uuid: MACHINE, functionId: "SET" } },
    ]);
  });

  it("are written as documents of the MSB, too", () => {
    const [heated, cold, heat] = startCounterpart().machine.flowDocuments({ owner: "owner-1" });
    expect(heated).toMatchObject({
      name: "heater-1.HEATED to dash-1.h.HEATED",
      ownerUuid: "owner-1",
      transitions: [
        {
          inputs: [
            {
              transitionInput: {
                eventId: "HEATED",
                service: { uUID: MACHINE, name: "Heater", type: "SMART_OBJECT" },
              },
              processors: [
                {
                  output: {
                    transitionOutput: {
                      functionId: "h.HEATED",
                      serviceEndpoint: {
                        service: { uUID: DASHBOARD, name: "Dashboard", type: "APPLICATION" },
                      },
                    },
                  },
                  pattern: {
                    mapping: [
                      {
                        source: [{ path: "/dataObject", type: "ARRAY", items: { type: "NUMBER" } }],
                        target: {
                          path: "/dataObject",
                          type: "ARRAY",
                          items: { type: "NUMBER" },
                          template: "${/dataObject}",
                        },
                      },
                    ],
                  },
                },
              ],
            },
          ],
        },
      ],
    });
    const mappingOf = (document: unknown) =>
      (
        document as typeof heated & {
          transitions: { inputs: { processors: { pattern: { mapping: unknown } }[] }[] }[];
        }
      ).transitions[0]?.inputs[0]?.processors[0]?.pattern.mapping;
    expect(mappingOf(cold)).toEqual([]);
    expect(mappingOf(heat)).toMatchObject([
      {
        source: [{ path: "/dataObject/celsius", type: "NUMBER" }],
        target: { path: "/celsius", type: "NUMBER", template: "${/dataObject/celsius}" },
      },
      { source: [{ path: "/dataObject/why", type: "STRING" }], target: { path: "/why" } },
    ]);
  });
});

it("a document has the keys that those of the other clients' tests have, and no others", () => {
  const lists = contract({ events: { arrayev: z.array(z.string()) } });
  const [ours] = testClient().counterpart(lists, { uuid: MACHINE }).flowDocuments();
  const { transitions, ...theirs } = flowDocument(MACHINE, DASHBOARD, "owner-1") as {
    transitions: unknown[];
  };
  expect(shapeOf(ours)).toEqual(shapeOf({ ...theirs, transitions: transitions.slice(0, 1) }));
});

/** Keys, and the types of their values; of arrays the first item. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.slice(0, 1).map(shapeOf);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shapeOf(member)]));
  }
  return typeof value;
}

describe("deployFlows()", () => {
  it("creates what is missing, deploys what was stopped, and says what was there", async () => {
    const broker = await testBroker();
    const { client, machine } = startCounterpart();
    await Promise.all([startHeater().start(broker.url), client.start(broker.url)]);
    const names = machine.flowDocuments().map(({ name }) => name);
    expect(await machine.deployFlows(broker.url)).toEqual(names.map((name) => ({ name, status: "created" })));
    expect(await machine.call("HEAT", { celsius: 20.5 })).toEqual([20.5]);
    expect(await machine.call("HEAT", { celsius: 20.5, why: "cold" })).toEqual([20.5, 4]);
    expect(await machine.call("OFF")).toBeUndefined();
    expect(machine.lastValue("COLD")).toMatchObject({ value: undefined, postDate: undefined });

    const list = await (await fetch(`${broker.url}/integrationFlow/customer/${DASHBOARD}`)).json();
    await fetch(`${broker.url}/integrationFlow/${list[1].id}/undeploy`, { method: "PUT" });
    expect((await machine.deployFlows(`${broker.url}/`)).map(({ status }) => status)).toEqual([
      "present",
      "deployed",
      "present",
      "present",
      "present",
    ]);
    expect(broker.flows).toHaveLength(5);
  });

  it("replaces a flow that was made for an older contract", async () => {
    const broker = await testBroker();
    const machine = (unit: string) =>
      testClient({ uuid: DASHBOARD }).counterpart(
        contract({ events: { STOPPED: null }, functions: { SET: { parameters: { [unit]: z.string() } } } }),
        { uuid: MACHINE, id: "h" },
      );
    await machine("unit").deployFlows(broker.url);
    const statuses = async () => (await machine("scale").deployFlows(broker.url)).map(({ status }) => status);
    expect(await statuses()).toEqual(["present", "updated"]);
    expect(broker.flows).toHaveLength(2);
    expect(JSON.stringify(broker.flows)).toContain("scale");
    expect(JSON.stringify(broker.flows)).not.toContain("unit");
    expect(await statuses()).toEqual(["present", "present"]);
  });

  it("lets the documents pass postDate on, if it is asked to", async () => {
    const broker = await testBroker();
    const { client, machine } = startCounterpart();
    const device = startHeater();
    await Promise.all([device.start(broker.url), client.start(broker.url)]);
    await machine.deployFlows(broker.url, { withPostDate: true, owner: "me" });
    const { postDate } = await device.publish("COLD");
    await expect.poll(() => machine.lastValue("COLD")?.postDate).toBe(postDate);
  });

  it("sends the headers that it is given", async () => {
    const broker = await testBroker({ token: "s3cret-token" });
    const { machine } = startCounterpart();
    await expect(machine.deployFlows(broker.url)).rejects.toMatchObject({
      code: "REFUSED",
      message: expect.stringMatching(/^GET http.*customer\/dash-1 was answered with 401: /),
    });
    const headers = { authorization: "Bearer s3cret-token" };
    expect(await machine.deployFlows(broker.url, { headers })).toHaveLength(5);
  });

  it("says what is wrong with the URL, and who does not answer", async () => {
    const { machine } = startCounterpart();
    await expect(machine.deployFlows("msb:8085")).rejects.toMatchObject({ code: "INVALID_URL" });
    await expect(machine.deployFlows("")).rejects.toMatchObject({ code: "INVALID_URL" });
    await expect(machine.deployFlows("http://127.0.0.1:9")).rejects.toMatchObject({ code: "CONNECT_FAILED" });
    const broker = await testBroker();
    await expect(machine.deployFlows(broker.url, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "ABORTED",
    });
  });
});
