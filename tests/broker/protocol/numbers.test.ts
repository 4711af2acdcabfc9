import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type Broker, type Flow, RawJson, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService } from "../../support/broker/describe.ts";
import fc, { runs } from "../../support/properties.ts";

const E1 = { uuid: "u1", eventId: "E1" };
const E2 = { uuid: "u1", eventId: "E2" };
const to = (functionId: string) => ({ uuid: "u1", functionId });

/** Numbers that change when JavaScript parses and writes them; the last ones of the Java client's long and double. */
const DELICATE = [
  ...["9007199254740993", "-9007199254740993", "1e400", "-1E+400", "1e-400", "1.0", "-0", "-0.0", "1E+5"],
  ...["0.10", "100000000000000000000000", "12345678901234567890.12345678901234567890", "1.5e3", "0e0"],
  ...[
    "9223372036854775807",
    "-9223372036854775808",
    "1.7976931348623157E308",
    "4.9E-324",
    "2.2250738585072014E-308",
  ],
];

const digits = fc.array(fc.nat(9), { minLength: 1, maxLength: 25 }).map((list) => list.join(""));
const optional = (text: fc.Arbitrary<string>) => fc.oneof(fc.constant(""), text);
const number = fc.oneof(
  fc.constantFrom(...DELICATE),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  fc
    .tuple(
      fc.constantFrom("", "-"),
      digits.map((text) => text.replace(/^0+(?=\d)/, "")),
      optional(digits.map((text) => `.${text}`)),
      optional(fc.tuple(fc.constantFrom("e", "E", "e+", "E-"), fc.nat(999)).map((parts) => parts.join(""))),
    )
    .map((parts) => parts.join("")),
);
const string = fc.oneof(fc.string({ unit: "binary" }), number).map((text) => JSON.stringify(text));
const space = fc.constantFrom("", "", " ", "  ");
/** JSON as text, spaces between its values included. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    number,
    string,
    fc.constantFrom("true", "false"),
    fc
      .tuple(space, fc.array(tie("json"), { maxLength: 5 }))
      .map(([gap, items]) => `[${gap}${items.join(`${gap},`)}${gap}]`),
    fc
      .tuple(space, fc.dictionary(fc.string({ unit: "binary" }), tie("json"), { maxKeys: 5 }))
      .map(([gap, members]) => {
        const all = Object.entries(members).map(
          ([key, value]) => `${JSON.stringify(key)}${gap}:${gap}${value}`,
        );
        return `{${all.join(`${gap},${gap}`)}}`;
      }),
  ),
}));

let broker: Broker;
let client: BareClient;
beforeEach(async () => {
  broker = await startBroker();
  client = await BareClient.connect(broker.url, "sockjs");
  const anything = { dataObject: { type: "object" } };
  await client.register(
    describeService("u1", {
      events: ["E1", "E2", "NUMBER"].map((eventId) => ({
        eventId,
        ...(eventId === "NUMBER" ? { dataFormat: { dataObject: { type: "number" } } } : {}),
      })),
      functions: ["F1", "F2", "F3"].map((functionId) => ({ functionId, dataFormat: anything })),
      configuration: { parameters: { p1: { value: 1, type: "INTEGER", format: "INT64" } } },
    }),
  );
});
afterEach(() => broker.close());

const publish = async (data: string, eventId = "E1") => {
  client.send(`E {"uuid":"u1","eventId":"${eventId}","correlationId":"c","dataObject":${data}}`);
  await client.expect("IO_PUBLISHED");
};
const expected = (functionId: string, parameters: string) =>
  `C {"uuid":"u1","functionId":"${functionId}","correlationId":"c","functionParameters":${parameters}}`;

describe("what a flow passes on is the text that came", () => {
  test("of one event, without a mapping", async () => {
    broker.addFlow({ from: E1, to: to("F1") });
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        await publish(value);
        expect(await client.next()).toBe(expected("F1", `{"dataObject":${value}}`));
        expect(broker.events.at(-1)).toMatchObject({ dataText: value });
        expect(broker.events.at(-1)?.dataObject).toEqual(JSON.parse(value));
      }),
      { numRuns: runs(300) },
    );
  });

  test("of one event, by pointers and templates", async () => {
    const mapping = {
      "/all": "/dataObject",
      "/list/0": "/dataObject/0/x",
      "/list/1": { template: "${/dataObject/2}" },
      "/text": { template: "<${/dataObject/1}>" },
    };
    broker.addFlow({ from: E1, to: to("F1"), mapping });
    await fc.assert(
      fc.asyncProperty(json, number, json, async (first, second, third) => {
        const value = `[{"x":1,"x":${first}},${second},${third}]`;
        await publish(value);
        const parameters = `{"all":${value},"list":[${first},${third}],"text":"<${second}>"}`;
        expect(await client.next()).toBe(expected("F1", parameters));
      }),
      { numRuns: runs(200) },
    );
  });

  test("of several joined events", async () => {
    const mapping = { "/a": "/0/dataObject", "/b": "/1/dataObject/n" };
    broker.addFlow({ from: [E1, E2], to: to("F1"), mapping });
    await fc.assert(
      fc.asyncProperty(json, number, async (first, second) => {
        await publish(first);
        await publish(`{"n":${second}}`, "E2");
        expect(await client.next()).toBe(expected("F1", `{"a":${first},"b":${second}}`));
      }),
      { numRuns: runs(100) },
    );
  });

  test("of an event that is recorded, and replayed", async () => {
    const folder = await mkdtemp(join(tmpdir(), "numbers-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, "messages.jsonl");
    const stop = await broker.record(file);
    // A recording that begins later has no registration.
    await client.register(describeService("u1"));
    const value = `[${DELICATE.join()}]`;
    await publish(value);
    await stop();
    expect(await readFile(file, "utf8")).toContain("1E+5");

    await using other = await startBroker({
      flows: [{ from: E1, to: { uuid: "u2", functionId: "F1" } }],
    });
    const target = await (await BareClient.connect(other.url, "raw")).register(describeService("u2"));
    await other.replay(file, { speed: 0 });
    expect(await target.next()).toContain(`"functionParameters":{"dataObject":${value}}}`);
  });
});

test.each([
  ["the key written with escapes", `"data\\u004fbject" : 1.0`, "1.0"],
  [
    "the last of two, as JSON.parse takes it",
    `"dataObject":1,"more":{"dataObject":2},"dataObject":3.0`,
    "3.0",
  ],
  ["one in the text of another key", `"x":"\\",\\"dataObject\\":1","dataObject":[2.0]`, "[2.0]"],
])("the value is found: %s", async (_, members, value) => {
  broker.addFlow({ from: E1, to: to("F1") });
  client.send(`E \n{ ${members} , "uuid":"u1","eventId":"E1","correlationId":"c"}\n`);
  await client.expect("IO_PUBLISHED");
  expect(await client.next()).toBe(expected("F1", `{"dataObject":${value}}`));
});

test("escapes that JSON does not need, and line breaks, go: some official clients cannot read them", async () => {
  const flows: Flow[] = [
    { from: E1, to: to("F1") },
    { from: E1, to: to("F2"), mapping: { "/a": "/dataObject" } },
  ];
  for (const flow of flows) {
    broker.addFlow(flow);
  }
  await publish(`{\n    "gr\\u00fc\\u00dfe": "http:\\/\\/x",\r\n\t"n": 1.0, "kept": "a\\nb \\"\\\\n\\""\n}`);
  const written = `{    "grüße": "http://x","n": 1.0, "kept": "a\\nb \\"\\\\n\\""}`;
  expect(await client.next()).toBe(expected("F1", `{"dataObject":${written}}`));
  expect(await client.next()).toBe(expected("F2", `{"a":${written}}`));
});

test("half a surrogate pair is escaped, because raw frames cannot carry it as it is", async () => {
  broker.addFlow({ from: E1, to: { uuid: "u2", functionId: "F1" } });
  const target = await (await BareClient.connect(broker.url, "raw")).register(describeService("u2"));
  await publish('["\ud800", "\ude00\ud83d", "\ud83d\ude00", 1.0]');
  const value = String.raw`["\ud800", "\ude00\ud83d", "${"\ud83d\ude00"}", 1.0]`;
  expect(await target.next()).toContain(`"functionParameters":{"dataObject":${value}}`);
});

test.each(DELICATE)("%s passes through REST", async (number) => {
  broker.addFlow({ from: { uuid: "u1", eventId: "NUMBER" }, to: to("F1") });
  const post = async (action: string, body: string) => {
    const response = await fetch(`${broker.url}/broker/services/u1/${action}`, { method: "POST", body });
    expect(response.ok).toBe(true);
    return response.text();
  };
  await post("call", `{"functionId":"F2","check":false,"correlationId":"c","value":[${number}]}`);
  expect(await client.next()).toBe(expected("F2", `{"dataObject":[${number}]}`));
  await post("call", `{"functionId":"F2","check":false,"correlationId":"c","parameters":{"a":${number}}}`);
  expect(await client.next()).toBe(expected("F2", `{"a":${number}}`));
  if (Number.isFinite(Number(number))) {
    const answer = await post("event", `{"eventId":"NUMBER","correlationId":"c","value":${number}}`);
    expect(answer).toContain(`"dataObject":${number}}`);
    expect(await client.next()).toBe(expected("F1", `{"dataObject":${number}}`));
  }
  await post("configuration", `{"check":false,"params":{"p1":${number}}}`);
  expect(await client.next()).toBe(`K {"uuid":"u1","params":{"p1":${number}}}`);

  const waiting = post("call", `{"functionId":"F3","check":false,"correlationId":"c","wait":5000}`);
  expect(await client.next()).toBe(expected("F3", "{}"));
  await publish(number, "E2");
  expect(await waiting).toMatch(/^\{"response":\{.*\}\}$/);
  expect(await waiting).toContain(`"dataObject":${number}}`);
});

test("in code a value may be JSON text", async () => {
  const raw = new RawJson("9007199254740993");
  broker.call("u1", "F1", raw, { correlationId: "c" });
  expect(await client.next()).toBe(expected("F1", `{"dataObject":9007199254740993}`));
  const parameters = new RawJson(`{"a":1.0}`);
  broker.call("u1", "F1", undefined, { correlationId: "c", parameters });
  expect(await client.next()).toBe(expected("F1", `{"a":1.0}`));
  broker.configure("u1", new RawJson(`{"p1":9007199254740993}`));
  expect(await client.next()).toBe(`K {"uuid":"u1","params":{"p1":9007199254740993}}`);
  const event = broker.publish("u1", "NUMBER", raw);
  expect(event).toMatchObject({ dataText: "9007199254740993", dataObject: Number("9007199254740993") });
  expect(() => broker.publish("u1", "NUMBER", new RawJson('"x"'))).toThrow(/NUMBER/);
  expect(() => new RawJson("{")).toThrow(/is not JSON/);
  expect(new RawJson(' "x"\n').text).toBe('"x"');
});
