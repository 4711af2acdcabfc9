import * as z from "zod/v4";
import { ComplexDataFormat, type DataFormatDefinition, DataType, type MsbClient } from "../../index.ts";

/** A kind of payload, under the name that the report gives it. */
export interface Format {
  readonly name: string;
  readonly dataFormat?: DataFormatDefinition | undefined;
  readonly isArray?: boolean;
}

const Reading = z.object({
  celsius: z.number().min(-273.15),
  at: z.iso.datetime(),
  state: z.enum(["ok", "late"]),
  note: z.string().max(80).optional(),
});

const hole = new ComplexDataFormat("CheckHole").addProperty("depth", DataType.DOUBLE);
const plate = new ComplexDataFormat("CheckPlate").addProperty("holes", hole, true);
const part = new ComplexDataFormat("CheckPart")
  .addProperty("plate", plate)
  .addProperty("count", DataType.INT32);

const TYPES = Object.values(DataType);

/** What services describe their payloads with. */
export const FORMATS: readonly Format[] = [
  { name: "no payload" },
  ...TYPES.map((type) => ({ name: type, dataFormat: type })),
  { name: "array", dataFormat: DataType.INT32, isArray: true },
  { name: "object from zod", dataFormat: Reading },
  { name: "nested objects", dataFormat: part },
  { name: "array of objects", dataFormat: part, isArray: true },
];

/** Adds an event and a function that answers with it, for each format. */
export function addFormats(client: MsbClient, formats: readonly Format[]): void {
  for (const [index, { dataFormat, isArray = false }] of formats.entries()) {
    const event = client.addEvent({ eventId: `EVENT_${index + 1}`, dataFormat, isArray });
    client.addFunction({
      functionId: `FUNCTION_${index + 1}`,
      ...{ dataFormat, isArray, responseEvents: [event] },
      handler: () => {},
    });
  }
}

const PARAMETER_VALUES: Readonly<Record<DataType, unknown>> = {
  string: "text",
  int32: 1,
  int64: 1,
  float: 1.5,
  double: 1.5,
  boolean: true,
  "date-time": "2020-01-01T00:00:00.000Z",
  byte: "AQID",
};

/** A parameter of each type. */
export function addParameters(client: MsbClient): void {
  for (const type of TYPES) {
    client.addConfigParameter(type, PARAMETER_VALUES[type] as never, type);
  }
}
