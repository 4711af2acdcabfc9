import { describe, expect, it } from "vitest";
import * as z from "zod";
import { MsbClient, MsbDefinitionError } from "../../../src/index.ts";
import { identity } from "../../support/client/identity.ts";

/** The error that a call throws at once. */
function errorOf(call: () => unknown): MsbDefinitionError {
  try {
    call();
  } catch (error) {
    if (error instanceof MsbDefinitionError) {
      return error;
    }
    throw error;
  }
  throw new Error("nothing was thrown");
}

// What a JavaScript user may write, whatever the types say.
// biome-ignore lint/suspicious/noExplicitAny: see above
const wrong = (value: unknown): any => value;

function client(): MsbClient {
  return new MsbClient({ ...identity(), logLevel: "silent" });
}

describe("the identity", () => {
  it("by object and by position is the same", () => {
    const { type, uuid, name, description, token } = identity();
    const byObject = new MsbClient({ type, uuid, name, description, token });
    const byPosition = new MsbClient(type, uuid, name, description, token);
    expect(byPosition.getSelfDescription()).toEqual(byObject.getSelfDescription());
    expect(byObject.getSelfDescription()).toEqual({
      "@class": "SmartObject",
      uuid,
      name,
      description,
      token,
      events: [],
      functions: [],
      configuration: { parameters: {} },
    });
  });

  it("names every field that is missing, empty or wrong, and every option", () => {
    const error = errorOf(
      () =>
        new MsbClient(
          wrong({
            type: "Robot",
            uuid: "",
            name: 5,
            token: "  ",
            reconnectInterval: 100,
            sockJSFraming: true,
          }),
        ),
    );
    expect(error.issues).toEqual([
      { path: "type", message: 'must be one of SmartObject, Application, Gateway, not "Robot"' },
      { path: "uuid", message: "must not be empty" },
      { path: "name", message: "must be a string, not 5" },
      { path: "description", message: "is missing: must be a string" },
      { path: "token", message: "must not be empty" },
      {
        path: "reconnectInterval",
        message: "must be a whole number of milliseconds, at least 3000, not 100",
      },
      { path: "sockJSFraming", message: "is not known here" },
    ]);
    expect(error.message).toMatch(/^The client: type: must be one of .*; uuid: must not be empty; /);
  });

  it("missing as a whole", () => {
    expect(errorOf(() => new MsbClient(wrong({}))).issues.map(({ path }) => path)).toEqual([
      "type",
      "uuid",
      "name",
      "description",
      "token",
    ]);
  });
});

describe("settings", () => {
  it.each<[string, (msb: MsbClient) => void, string]>([
    ["setReconnectInterval", (msb) => msb.setReconnectInterval(2_999), "at least 3000, not 2999"],
    [
      "setEventCacheSize",
      (msb) => msb.setEventCacheSize(1.5),
      "must be a whole number of events, at least 1, not 1.5",
    ],
    [
      "disableAutoReconnect",
      (msb) => msb.disableAutoReconnect(wrong("yes")),
      'must be true or false, not "yes"',
    ],
    [
      "enableDataFormatValidation",
      (msb) => msb.enableDataFormatValidation(wrong(0)),
      "must be true or false, not 0",
    ],
  ])("%s refuses a wrong value", (_, set, message) => {
    expect(errorOf(() => set(client())).message).toContain(message);
  });
});

describe("events", () => {
  it("by object and by position are the same, and count from 1", () => {
    const [byObject, byPosition] = [client(), client()];
    byObject.addEvent({
      eventId: "A",
      name: "a",
      description: "aa",
      dataFormat: "int32",
      priority: "HIGH",
      isArray: true,
    });
    byObject.addEvent({ eventId: "B" });
    byPosition.addEvent("A", "a", "aa", "int32", 2, true);
    byPosition.addEvent("B", "B", "");
    expect(byPosition.getSelfDescription().events).toEqual(byObject.getSelfDescription().events);
    expect(byObject.getSelfDescription().events).toEqual([
      {
        "@id": 1,
        eventId: "A",
        name: "a",
        description: "aa",
        dataFormat: { dataObject: { type: "array", items: { type: "integer", format: "int32" } } },
      },
      { "@id": 2, eventId: "B", name: "B", description: "" },
    ]);
  });

  it("with an id that is taken", () => {
    const msb = client();
    msb.addEvent({ eventId: "A" });
    expect(errorOf(() => msb.addEvent({ eventId: "A" })).message).toBe(
      'Event "A": eventId: "A" was added already; choose another one',
    );
  });

  it("list everything that is wrong at once", () => {
    const error = errorOf(() =>
      client().addEvent(wrong({ eventId: "A", name: 1, priority: 3, dataFormat: z.date(), isarray: true })),
    );
    expect(error.message).toMatch(/^Event "A": /);
    expect(error.issues.map(({ path }) => path).sort()).toEqual([
      "dataObject",
      "isarray",
      "name",
      "priority",
    ]);
  });

  it.each([
    [undefined, /must be an object/],
    [{}, /^Event: eventId: is missing/],
    ["", /eventId: must not be empty/],
  ])("without an id: %j", (definition, message) => {
    expect(errorOf(() => client().addEvent(wrong(definition))).message).toMatch(message);
  });

  it("with too many positional arguments", () => {
    const add = client().addEvent.bind(client()) as (...values: unknown[]) => void;
    expect(errorOf(() => add("A", "a", "aa", null, 0, false, 7)).message).toContain(
      "takes at most 6 arguments: eventId, name, description, dataFormat, priority, isArray",
    );
  });
});

describe("functions", () => {
  it("by object and by position are the same, and refer to events by their @id", () => {
    const [byObject, byPosition] = [client(), client()];
    for (const msb of [byObject, byPosition]) {
      msb.addEvent({ eventId: "E1" });
    }
    const handler = (): void => {};
    const second = byObject.addEvent({ eventId: "E2" });
    byPosition.addEvent({ eventId: "E2" });
    byObject.addFunction({
      functionId: "F",
      name: "f",
      description: "ff",
      dataFormat: "string",
      responseEvents: [second, "E1"],
      handler,
    });
    byPosition.addFunction("F", "f", "ff", "string", handler, false, ["E2", "E1"]);
    expect(byPosition.getSelfDescription().functions).toEqual(byObject.getSelfDescription().functions);
    expect(byObject.getSelfDescription().functions).toEqual([
      {
        functionId: "F",
        name: "f",
        description: "ff",
        dataFormat: { dataObject: { type: "string" } },
        responseEvents: [2, 1],
      },
    ]);
  });

  it("with an id that is taken", () => {
    const msb = client();
    msb.addFunction({ functionId: "F", handler: () => {} });
    expect(errorOf(() => msb.addFunction({ functionId: "F", handler: () => {} })).message).toBe(
      'Function "F": functionId: "F" was added already; choose another one',
    );
  });

  it("list everything that is wrong at once, response events that were never added too", () => {
    const error = errorOf(() =>
      client().addFunction(
        wrong({ functionId: "F", description: 5, responseEvents: ["E1", 5, { eventId: "E2" }] }),
      ),
    );
    expect(error.issues).toEqual([
      { path: "description", message: "must be a string, not 5" },
      {
        path: "responseEvents[1]",
        message: "must be an event that addEvent() returned, or its eventId, not 5",
      },
      { path: "handler", message: "is missing: the function to run" },
      {
        path: "responseEvents[0]",
        message: 'the event "E1" was never added to this service; call addEvent() before addFunction()',
      },
      {
        path: "responseEvents[2]",
        message: 'the event "E2" was never added to this service; call addEvent() before addFunction()',
      },
    ]);
  });

  it("with parameters and a data format", () => {
    const definition = {
      functionId: "F",
      parameters: { a: "int32" },
      dataFormat: "int32",
      isArray: true,
      handler: () => {},
    };
    expect(errorOf(() => client().addFunction(wrong(definition))).issues).toEqual([
      { path: "dataFormat", message: "cannot be given together with parameters" },
      { path: "isArray", message: "cannot be given together with parameters" },
    ]);
  });
});
