import type { BrokerComponents } from "../components.ts";
import {
  answersAfter,
  lastThatFit,
  matches,
  type TraceBatch,
  TraceFeed,
  type TraceFilter,
} from "../observing/trace-feed.ts";
import { MAX_BATCH_SIZE } from "../support/limits.ts";
import { revisionOf } from "./broker-state.ts";

/** The streams that are open: each can be ended from here. */
export type TraceStreams = Set<() => void>;

export interface TraceStreamOptions {
  readonly filter: TraceFilter;
  /** Entries per second. */
  readonly limit: number;
  /** How many of the entries that are kept come first. */
  readonly backlog: number;
  /** Only entries with a greater number. */
  readonly after: number | undefined;
}

/** Milliseconds between two batches, and between two that say only that nothing has happened. */
const BATCH_INTERVAL = 100;
const IDLE_INTERVAL = 1_000;
/** For how many milliseconds a slow reader may take none. */
const MAX_STALL = 30_000;
/** What is kept and comes first, in characters. */
const MAX_BACKLOG_SIZE = 4 * MAX_BATCH_SIZE;

/** The trace as Server-Sent Events: batches, sampled if it is too much. */
export function createTraceStream(
  components: BrokerComponents,
  streams: TraceStreams,
  { filter, limit, backlog, after }: TraceStreamOptions,
): ReadableStream<Uint8Array> {
  const { trace, counters } = components;
  const encoder = new TextEncoder();
  const feed = new TraceFeed(trace, filter);
  const perBatch = Math.max(1, Math.round((limit * BATCH_INTERVAL) / 1_000));
  /** What was not used of the last second may come at once: a burst is no load. */
  let room = limit;
  let timer: NodeJS.Timeout | undefined;
  let lastSent = 0;
  let lastRevision = "";
  const end = () => {
    clearInterval(timer);
    feed.close();
    streams.delete(close);
  };
  let close = end;

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        close = () => {
          end();
          controller.close();
        };
        streams.add(close);
        const send = (batch: TraceBatch) => {
          const revision = revisionOf(components);
          const data = JSON.stringify({ ...batch, lastSeq: trace.lastSeq, counters, revision });
          controller.enqueue(encoder.encode(`event: batch\nid: ${trace.lastSeq}\ndata: ${data}\n\n`));
          lastSent = performance.now();
          lastRevision = JSON.stringify(revision);
        };
        const all = trace.entries().filter((entry) => matches(entry, filter));
        const kept = all.filter(({ seq }) => seq > (after ?? 0));
        const wanted = after === undefined ? kept.slice(Math.max(0, kept.length - backlog)) : kept;
        const fitting = lastThatFit(wanted, MAX_BACKLOG_SIZE);
        const seen = after === undefined ? [] : all.filter(({ seq }) => seq <= after);
        send({
          entries: fitting,
          omitted: wanted.length - fitting.length,
          answers: answersAfter(seen, after ?? 0),
        });
        feed.expectAnswers(seen);
        feed.expectAnswers(fitting);
        timer = setInterval(() => {
          const idle = performance.now() - lastSent;
          if ((controller.desiredSize ?? 0) <= 0) {
            // It reads too slowly; meanwhile the feed counts what it misses.
            if (idle > MAX_STALL) {
              end();
              controller.error(new Error("The reader is too slow"));
            }
            return;
          }
          const batch = feed.take(room);
          room = Math.min(limit, room - batch.entries.length + perBatch);
          const isNews = batch.entries.length > 0 || batch.omitted > 0 || batch.answers.length > 0;
          if (isNews || idle >= IDLE_INTERVAL || JSON.stringify(revisionOf(components)) !== lastRevision) {
            send(batch);
          }
        }, BATCH_INTERVAL);
      },
      cancel: end,
    },
    // Two batches of the largest size, or many small ones.
    new ByteLengthQueuingStrategy({ highWaterMark: 2 * MAX_BATCH_SIZE }),
  );
}
