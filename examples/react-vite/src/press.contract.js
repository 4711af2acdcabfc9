// What the press and its users have agreed on: both import this file.
import { contract } from "msb-client-websocket";
import * as z from "zod/mini"; // less to load than "zod"

export const press = contract({
  events: {
    MEASURED: z.object({ celsius: z.number() }),
    SPEED_CHANGED: z.int32(),
  },
  functions: { SET_SPEED: { dataFormat: z.int32(), responds: "SPEED_CHANGED" } },
});
