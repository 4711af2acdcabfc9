import { describe, expect, it } from "vitest";
import * as z from "zod";
import { ComplexDataFormat, contract, DataType } from "../../../src/index.ts";
import { definitionIssues } from "../../support/data-format/formats.ts";
import { testClient } from "../../support/setup.ts";

const Measurement = z.object({ celsius: z.number() }).meta({ id: "Measurement" });
const Device = new ComplexDataFormat("Device").addProperty("name", DataType.STRING);

describe("a contract", () => {
  it("takes every kind of data format, as an entry or in one, and says the same as addEvent and addFunction", () => {
    const json = { Part: { type: "object" }, dataObject: { $ref: "#/definitions/Part" } } as const;
    const formats = {
      ZOD: z.int32(),
      TYPE: DataType.DATETIME,
      COMPLEX: Device,
      JSON: json,
      TEXT: { dataFormat: JSON.stringify(json) },
      NOTHING: null,
      EMPTY: {},
      MANY: {
        name: "Many",
        description: "of them",
        dataFormat: Measurement,
        isArray: true,
        priority: "HIGH",
      },
    } as const;
    const both = contract({
      events: formats,
      functions: {
        ZOD: z.int32(),
        NOTHING: null,
        MANY: { dataFormat: Device, isArray: true, responds: ["NOTHING", "MANY"] },
        MOVE: { name: "Move", parameters: { axis: z.enum(["x", "y"]), distance: DataType.DOUBLE } },
      },
      parameters: { limit: { type: DataType.INT32, value: 80 }, unit: { type: "string", value: "°C" } },
    });

    const byContract = testClient({ uuid: "machine", name: "machine" });
    const run = (): void => {};
    byContract.implement(both, { ZOD: run, NOTHING: run, MANY: run, MOVE: run });

    const byHand = testClient({ uuid: "machine", name: "machine" });
    byHand.addEvent({ eventId: "ZOD", dataFormat: z.int32() });
    byHand.addEvent({ eventId: "TYPE", dataFormat: DataType.DATETIME });
    byHand.addEvent({ eventId: "COMPLEX", dataFormat: Device });
    byHand.addEvent({ eventId: "JSON", dataFormat: json });
    byHand.addEvent({ eventId: "TEXT", dataFormat: json });
    byHand.addEvent({ eventId: "NOTHING" });
    byHand.addEvent({ eventId: "EMPTY" });
    byHand.addEvent({ eventId: "MANY", ...formats.MANY });
    byHand.addFunction({ functionId: "ZOD", dataFormat: z.int32(), handler: run });
    byHand.addFunction({ functionId: "NOTHING", handler: run });
    byHand.addFunction({
      functionId: "MANY",
      dataFormat: Device,
      isArray: true,
      responseEvents: ["NOTHING", "MANY"],
      handler: run,
    });
    byHand.addFunction({
      functionId: "MOVE",
      name: "Move",
      parameters: { axis: z.enum(["x", "y"]), distance: DataType.DOUBLE },
      handler: run,
    });
    byHand.addConfigParameter("limit", 80, DataType.INT32);
    byHand.addConfigParameter("unit", "°C", "string");
    expect(byContract.getSelfDescription()).toEqual(byHand.getSelfDescription());
  });

  it("may be empty", () => {
    expect(testClient({ uuid: "u" }).implement(contract({})).events).toEqual({});
  });

  it("names everything that is wrong with it at once", () => {
    const wrong = (): unknown =>
      contract({
        events: {
          "": z.int32(),
          TYPE: { dataFormat: "int33", priority: "URGENT" },
          KEY: { datFormat: z.int32() },
          DATE: z.date(),
        },
        functions: {
          GO: { responds: "GONE" },
          STOP: { responds: ["TYPE", "TYPE", 5], parameters: { "": z.int32() } },
          BOTH: { dataFormat: z.int32(), parameters: { x: z.int32() }, handler: () => undefined },
        },
        parameters: { limit: { type: "int32", value: "80" }, unit: { type: "text", value: 1 }, none: null },
        // biome-ignore lint/suspicious/noExplicitAny: none of it compiles
      } as any);
    expect(definitionIssues(wrong)).toMatchInlineSnapshot(`
      [
        {
          "message": "must not be empty",
          "path": "events[""].eventId",
        },
        {
          "message": "must be 0, 1, 2, "LOW", "MEDIUM" or "HIGH", not "URGENT"",
          "path": "events.TYPE.priority",
        },
        {
          "message": "unknown data type "int33"; the types are string, int32, int64, float, double, boolean, date-time, byte, int, integer, number, datetime, bool",
          "path": "events.TYPE.dataFormat",
        },
        {
          "message": "is not known here; the known ones are name, description, dataFormat, isArray, priority",
          "path": "events.KEY.datFormat",
        },
        {
          "message": "z.date() cannot travel as JSON; use z.iso.datetime(), or a z.codec() from z.iso.datetime() to z.date()",
          "path": "events.DATE.dataObject",
        },
        {
          "message": "must be one of its events "", "TYPE", "KEY", "DATE", not "GONE"",
          "path": "functions.GO.responds",
        },
        {
          "message": "must be one of its events "", "TYPE", "KEY", "DATE", not 5",
          "path": "functions.STOP.responds[2]",
        },
        {
          "message": "names an event twice",
          "path": "functions.STOP.responds",
        },
        {
          "message": "a name must not be empty",
          "path": "functions.STOP.parameters[""]",
        },
        {
          "message": "is not known here; the known ones are name, description, dataFormat, isArray, parameters, responds",
          "path": "functions.BOTH.handler",
        },
        {
          "message": "cannot be given together with parameters",
          "path": "functions.BOTH.dataFormat",
        },
        {
          "message": "must be a number, not "80"",
          "path": "parameters.limit.value",
        },
        {
          "message": "must be one of string, int32, int64, float, double, boolean, date-time, byte, int, integer, number, datetime, bool, not "text"",
          "path": "parameters.unit.type",
        },
        {
          "message": "must be an object { type, value }, not null",
          "path": "parameters.none",
        },
      ]
    `);
  });

  it("is an object of three groups; what is not is said, too", () => {
    expect(definitionIssues(() => contract(undefined as never))).toEqual([
      { path: "", message: "is missing: must be an object" },
    ]);
    expect(definitionIssues(() => contract({ events: [], actions: {} } as never))).toEqual([
      { path: "events", message: "must be an object, not an array" },
      { path: "actions", message: "is not known here" },
    ]);
    expect(definitionIssues(() => contract({ functions: { GO: { responds: "GONE" } } } as never))).toEqual([
      {
        path: "functions.GO.responds",
        message: 'must be an event of this contract, which has none, not "GONE"',
      },
    ]);
  });
});
