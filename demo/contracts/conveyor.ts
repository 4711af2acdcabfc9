// What the conveyor and its counterparts have agreed on.
import * as z from "zod/mini";
import { contract } from "../../src/index.ts";
import { alarmEvents, alarmFunctions } from "./alarm.ts";

export const CONVEYOR = {
  uuid: "6f1c2d7e-2a52-4d0e-9a0e-5a7b3c9d1e02",
  id: "conveyor",
  name: "Conveyor 3",
} as const;

export const BeltState = z
  .object({
    /** Metres per minute. */
    speed: z.number(),
    partsOnBelt: z.int32(),
    partsMoved: z.int32(),
    at: z.iso.datetime(),
  })
  .register(z.globalRegistry, { id: "BeltState" });

export type BeltState = z.output<typeof BeltState>;

const Part = z
  .object({ part: z.int32(), at: z.iso.datetime() })
  .register(z.globalRegistry, { id: "ConveyedPart" });

export const conveyor = contract({
  events: {
    BELT_STATE: { description: "What the belt does, twice a second", dataFormat: BeltState },
    PART_ARRIVED: { description: "A part has reached the end of the belt", dataFormat: Part },
    ...alarmEvents,
  },
  functions: {
    TAKE_PART: { description: "Takes a part from the press", dataFormat: Part },
    ...alarmFunctions,
  },
});
