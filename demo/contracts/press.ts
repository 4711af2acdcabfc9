// What the press and its counterparts have agreed on: both ends are made of it.
import * as z from "zod/mini";
import { contract, DataType } from "../../src/index.ts";
import { alarmEvents, alarmFunctions } from "./alarm.ts";

export const PRESS = { uuid: "6f1c2d7e-2a52-4d0e-9a0e-5a7b3c9d1e01", id: "press", name: "Press 7" } as const;

export const Measurement = z
  .object({
    /** Counts the measurements, from 1, without gaps, over restarts of the press: who receives them knows what is missing. */
    number: z.int32(),
    /** Degrees Celsius. */
    temperature: z.number(),
    /** Kilonewtons. */
    force: z.number(),
    /** Strokes per minute. */
    speed: z.int32(),
    strokes: z.int32(),
    /** When it was measured, which may be long before it arrives. */
    at: z.iso.datetime(),
  })
  .register(z.globalRegistry, { id: "Measurement" });

export type Measurement = z.output<typeof Measurement>;

const Part = z
  .object({ part: z.int32(), at: z.iso.datetime() })
  .register(z.globalRegistry, { id: "PressedPart" });

/** Strokes per minute. */
const Speed = z.int32().check(z.minimum(0), z.maximum(120));

export const press = contract({
  events: {
    MEASURED: { description: "What the press measures, four times a second", dataFormat: Measurement },
    SPEED_CHANGED: {
      description: "The speed was changed, in strokes per minute",
      dataFormat: Speed,
      priority: "HIGH",
    },
    PART_PRESSED: { description: "A part, with each stroke", dataFormat: Part },
    ...alarmEvents,
  },
  functions: {
    SET_SPEED: {
      description: "Sets the speed, in strokes per minute",
      dataFormat: Speed,
      responds: "SPEED_CHANGED",
    },
    ...alarmFunctions,
  },
  /** Degrees Celsius above which the press raises an alarm. */
  parameters: { temperatureLimit: { type: DataType.DOUBLE, value: 55 } },
});
