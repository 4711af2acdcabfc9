// Compiles with every version of zod that is allowed: `zod/v4` is in all of them.
import { contract, MsbClient, type MsbEvent } from "msb-client-websocket";
import * as z from "zod/v4";
import * as mini from "zod/v4/mini";

const client = new MsbClient("Application", "uuid", "Dashboard", "", "token");
const Reading = z.object({ celsius: z.number(), at: z.iso.datetime(), note: z.string().optional() });
const reading = client.addEvent({ eventId: "READING", dataFormat: Reading.meta({ id: "Reading" }) });
const typed: MsbEvent<{ celsius: number; at: string; note?: string | undefined }> = reading;
const small = client.addEvent({ eventId: "SMALL", dataFormat: mini.object({ x: mini.int32() }) });

client.addFunction({
  functionId: "SET_SPEED",
  parameters: { speed: z.int32(), unit: mini.optional(mini.string()) },
  handler: ({ parameters }) => {
    const speed: number = parameters.speed;
    const unit: string | undefined = parameters.unit;
    return void [speed, unit];
  },
});

const press = contract({
  events: { SPEED_CHANGED: z.int32() },
  functions: { SET_SPEED: { dataFormat: z.int32(), responds: "SPEED_CHANGED" } },
});
client.implement(press, { SET_SPEED: ({ dataObject }) => dataObject + 1 });

export async function main(): Promise<void> {
  await typed.publish({ celsius: 21.5, at: new Date().toISOString() });
  await small.publish({ x: 1 });
  // @ts-expect-error: a wrong value is a compile error.
  await reading.publish({ celsius: "warm", at: "" });
  // @ts-expect-error: a wrong value is a compile error.
  await small.publish({ x: "1" });
}
