// Golden: what goes out as R, written from docs/reference/protocol.md, not from what the code does.
import { describe, expect, it } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import { ComplexDataFormat, DataType, MsbClient } from "../../../src/index.ts";

const IDENTITY = { type: "SmartObject", uuid: "u", name: "n", description: "d", token: "t" } as const;

const DEVICE_FORMAT = {
  MyDevice: {
    type: "object",
    properties: {
      deviceName: { type: "string" },
      deviceWeight: { type: "number", format: "float" },
      submodules: { type: "array", items: { $ref: "#/definitions/MyModule" } },
    },
  },
  MyModule: { type: "object", properties: { moduleName: { type: "string" } } },
  dataObject: { $ref: "#/definitions/MyDevice" },
};

const complexDevice = new ComplexDataFormat("MyDevice")
  .addProperty("deviceName", DataType.STRING)
  .addProperty("deviceWeight", DataType.FLOAT)
  .addProperty("submodules", new ComplexDataFormat("MyModule").addProperty("moduleName", "string"), true);

const zodModule = z.object({ moduleName: z.string().optional() }).meta({ id: "MyModule" });
const zodDevice = z
  .object({
    deviceName: z.string().optional(),
    deviceWeight: z.float32().optional(),
    submodules: z.array(zodModule).optional(),
  })
  .meta({ id: "MyDevice" });

const client = (): MsbClient => new MsbClient({ ...IDENTITY, logLevel: "silent" });

/** The data format of an event, out of the R that would be sent. */
function formatOf(dataFormat: Parameters<MsbClient["addEvent"]>[3], isArray = false): unknown {
  const msb = client();
  msb.addEvent({ eventId: "E", dataFormat, isArray });
  return JSON.parse(JSON.stringify(msb.getSelfDescription())).events[0].dataFormat;
}

describe("the self-description", () => {
  it("is that of the facts, whole", () => {
    const msb = client();
    msb.addEvent("E1", "Event 1", "The first", DataType.INT32, "LOW", false);
    msb.addEvent("E2", "Event 2", "The second", null, 1);
    msb.addFunction("F1", "Function 1", "Does something", complexDevice, () => {}, false, ["E1"]);
    msb.addFunction("F2", "Function 2", "Does nothing", null, () => {});
    msb.addConfigParameter("p1", 1000, DataType.INT32);
    expect(JSON.parse(JSON.stringify(msb.getSelfDescription()))).toEqual({
      "@class": "SmartObject",
      uuid: "u",
      name: "n",
      description: "d",
      token: "t",
      events: [
        {
          "@id": 1,
          eventId: "E1",
          name: "Event 1",
          description: "The first",
          dataFormat: { dataObject: { type: "integer", format: "int32" } },
        },
        { "@id": 2, eventId: "E2", name: "Event 2", description: "The second" },
      ],
      functions: [
        {
          functionId: "F1",
          name: "Function 1",
          description: "Does something",
          dataFormat: DEVICE_FORMAT,
          responseEvents: [1],
        },
        { functionId: "F2", name: "Function 2", description: "Does nothing" },
      ],
      configuration: { parameters: { p1: { value: 1000, type: "INTEGER", format: "INT32" } } },
    });
  });

  it("has one root for each named parameter of a function", () => {
    const msb = client();
    msb.addFunction({
      functionId: "F",
      parameters: { speed: z.int32(), name: mini.string(), device: complexDevice },
      handler: () => {},
    });
    const { MyDevice, MyModule } = DEVICE_FORMAT;
    expect(msb.getSelfDescription().functions).toEqual([
      {
        functionId: "F",
        name: "F",
        description: "",
        dataFormat: {
          speed: { type: "integer", format: "int32" },
          name: { type: "string" },
          device: { $ref: "#/definitions/MyDevice" },
          MyDevice,
          MyModule,
        },
      },
    ]);
  });
});

describe("one format in its forms is one JSON", () => {
  it.each([
    ["complex", complexDevice],
    ["zod", zodDevice],
    ["raw", DEVICE_FORMAT],
    ["text", JSON.stringify(DEVICE_FORMAT)],
  ])("%s, as it is and as an array", (_, form) => {
    expect(formatOf(form)).toEqual(DEVICE_FORMAT);
    expect(formatOf(form, true)).toEqual({
      ...DEVICE_FORMAT,
      dataObject: { type: "array", items: { $ref: "#/definitions/MyDevice" } },
    });
  });

  it.each([
    [{ type: "string" }, ["string", DataType.STRING, z.string(), mini.string(), '{"type":"string"}']],
    [{ type: "integer", format: "int32" }, ["int32", DataType.INT32, z.int32(), mini.int32()]],
    [{ type: "integer", format: "int64" }, ["int64", "integer", "int", DataType.INT64, z.int(), mini.int()]],
    [{ type: "number", format: "float" }, ["float", DataType.FLOAT, z.float32(), mini.float32()]],
    [
      { type: "number", format: "double" },
      ["double", "number", DataType.DOUBLE, z.number(), z.float64(), mini.number()],
    ],
    [{ type: "boolean" }, ["boolean", DataType.BOOLEAN, z.boolean(), mini.boolean()]],
    [
      { type: "string", format: "date-time" },
      [
        "date-time",
        "datetime",
        DataType.DATETIME,
        z.iso.datetime(),
        z.iso.datetime({ offset: true }),
        mini.iso.datetime(),
      ],
    ],
    [{ type: "string", format: "byte" }, ["byte", DataType.BYTE, z.base64(), mini.base64()]],
  ])("%j", (schema, forms) => {
    for (const form of [...forms, { dataObject: schema }]) {
      expect(formatOf(form as never)).toEqual({ dataObject: schema });
      expect(formatOf(form as never, true)).toEqual({ dataObject: { type: "array", items: schema } });
    }
  });

  it("no payload", () => {
    expect([formatOf(null), formatOf(undefined)]).toEqual([undefined, undefined]);
  });
});
