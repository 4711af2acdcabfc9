// What the robot and its counterparts have agreed on. The robot has no connection of its own: it is behind the gateway of its cell.
import * as z from "zod/mini";
import { contract } from "../../src/index.ts";
import { alarmEvents, alarmFunctions } from "./alarm.ts";

export const CELL = { uuid: "6f1c2d7e-2a52-4d0e-9a0e-5a7b3c9d1e03", name: "Cell gateway" } as const;
export const ROBOT = { uuid: "6f1c2d7e-2a52-4d0e-9a0e-5a7b3c9d1e04", id: "robot", name: "Robot 12" } as const;

export const ArmState = z
  .object({
    state: z.enum(["waiting", "picking", "placing"]),
    /** Degrees of its base. */
    angle: z.number(),
    partsPlaced: z.int32(),
    at: z.iso.datetime(),
  })
  .register(z.globalRegistry, { id: "ArmState" });

export type ArmState = z.output<typeof ArmState>;

const Part = z
  .object({ part: z.int32(), at: z.iso.datetime() })
  .register(z.globalRegistry, { id: "PlacedPart" });

export const robot = contract({
  events: {
    ARM_STATE: { description: "What the arm does, twice a second", dataFormat: ArmState },
    PART_PLACED: { description: "A part lies in its box", dataFormat: Part },
    ...alarmEvents,
  },
  functions: {
    PICK_PART: { description: "Picks a part from the end of the belt", dataFormat: Part },
    ...alarmFunctions,
  },
});
