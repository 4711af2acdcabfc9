// What the press and the dashboard have agreed on: one schema for both ends of every flow.
import * as z from "zod/mini";

export const PRESS_UUID = "6f1c2d7e-2a52-4d0e-9a0e-5a7b3c9d1e01";

export const Measurement = z
  .object({
    /** Degrees Celsius. */
    temperature: z.number(),
    /** Kilonewtons. */
    force: z.number(),
    /** Strokes per minute. */
    speed: z.int32(),
    strokes: z.int32(),
    at: z.iso.datetime(),
  })
  .register(z.globalRegistry, { id: "Measurement" });

export type Measurement = z.output<typeof Measurement>;

/** Strokes per minute. */
export const Speed = z.int32().check(z.minimum(0), z.maximum(120));

/** What the press does, and what the dashboard is told. */
export const MEASURED = "MEASURED";
export const SPEED_CHANGED = "SPEED_CHANGED";
export const SET_SPEED = "SET_SPEED";

/** What the dashboard asks for, and what it can be told. */
export const SPEED_REQUESTED = "SPEED_REQUESTED";
export const SHOW_MEASUREMENT = "SHOW_MEASUREMENT";
export const SHOW_SPEED = "SHOW_SPEED";

/** What the page server tells a page: who it is, and where the MSB is. */
export interface DashboardSession {
  readonly uuid: string;
  readonly msbUrl: string;
}
