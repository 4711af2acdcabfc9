// `GET /plant`: the state of the plant as server-sent events.
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Plant } from "../plant/plant.ts";

/** Milliseconds between two events. */
const INTERVAL = 200;

export function streamPlant(c: Context, plant: Plant): Response {
  c.header("X-Accel-Buffering", "no");
  if (c.req.method === "HEAD") {
    // It comes here, too, and nobody would ever read its stream, nor end it.
    return c.body(null, 200, { "Content-Type": "text/event-stream" });
  }
  return streamSSE(c, async (stream) => {
    let sent = "";
    let wake = (): void => {};
    const stopListening = plant.onChange(() => wake());
    stream.onAbort(() => {
      stopListening();
      wake();
    });
    while (!stream.aborted) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const data = JSON.stringify(plant.state);
      // A reader that is slow gets the latest, and not all that it has missed.
      if (data !== sent) {
        await stream.writeSSE({ event: "state", data });
        sent = data;
        await stream.sleep(INTERVAL);
      }
      if (JSON.stringify(plant.state) === sent) {
        await changed;
      }
    }
  });
}
