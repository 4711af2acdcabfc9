// What an editor proposes where a data format is asked for, and what it says about one that is wrong.
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type DataFormatDefinition,
  DataType,
  MsbClient,
  type MsbEvent,
  type ValueOf,
} from "../../src/index.ts";
import { identity } from "../support/client/identity.ts";
import { openEditor } from "../support/types/editor.ts";

const editor = openEditor(`
  import * as z from "zod";
  import type { DataFormatDefinition, EventDefinition, MsbClient } from "../../../src/index.ts";
  declare const client: MsbClient;
  declare const text: string;
`);

const NAMES = Object.values(DataType);
const ALIASES = ["bool", "datetime", "int", "integer", "number"];

describe("the names of the simple types are proposed", { timeout: 60_000 }, () => {
  it.each([
    ["of an event", 'client.addEvent({ eventId: "E", dataFormat: "|" });'],
    ["of an event that is half written", 'client.addEvent({ dataFormat: "|'],
    ["of an event by position", 'client.addEvent("E", null, null, "|");'],
    ["of a function", 'client.addFunction({ functionId: "F", dataFormat: "|", handler: () => {} });'],
    ["of a function by position", 'client.addFunction("F", null, null, "|", () => {});'],
    [
      "of a named parameter",
      'client.addFunction({ functionId: "F", parameters: { speed: "|" }, handler: ({ parameters }) => parameters.speed });',
    ],
    ["of a definition", 'const definition: EventDefinition = { eventId: "E", dataFormat: "|" };'],
    ["of a data format", 'const dataFormat: DataFormatDefinition = "|";'],
  ])("%s", (_where, code) => {
    expect([...editor.proposals(code)].sort()).toEqual([...NAMES, ...ALIASES].sort());
  });
});

describe("a string that is neither a simple type nor JSON does not compile", { timeout: 60_000 }, () => {
  it.each([
    ["of an event", 'client.addEvent({ eventId: "E", dataFormat: "int33" });'],
    ["of an event by position", 'client.addEvent("E", null, null, "int33");'],
    ["of a function", 'client.addFunction({ functionId: "F", dataFormat: "int33", handler: () => {} });'],
    ["of a function by position", 'client.addFunction("F", null, null, "int33", () => {});'],
    [
      "of a named parameter",
      'client.addFunction({ functionId: "F", parameters: { speed: "int33" }, handler: () => {} });',
    ],
  ])("%s, and the message says what would", (_where, code) => {
    expect(editor.errors(code)).toEqual([
      expect.stringMatching(/"int33"' is not assignable to .*type 'DataTypeName/),
    ]);
  });

  it("while everything that may be right at run time does", () => {
    const right = `
      client.addEvent({ eventId: "1", dataFormat: text });
      client.addEvent({ eventId: "2", dataFormat: \`\${text}32\` });
      client.addEvent({ eventId: "3", dataFormat: "INT32" });
      client.addEvent({ eventId: "4", dataFormat: '{ "type": "string" }' });
      client.addEvent({ eventId: "5", dataFormat: \`
        { "type": "string" }\` });
      client.addEvent({ eventId: "6", dataFormat: { dataObject: { type: "string" } } });
      client.addEvent("7", null, null, text);
      client.addFunction({ functionId: "8", parameters: { a: text, b: "{}", c: z.int32() }, handler: () => {} });
      const definition: EventDefinition = { eventId: "9", dataFormat: text };
      client.addEvent(definition);
      client.addEvent({ eventId: "10", dataFormat: JSON.parse(text) });
    `;
    expect(editor.errors(right)).toEqual([]);
  });
});

describe("parameters beside a data format do not compile", { timeout: 60_000 }, () => {
  it("and the message names them", () => {
    const both = `client.addFunction({
      functionId: "F", dataFormat: z.int32(), parameters: { speed: z.int32() }, handler: () => {},
    });`;
    expect(editor.errors(both)).toEqual([
      expect.stringContaining("Type '{ speed: z.ZodInt32; }' is not assignable to type 'null'."),
    ]);
  });

  it("while null says nothing on either side", () => {
    const right = `
      client.addFunction({ functionId: "1", dataFormat: null, parameters: { speed: "int32" },
        handler: ({ parameters }) => { parameters.speed satisfies number; } });
      client.addFunction({ functionId: "2", dataFormat: "int32", parameters: null,
        handler: ({ dataObject }) => { dataObject satisfies number; } });
    `;
    expect(editor.errors(right)).toEqual([]);
  });
});

describe("the value of a simple type", () => {
  it("follows from its name in upper case too, as at run time", () => {
    const client = new MsbClient({ ...identity(), logLevel: "silent" });
    const event = client.addEvent({ eventId: "E", dataFormat: "BOOLEAN" });
    expectTypeOf(event).toEqualTypeOf<MsbEvent<boolean>>();
    expect(client.getSelfDescription().events[0]?.dataFormat).toEqual({ dataObject: { type: "boolean" } });
  });

  it("is not known of JSON, and of strings that are not known", () => {
    expectTypeOf<ValueOf<string>>().toBeAny();
    expectTypeOf<ValueOf<'{"type":"string"}'>>().toBeAny();
    expectTypeOf<ValueOf<DataFormatDefinition>>().toBeAny();
  });
});
