import type { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import * as z from "zod/v4/mini";
import { quote } from "../../support/clip.ts";
import type { BrokerComponents } from "../components.ts";
import { matches, type TraceFilter } from "../observing/trace-feed.ts";
import { expected } from "../support/schemas.ts";
import { described, readQuery, wholeNumber } from "./request.ts";
import { createTraceStream, type TraceStreams } from "./trace-stream.ts";

const filterShape = {
  uuid: described(z.optional(z.string()), "Only entries about this service"),
  kind: described(
    z.optional(z.string()),
    "Only these kinds, separated by commas: R,E,C,K,reply,ping,pong,other,note",
  ),
  contains: described(
    z.optional(z.string()),
    "Only entries whose message, note or answer contains this, in upper or lower case",
  ),
  folded: described(
    z.optional(z.literal(["true", "false"], expected("true or false"))),
    "Without the answers to R and E, which stand in the entry of the message that they answer",
  ),
};
export const listSchema = z.object({
  ...filterShape,
  after: described(wholeNumber(0, 999_999_999, 0), "Only entries with a greater seq"),
  limit: described(wholeNumber(1, 10_000, 1_000), "At most this many of the last entries"),
});
export const streamSchema = z.object({
  ...filterShape,
  limit: described(wholeNumber(10, 5_000, 200), "Entries per second; more are sampled"),
  backlog: described(wholeNumber(0, 10_000, 100), "Send this many kept entries first"),
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

  app.get("/broker/messages/:seq", (c) => {
    const seq = c.req.param("seq");
    const entry = /^\d{1,15}$/.test(seq) ? trace.find(Number(seq)) : undefined;
    if (entry === undefined) {
      throw new HTTPException(404, { message: `The trace has no message ${quote(seq)}, or no longer.` });
    }
    return c.json(entry);
  });

  app.get("/broker/trace", (c) => {
    const headers = {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    };
    if (c.req.method === "HEAD") {
      // It comes here, too, and nobody would ever read its stream, nor end it.
      return c.body(null, 200, headers);
    }
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
      // More than there were is of the broker before: this one has been started again.
      after: Number.isInteger(lastSeen) && lastSeen <= trace.lastSeq ? lastSeen : undefined,
    });
    return c.body(body, 200, headers);
  });
}

function toFilter(query: {
  readonly uuid?: string | undefined;
  readonly kind?: string | undefined;
  readonly contains?: string | undefined;
  readonly folded?: "true" | "false" | undefined;
}): TraceFilter {
  return {
    uuid: query.uuid,
    kinds: query.kind === undefined ? undefined : new Set(query.kind.split(",")),
    contains: query.contains?.toLowerCase(),
    folded: query.folded === "true",
  };
}
