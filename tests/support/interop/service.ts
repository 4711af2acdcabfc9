import { ComplexDataFormat, DataType, MsbClient, type MsbClientOptions } from "../../../src/index.ts";

const part = new ComplexDataFormat("Part")
  .addProperty("partName", DataType.STRING)
  .addProperty("weight", DataType.FLOAT)
  .addProperty("count", DataType.INT32)
  .addProperty("checked", DataType.BOOLEAN);
const module = new ComplexDataFormat("Module")
  .addProperty("moduleName", DataType.STRING)
  .addProperty("mainPart", part)
  .addProperty("parts", part, true);
const machine = new ComplexDataFormat("Machine")
  .addProperty("machineName", DataType.STRING)
  .addProperty("serial", DataType.INT64)
  .addProperty("power", DataType.DOUBLE)
  .addProperty("built", DataType.DATETIME)
  .addProperty("tags", DataType.STRING, true)
  .addProperty("module", module)
  .addProperty("modules", module, true);
const tree = new ComplexDataFormat("TreeNode").addProperty("label", DataType.STRING);
tree.addProperty("children", tree, true);

const aPart = { partName: "Schraube M8 × 20 – 中文 😀", weight: 0.25, count: 2147483647, checked: true };
const aModule = {
  moduleName: "Antrieb",
  mainPart: aPart,
  parts: [aPart, { partName: "", weight: -1.5, count: -2147483648, checked: false }],
};
const aMachine = {
  machineName: "Fräse",
  serial: 9007199254740991,
  power: 1.7976931348623157e308,
  built: "2017-07-14T02:40:00.123Z",
  tags: ["a", "b c", ""],
  module: aModule,
  modules: [aModule, { moduleName: "leer", mainPart: aPart, parts: [] }],
};

/** Each becomes an event, and a function `ECHO_…` that answers with it; the same in the programs of `clients`. */
export const PAYLOADS = [
  { id: "NOTHING", dataFormat: null, isArray: false, value: undefined },
  { id: "COUNT", dataFormat: DataType.INT32, isArray: false, value: -5 },
  { id: "RATIO", dataFormat: DataType.DOUBLE, isArray: false, value: 0.1 },
  { id: "FLAG", dataFormat: DataType.BOOLEAN, isArray: false, value: false },
  { id: "TEXT", dataFormat: DataType.STRING, isArray: false, value: "Grüße, 中文 😀" },
  { id: "TEXTS", dataFormat: DataType.STRING, isArray: true, value: ["one", "two", ""] },
  { id: "PART", dataFormat: part, isArray: false, value: aPart },
  { id: "MODULE", dataFormat: module, isArray: false, value: aModule },
  { id: "MACHINE", dataFormat: machine, isArray: false, value: aMachine },
  { id: "MACHINES", dataFormat: machine, isArray: true, value: [aMachine, aMachine] },
  {
    id: "TREE",
    dataFormat: tree,
    isArray: false,
    value: { label: "a", children: [{ label: "b", children: [{ label: "c", children: [] }] }] },
  },
] as const;

/** A call that a function of ours got. */
export interface Received {
  readonly functionId: string;
  readonly value: unknown;
  readonly correlationId: string | undefined;
}

/** The service of the programs in `clients`, defined with our client. */
export function describeService(
  uuid: string,
  options: MsbClientOptions,
  onCall: (call: Received) => void,
): MsbClient {
  const client = new MsbClient("SmartObject", uuid, "Interop", "An official client", "t0ken", {
    logLevel: "silent",
    ...options,
  });
  const add = (
    functionId: string,
    payload: Pick<(typeof PAYLOADS)[number], "dataFormat" | "isArray">,
    ...responses: string[]
  ): void => {
    client.addFunction({
      functionId,
      name: functionId,
      description: `Function ${functionId}`,
      dataFormat: payload.dataFormat,
      isArray: payload.isArray,
      responseEvents: responses,
      handler: async ({ dataObject, correlationId, respond }) => {
        onCall({ functionId, value: dataObject, correlationId });
        for (const event of responses) {
          await respond(event, event === "NOTHING" ? undefined : dataObject);
        }
      },
    });
  };
  for (const { id, dataFormat, isArray } of PAYLOADS) {
    client.addEvent({
      eventId: id,
      name: id,
      description: `Event ${id}`,
      dataFormat,
      isArray,
      priority: "HIGH",
    });
    add(`ECHO_${id}`, { dataFormat, isArray }, id);
  }
  const text = { dataFormat: DataType.STRING, isArray: false };
  add("NOTE", text);
  add("BOTH", text, "TEXT", "NOTHING");
  client.addConfigParameter("limit", 80, DataType.INT32);
  client.addConfigParameter("factor", 1.5, DataType.DOUBLE);
  client.addConfigParameter("label", "left", DataType.STRING);
  client.addConfigParameter("enabled", true, DataType.BOOLEAN);
  client.addConfigParameter("since", "2017-07-14T02:40:00.123Z", DataType.DATETIME);
  return client;
}
