import { expect, test } from "vitest";
import { generateContract } from "../../../src/command/generate/generate-contract.ts";
import { generateProgram } from "../../../src/command/generate/generate-program.ts";
import { contractsIn, describeImplementation, runModule } from "../../support/command/generate/generated.ts";

interface Given {
  readonly events?: readonly object[];
  readonly functions?: readonly object[];
  readonly parameters?: object;
}

function generate({ parameters = {}, ...given }: Given) {
  const { source, notes } = generateContract({ name: "Press", ...given, configuration: { parameters } });
  const [contract] = contractsIn(runModule(source));
  return { source, notes, described: describeImplementation(contract as never) };
}

/** What becomes of the data format of an event. */
function eventFormat(dataFormat: unknown) {
  const { notes, described, source } = generate({ events: [{ eventId: "E", dataFormat }] });
  return { notes, dataFormat: described.events[0]?.dataFormat, source };
}

const number = { type: "number", format: "double" };

test("a reference that leads nowhere is any value", () => {
  const dataObject = { type: "array", items: { $ref: "#/definitions/Missing" } };
  expect(eventFormat({ dataObject })).toMatchObject({
    notes: ['Event "E": dataFormat.dataObject.items: there is no definition "Missing": taken as any value'],
    dataFormat: { dataObject: { type: "array", items: {} } },
  });
});

test("a definition that is missing is the only one of that name in the rest of the self-description", () => {
  const incomplete = { dataObject: { $ref: "#/definitions/Part" } };
  const part = { type: "object", properties: { weight: number } };
  const complete = { Part: part, ...incomplete };
  const events = [
    { eventId: "A", dataFormat: incomplete },
    { eventId: "B", dataFormat: complete },
  ];
  const { notes, described } = generate({ events });
  expect(notes).toEqual([]);
  expect(described.events.map(({ dataFormat }) => dataFormat)).toEqual([complete, complete]);
  // Which of the two it is nobody knows.
  const other = { eventId: "C", dataFormat: { ...complete, Part: { type: "object", properties: {} } } };
  expect(generate({ events: [...events, other] }).notes).toEqual([
    'Event "A": dataFormat.dataObject: there is no definition "Part": taken as any value',
  ]);
});

test("properties that every JavaScript object has are left out", () => {
  const properties = JSON.parse('{ "constructor": {}, "__proto__": {}, "length": { "type": "boolean" } }');
  const dataObject = { type: "object", properties, required: ["constructor", "length"] };
  const { notes, dataFormat } = eventFormat({ dataObject });
  expect(notes).toEqual([
    expect.stringMatching(/^Event "E": dataFormat\.dataObject\.properties\.constructor: .*: left out$/),
    expect.stringMatching(/^Event "E": dataFormat\.dataObject\.properties\.__proto__: .*: left out$/),
  ]);
  const length = { type: "boolean" };
  expect(dataFormat).toEqual({
    dataObject: { type: "object", properties: { length }, required: ["length"] },
  });
});

test("keywords that the MSB does not have are left out, and a format that it does not take is any value", () => {
  expect(eventFormat({ dataObject: { type: "string", contentEncoding: "base64" } })).toMatchObject({
    notes: ['Event "E": dataFormat.dataObject.contentEncoding: is not a keyword of the MSB: left out'],
    dataFormat: { dataObject: { type: "string" } },
  });
  expect(eventFormat({ dataObject: { type: "string", pattern: "(" } })).toMatchObject({
    notes: [
      'Event "E": dataFormat.dataObject.pattern: must be a valid regular expression. The whole is taken as any value',
    ],
    dataFormat: { dataObject: {} },
  });
});

test("a payload without dataObject is any value; one schema alone is the payload", () => {
  expect(eventFormat({ value: number })).toMatchObject({
    notes: ['Event "E": dataFormat: has no "dataObject": taken as any value'],
    dataFormat: { dataObject: {} },
  });
  expect(eventFormat(number)).toMatchObject({ notes: [], dataFormat: { dataObject: number } });
  expect(eventFormat("double").notes).toEqual([
    'Event "E": dataFormat: is not an object: taken as no payload',
  ]);
});

test("parameters of functions have names that the contract takes, and refer to no parameters", () => {
  const dataFormat = {
    "the speed": number,
    next: { type: "array", items: { $ref: "#/definitions/next" } },
    way: number,
  };
  const { notes, described } = generate({ functions: [{ functionId: "F", dataFormat }] });
  expect(notes).toEqual([
    expect.stringMatching(
      /^Function "F": dataFormat\["the speed"]: the name "the speed" cannot be used.*: left out$/,
    ),
    'Function "F": dataFormat["next"]: a parameter cannot refer to parameters: left out',
  ]);
  expect(described.functions[0]?.dataFormat).toEqual({ way: number });
});

test("response events that are not there, or of another service, are left out", () => {
  const behind = {
    name: "Lamp",
    events: [{ "@id": 2, eventId: "LIT" }],
    functions: [{ functionId: "LIGHT", responseEvents: [2, 1, 2, 7] }],
  };
  const gateway = {
    name: "Hall",
    "@class": "Gateway",
    events: [{ "@id": 1, eventId: "ALIVE" }],
    services: [behind],
  };
  const { source, notes } = generateContract(gateway);
  expect(notes).toEqual([
    'Function "LIGHT": responseEvents[1]: is the event "ALIVE" of another service: left out',
    'Function "LIGHT": responseEvents[3]: no event has the @id 7: left out',
  ]);
  expect(source).toContain(
    '// responseEvents[3]: no event has the @id 7: left out.\n    LIGHT: { responds: "LIT" },',
  );
});

test("configuration parameters have a type, and a value that fits it", () => {
  const parameters = {
    good: { type: "integer", format: "int32", value: 5 },
    odd: { type: "STRING", format: "DATE", value: "2026-01-31" },
    unknown: { type: "ARRAY", value: "a" },
    wrong: { type: "INTEGER", format: "INT32", value: 1.5 },
    missing: { type: "BOOLEAN" },
    never: { type: "STRING", format: "DATE-TIME", value: "tomorrow" },
    big: { type: "INTEGER", value: 2 ** 60 },
  };
  const { notes, described } = generate({ parameters });
  expect(notes).toEqual([
    'Parameter "odd": type: "string date" is not a parameter type: taken as STRING',
    'Parameter "unknown": type: "array" is not a parameter type: taken as STRING',
    'Parameter "wrong": value: does not fit INT32: 0 stands here instead',
    'Parameter "missing": value: does not fit BOOLEAN: false stands here instead',
    'Parameter "never": value: does not fit DATETIME: "1970-01-01T00:00:00.000Z" stands here instead',
    'Parameter "big": value: does not fit INT64: 0 stands here instead',
  ]);
  expect(described.configuration.parameters).toEqual({
    good: { type: "INTEGER", format: "INT32", value: 5 },
    odd: { type: "STRING", value: "2026-01-31" },
    unknown: { type: "STRING", value: "a" },
    wrong: { type: "INTEGER", format: "INT32", value: 0 },
    missing: { type: "BOOLEAN", value: false },
    never: { type: "STRING", format: "DATE-TIME", value: "1970-01-01T00:00:00.000Z" },
    big: { type: "INTEGER", format: "INT64", value: 0 },
  });
});

test.each([
  [
    "uniqueItems",
    { type: "array", items: {}, uniqueItems: true },
    'dataObject: zod cannot express "uniqueItems" here',
  ],
  [
    "a format of others",
    { type: "string", format: "uuid" },
    'dataObject: zod has no string of the format "uuid"',
  ],
  [
    "a required property with a default",
    { type: "object", properties: { a: { type: "string", default: "x" } }, required: ["a"] },
    "dataObject.a: in zod a property that is required has no default",
  ],
  [
    "a default that does not fit",
    { type: "object", properties: { a: { type: "integer", format: "int32", default: "x" } } },
    "dataObject.a: its default does not fit it",
  ],
  [
    "required without the property",
    { type: "object", properties: {}, required: ["a"] },
    "dataObject.required: zod would write this differently",
  ],
])("what zod has no words for stands there as JSON: %s", (_, dataObject, reason) => {
  const { notes, dataFormat, source } = eventFormat({ dataObject });
  expect(notes).toEqual([]);
  expect(source).toContain(`// As JSON, without types: ${reason}.`);
  expect(dataFormat).toEqual({ dataObject });
});

test("a default fills in; a definition that contains itself keeps its type; names that clash get a number", () => {
  const node = {
    type: "object",
    properties: {
      speed: { type: "integer", format: "int32", default: 5 },
      next: { $ref: "#/definitions/node" },
    },
  };
  const events = ["A", "B"].map((eventId) => ({
    eventId,
    dataFormat: {
      node: eventId === "A" ? node : { type: "object", properties: {} },
      dataObject: { $ref: "#/definitions/node" },
    },
  }));
  const { source, described } = generate({ events });
  expect(described.events.map(({ dataFormat }) => dataFormat)).toEqual(
    events.map((event) => event.dataFormat),
  );
  expect(source).toContain(`export const Node = z
  .object({
    speed: z.int32().default(5),
    get next() {
      return Node.optional();
    },
  })
  .meta({ id: "node" });
export type Node = z.infer<typeof Node>;

export const Node2 = z.object({}).meta({ id: "node" });`);
});

test("what looks like a reference in an example is none", () => {
  const dataObject = { type: "string", example: { $ref: "#/definitions/Nowhere" } };
  const { notes, dataFormat, source } = eventFormat({ dataObject });
  expect([notes, dataFormat]).toEqual([[], { dataObject }]);
  expect(source).not.toContain("export const Nowhere");
});

test("texts of several lines become doc comments, and cannot end them", () => {
  const Part = { type: "object", properties: {}, description: "First */ line\r\n@deprecated second" };
  const { source } = eventFormat({ Part, dataObject: { $ref: "#/definitions/Part" } });
  expect(source).toContain("/**\n * First *\\/ line\n * \\@deprecated second\n */\nexport const Part");
});

test("ids that are numbers or __proto__ are kept, in the order of JavaScript", () => {
  const events = ["b", "10", "9", "__proto__"].map((eventId, index) => ({ "@id": index, eventId }));
  const { described } = generate({ events, functions: [{ functionId: "F", responseEvents: [2, 3] }] });
  expect(described.events.map(({ eventId }) => eventId)).toEqual(["9", "10", "b", "__proto__"]);
  expect(described.functions[0]?.responseEvents).toEqual([1, 4]);
});

test("a gateway that has nothing but its services has no contract, and is still the client of its program", () => {
  const lamp = {
    "@class": "SmartObject",
    uuid: "lamp",
    name: "Lamp",
    events: [{ "@id": 1, eventId: "LIT" }],
  };
  const hall = {
    "@class": "Gateway",
    uuid: "hall",
    name: "Hall",
    services: [lamp, { ...lamp, uuid: "lamp2" }],
  };
  expect(Object.keys(runModule(generateContract(hall).source))).toEqual(["lamp", "lamp2"]);
  const { source } = generateProgram(hall, { end: "device" });
  expect(source).toMatch(/new MsbClient\(\{\n {2}type: "Gateway",\n {2}uuid: "hall",/);
  expect(source).toMatch(
    /const lamp2Service = client\.addService\(\{\n {2}type: "SmartObject",\n {2}uuid: "lamp2",/,
  );
});

test("a service that is called by what is no name gets one", () => {
  const names = [
    "Größe 7",
    "日本",
    "7 dwarfs",
    "class",
    "MSBClient x",
    "press",
    "__proto__",
    "const-ant",
  ].map((name) => /export const (\S+) =/.exec(generateContract({ name }).source)?.[1]);
  expect(names).toEqual([
    "grosse7",
    "machine2",
    "_7Dwarfs",
    "class2",
    "msbClientX",
    "press",
    "__proto__2",
    "constAnt",
  ]);
});
