import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Broker, type Flow, type Mapping, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";

let broker: Broker;
let source: BareClient;
let target: BareClient;
beforeEach(async () => {
  broker = await startBroker();
  source = await (await BareClient.connect(broker.url, "raw")).register(describeService("source"));
  target = await (await BareClient.connect(broker.url, "raw")).register(describeService("target"));
});
afterEach(() => broker.close());

const E1 = { uuid: "source", eventId: "E1" };
const E2 = { uuid: "source", eventId: "E2" };
const F1 = { uuid: "target", functionId: "F1" };

/** The parameters that an event with this value becomes. */
async function map(mapping: Mapping, dataObject: unknown, changes: object = {}): Promise<unknown> {
  broker.addFlow({ from: E1, to: F1, mapping });
  await source.ask(eventMessage("source", { dataObject, ...changes }));
  const message = await target.next();
  return JSON.parse(message.slice(2)).functionParameters;
}

describe("a mapping", () => {
  const value = {
    name: "Press 7",
    state: { on: true, speed: 5.5 },
    list: ["a", { b: null }],
    "a/b": { "m~n": 1 },
  };
  test.each<[string, Mapping, unknown]>([
    ["pointers", { "/a": "/dataObject/name", "/b": "/dataObject/list/1/b" }, { a: "Press 7", b: null }],
    ["the whole value", { "/a": "/dataObject" }, { a: value }],
    ["the whole event", { "/e": "" }, { e: expect.objectContaining({ uuid: "source", eventId: "E1" }) }],
    ["escapes", { "/x~1y~0z": "/dataObject/a~1b/m~0n" }, { "x/y~z": 1 }],
    ["{ source }", { "/a": { source: "/dataObject/state/speed" } }, { a: 5.5 }],
    ["constants", { "/a": { value: 5 }, "/b": { value: { c: [1] } } }, { a: 5, b: { c: [1] } }],
    [
      "objects and lists on the way",
      { "/o/p/q": { value: 1 }, "/o/r": { value: 2 }, "/l/1": { value: "y" }, "/l/0": { value: "x" } },
      { o: { p: { q: 1 }, r: 2 }, l: ["x", "y"] },
    ],
    ["numbers with a gap are names", { "/l/1": { value: "y" } }, { l: { 1: "y" } }],
    ["the target root", { "": "/dataObject/state" }, { on: true, speed: 5.5 }],
    [
      "a template of texts",
      { "/a": { template: "${/dataObject/name} is ${/dataObject/state/on}, ${/dataObject/state}${/no}" } },
      undefined,
    ],
    [
      "a template keeps the type of a single pointer",
      { "/a": { template: "${/dataObject/list}" }, "/b": { template: " ${/dataObject/state/speed}" } },
      { a: value.list, b: " 5.5" },
    ],
    [
      "what is missing is left out",
      {
        "/a": "/dataObject/no",
        "/b": "/dataObject/name/x/y",
        "/c/d": "/dataObject/list/9",
        "/e": { value: 1 },
      },
      { c: {}, e: 1 },
    ],
    [
      "what belongs to the event",
      { "/a": "/uuid", "/b": "/eventId", "/c": "/priority", "/d": "/postDate", "/e": "/correlationId" },
      { a: "source", b: "E1", c: 2, d: "2017-07-14T02:40:00.123Z", e: "c1" },
    ],
  ])("%s", async (name, mapping, expected) => {
    if (name === "a template of texts") {
      expect(() => broker.addFlow({ from: E1, to: F1, mapping })).toThrow(/"\/no" leads nowhere/);
      return;
    }
    expect(await map(mapping, value, { correlationId: "c1" })).toEqual(expected);
  });

  test("a template of texts", async () => {
    const template = "${/dataObject/name} is ${/dataObject/state/on}, ${/dataObject/state}${/dataObject/no}!";
    expect(await map({ "/a": { template } }, value)).toEqual({
      a: 'Press 7 is true, {"on":true,"speed":5.5}!',
    });
  });

  test("several fields of one event, and the event itself is not changed", async () => {
    await map({ "/a": "/dataObject/state", "/b": "/dataObject/state", "/c/d": { value: 1 } }, value);
    expect(broker.events.at(-1)?.dataObject).toEqual(value);
  });

  test.each([
    [{ a: "/dataObject" }, /mapping\["a"\]: Invalid JSON Pointer/],
    [{ "/a": "dataObject" }, /"dataObject" is not a JSON pointer/],
    [{ "/a": "/dataObject/~2" }, /is not a JSON pointer/],
    [{ "/a": "/data" }, /"\/data" leads nowhere; an event has dataObject, uuid/],
    [{ "/a": 5 }, /must be a JSON pointer, or \{ source \}/],
    [{ "/a": null }, /must be a JSON pointer/],
    [{ "/a": { value: 1 }, "/a/b": { value: 2 } }, /mapping\["\/a\/b"\]: another target is above it/],
    [{ "/a/b": { value: 1 }, "/a": { value: 2 } }, /mapping\["\/a"\]: another target is at the same place/],
    [{ "/a": { template: "${x}" } }, /"x" is not a JSON pointer/],
    [[], /mapping: must be an object/],
  ])("%j is refused, and it is said why", (mapping, reason) => {
    expect(() => broker.addFlow({ from: E1, to: F1, mapping } as unknown as Flow)).toThrow(reason);
  });

  test("prototypes are out of reach", async () => {
    const mapping = {
      "/a": "/dataObject/constructor",
      "/b": "/dataObject/__proto__/toString",
      "/__proto__/polluted": { value: 1 },
      "/constructor/prototype/polluted": { value: 1 },
    };
    expect(JSON.stringify(await map(mapping, { x: 1 }))).toBe(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    );
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    // As data they are found.
    const own = JSON.parse('{"__proto__":{"toString":7}}');
    expect(JSON.stringify(await map({ "/b": "/dataObject/__proto__/toString" }, own))).toBe('{"b":7}');
  });
});

describe("a flow from several events", () => {
  const mapping = { "/a": "/0/dataObject", "/b": "/1/correlationId" };

  test("waits for all, with the latest of each, and starts anew", async () => {
    broker.addFlow({ from: [E1, E2], to: F1, mapping });
    for (const round of ["x", "y"]) {
      await source.ask(eventMessage("source", { dataObject: "old" }));
      await source.ask(eventMessage("source", { dataObject: round }));
      await source.ask(eventMessage("source", { eventId: "E2", correlationId: `c${round}` }));
      expect(await target.nextJson("C")).toMatchObject({
        correlationId: `c${round}`,
        functionParameters: { a: round, b: `c${round}` },
      });
    }
  });

  test("forgets what it has kept when it is removed, and not when another one is", async () => {
    const flow: Flow = { from: [E1, E2], to: F1, mapping };
    const other: Flow = { from: E1, to: { uuid: "target", functionId: "F2" } };
    broker.addFlow(flow);
    broker.addFlow(other);
    await source.ask(eventMessage("source", { dataObject: "kept" }));
    await target.nextJson("C");
    broker.removeFlow(other);
    await source.ask(eventMessage("source", { eventId: "E2" }));
    expect(await target.nextJson("C")).toMatchObject({ functionParameters: { a: "kept" } });

    await source.ask(eventMessage("source"));
    broker.removeFlow(flow);
    broker.addFlow(flow);
    await source.ask(eventMessage("source", { eventId: "E2" }));
    await source.ask(eventMessage("source", { dataObject: "new" }));
    expect(await target.nextJson("C")).toMatchObject({ functionParameters: { a: "new" } });
  });

  test.each([
    [{ from: [], to: F1, mapping }, /from: must not be empty/],
    [{ from: [E1, E1], to: F1, mapping }, /from\[1\]: is listed twice/],
    [{ from: [E1, E2], to: F1 }, /mapping: is missing: several events need one/],
    [
      { from: [E1, E2], to: F1, mapping: { "/a": "/dataObject" } },
      /must start with the position of an event/,
    ],
    [{ from: [E1, E2], to: F1, mapping: { "/a": "/2/dataObject" } }, /\/0\/dataObject to \/1\/dataObject/],
    [{ from: [E1, {}], to: F1, mapping }, /from\[1\]\.uuid: is missing: must be a string/],
  ])("%j is refused, and it is said why", (flow, reason) => {
    expect(() => broker.addFlow(flow as unknown as Flow)).toThrow(reason);
  });
});

test("a flow with the same ends takes the place of the first", async () => {
  broker.addFlow({ from: E1, to: F1, mapping: { "/a": { value: 1 } } });
  broker.addFlow({ from: E1, to: F1, mapping: { "/a": { value: 2 } } });
  expect(broker.flows).toHaveLength(1);
  await source.ask(eventMessage("source"));
  expect(await target.nextJson("C")).toMatchObject({ functionParameters: { a: 2 } });
});
