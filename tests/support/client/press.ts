import * as z from "zod";
import { contract, DataType } from "../../../src/index.ts";

/** A contract with every kind of event and function. */
export const press = contract({
  events: {
    MEASURED: {
      name: "Measured",
      dataFormat: z.object({ celsius: z.number(), tags: z.array(z.string()) }).meta({ id: "Measurement" }),
    },
    SPEED_CHANGED: { dataFormat: z.int32(), priority: "HIGH" },
    MANY: { dataFormat: DataType.DOUBLE, isArray: true },
    STOPPED: null,
    FAILED: DataType.STRING,
    MOVED: z.string(),
  },
  functions: {
    SET_SPEED: { name: "Set speed", dataFormat: z.int32(), responds: "SPEED_CHANGED" },
    STOP: { responds: ["STOPPED", "FAILED"] },
    MOVE: {
      parameters: { axis: z.enum(["x", "y"]), distance: DataType.DOUBLE, note: z.string().optional() },
      responds: "MOVED",
    },
    RESET: null,
    FEED: { dataFormat: z.int32(), isArray: true },
  },
  parameters: { limit: { type: DataType.INT32, value: 80 } },
});
