import type { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import * as z from "zod/v4/mini";
import type { BrokerComponents } from "../components.ts";
import { matches, type TraceFilter } from "../observing/trace-feed.ts";
import { described, readQuery, wholeNumber } from "./request.ts";
import { createTraceStream, type TraceStreams } from "./trace-stream.ts";

const filterShape = {
  uuid: described(z.optional(z.string()), "Only entries about this service"),
  kind: described(
    z.optional(z.string()),
    "Only these kinds, separated by commas: R,E,C,K,reply,ping,pong,other,note",
  ),
  contains: described(z.optional(z.string()), "Only entries whose text contains this, whatever the case"),
};
export const listSchema = z.object({
  ...filterShape,
  after: described(wholeNumber(0, 999_999_999, 0), "Only entries with a greater seq"),
  limit: described(wholeNumber(1, 10_000, 1_000), "The last so many"),
});
export const streamSchema = z.object({
  ...filterShape,
  limit: described(wholeNumber(10, 5_000, 200), "Entries per second; more are sampled"),
  backlog: described(wholeNumber(0, 10_000, 100), "So many that are kept come first"),
});

/** More watchers than any user has windows. */
const MAX_STREAMS = 50;

/** Our own interface, for the console: the trace, as a list and live. */
export function mountBrokerTrace(app: Hono, components: BrokerComponents, streams: TraceStreams): void {
  const { trace } = components;
  app.get("/broker/messages", (c) => {
    const { after, limit, ...query } = readQuery(c, listSchema);
    const filter = toFilter(query);
    const entries = trace.entries().filter((entry) => entry.seq > after && matches(entry, filter));
    return c.json({ entries: entries.slice(-limit), lastSeq: trace.lastSeq });
  });

  app.get("/broker/trace", (c) => {
    if (streams.size >= MAX_STREAMS) {
      throw new HTTPException(503, { message: `${MAX_STREAMS} traces are being watched already.` });
    }
    const { limit, backlog, ...query } = readQuery(c, streamSchema);
    // Sent by a browser that connects again.
    const lastSeen = Number(c.req.header("last-event-id") ?? Number.NaN);
    const body = createTraceStream(components, streams, {
      filter: toFilter(query),
      limit,
      backlog,
      after: Number.isInteger(lastSeen) ? lastSeen : undefined,
    });
    return c.body(body, 200, {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    });
  });
}

function toFilter(query: {
  readonly uuid?: string | undefined;
  readonly kind?: string | undefined;
  readonly contains?: string | undefined;
}): TraceFilter {
  return {
    uuid: query.uuid,
    kinds: query.kind === undefined ? undefined : new Set(query.kind.split(",")),
    contains: query.contains?.toLowerCase(),
  };
}
