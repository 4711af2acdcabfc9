// What all machines say about alarms, and how they are acknowledged.
import * as z from "zod/mini";

/**
 * An alarm of a machine. The same id again with `active: false`: it is over. Each is told again every few seconds while it lasts,
 * and for half a minute after that, for who came later: who knows it already has heard nothing new.
 */
export const Alarm = z
  .object({
    id: z.string(),
    text: z.string(),
    priority: z.enum(["LOW", "MEDIUM", "HIGH"]),
    active: z.boolean(),
    acknowledged: z.boolean(),
    /** Since when. */
    at: z.iso.datetime(),
  })
  .register(z.globalRegistry, { id: "Alarm" });

export type Alarm = z.output<typeof Alarm>;

export const alarmEvents = {
  ALARM: {
    description: "An alarm that begins, is acknowledged, or ends",
    dataFormat: Alarm,
    priority: "HIGH",
  },
} as const;

/** The value is the id of the alarm. */
export const alarmFunctions = {
  ACKNOWLEDGE: { description: "Acknowledges an alarm by its id", dataFormat: z.string(), responds: "ALARM" },
} as const;
