import { batch, computed, effect, signal } from "@preact/signals";
import { request } from "./api.ts";
import { refresh, refreshIfOlder } from "./broker-state.ts";
import { shareStrings } from "./share-strings.ts";
import { areAnswersFolded, filter, fits } from "./trace-filter.ts";
import { clearHeld, endRequests, held, isStopped, takeHeld } from "./trace-hold.ts";
import { answerRows, placeEntries, type TraceRow } from "./trace-rows.ts";
import type { BrokerCounters, TraceBatch, TraceEntry } from "./types.ts";

export { showOnly } from "./trace-filter.ts";

/** The lines that the page keeps, and how many per second the broker sends. More is sampled: nobody reads it. */
export const MAX_LINES = 5_000;
const LIMIT = 200;
const BACKLOG = 500;
const RETRY_INTERVAL = 2_000;

/** A trace out of a file, which does not move. */
export interface ImportedTrace {
  readonly name: string;
  readonly rows: readonly TraceRow[];
  /** How many lines the file has. */
  readonly total: number;
}

const liveRows = signal<readonly TraceRow[]>([]);
export const imported = signal<ImportedTrace | undefined>(undefined);
/** What is shown. */
export const rows = computed<readonly TraceRow[]>(() =>
  imported.value === undefined
    ? liveRows.value
    : imported.value.rows.filter(({ entry }) => fits(entry, filter.value)),
);
export const isLive = signal(false);
/** How many messages fit the filter, and were left out, in all. */
export const leftOut = signal(0);
export const counters = signal<BrokerCounters | undefined>(undefined);

/** How much has gone wrong so far: it grows with each refusal, each call that waits or is dropped, and each registration. */
export const wrongs = computed(() => {
  const {
    eventsRefused = 0,
    registrationsRefused = 0,
    callsDropped = 0,
    callsQueued = 0,
    registrations = 0,
  } = counters.value ?? {};
  return eventsRefused + registrationsRefused + callsDropped + callsQueued + registrations;
});

interface Tick {
  readonly at: number;
  readonly omitted: number;
  readonly shown: number;
  readonly messages: number;
}
const ticks = signal<readonly Tick[]>([]);

/** The last second: messages, and lines that were left out, per second. */
export const rates = computed(() => {
  const [first] = ticks.value;
  const last = ticks.value.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < 100) {
    return { messages: 0, omitted: 0, fitting: 0 };
  }
  const seconds = (last.at - first.at) / 1_000;
  const omitted = ticks.value.slice(1).reduce((sum, tick) => sum + tick.omitted, 0);
  const shown = ticks.value.slice(1).reduce((sum, tick) => sum + tick.shown, 0);
  return {
    messages: Math.round((last.messages - first.messages) / seconds),
    omitted: Math.round(omitted / seconds),
    fitting: Math.round((omitted + shown) / seconds),
  };
});

/** Whether more comes than is shown. */
export const isSampled = computed(() => rates.value.omitted > 0);

/** One more with each broker that was connected: each counts its messages from 1. */
let run = 0;

export function clearLines(): void {
  liveRows.value = [];
  leftOut.value = 0;
  clearHeld();
}

/** Watches the trace with the filter; another filter begins anew, because the broker is what filters and samples. */
export function watchTrace(): void {
  effect(() => {
    const { uuid, kinds, contains } = filter.value;
    const query = new URLSearchParams({ limit: String(LIMIT), backlog: String(BACKLOG) });
    if (uuid !== undefined) {
      query.set("uuid", uuid);
    }
    if (kinds.length > 0) {
      query.set("kind", kinds.join(","));
    }
    if (contains !== "") {
      query.set("contains", contains);
    }
    if (areAnswersFolded.value) {
      query.set("folded", "true");
    }
    return open(`/broker/trace?${query}`);
  });
  effect(() => {
    if (!isStopped.value) {
      show(takeHeld());
    }
  });
}

function open(url: string): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isFirst = true;
  let lastSeq = 0;
  const connect = () => {
    source = new EventSource(url);
    // An event source that connects again by itself tells the broker what it has; a new one gets that once more.
    let known = lastSeq;
    source.addEventListener("open", () => {
      isLive.value = true;
      void refresh();
    });
    source.addEventListener("batch", ({ data }) => {
      const received: TraceBatch = shareStrings(JSON.parse(data));
      batch(() => {
        if (isFirst) {
          clearLines();
          ticks.value = [];
          endRequests.value += 1;
        }
        take(received, isFirst, known);
      });
      isFirst = false;
      known = 0;
      lastSeq = received.lastSeq;
    });
    source.addEventListener("error", () => {
      isLive.value = false;
      // It connects again by itself, unless the answer was not a stream of events.
      if (source.readyState === EventSource.CLOSED) {
        timer = setTimeout(connect, RETRY_INTERVAL);
        // Tells why: an event source does not.
        request("GET", "/broker/faults").catch(() => {});
      }
    });
  };
  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

/**
 * @param isFirst what the broker has kept is shown although the lines are stopped: somebody has changed the filter.
 * @param known what has this `seq` or a smaller one is here already, if it is the same broker.
 */
function take(received: TraceBatch, isFirst: boolean, known: number): void {
  const at = performance.now();
  const { omitted } = received;
  const messages = received.counters.messagesIn + received.counters.messagesOut;
  const isAnotherBroker = messages < (ticks.peek().at(-1)?.messages ?? 0);
  const recent = isAnotherBroker ? [] : ticks.peek().filter((tick) => tick.at > at - 1_500);
  const { entries, answers } = known === 0 || isAnotherBroker ? received : withoutKnown(received, known);
  ticks.value = [...recent, { at, omitted, shown: entries.length, messages }];
  counters.value = received.counters;
  leftOut.value += omitted;
  refreshIfOlder(received.revision);
  if (isAnotherBroker) {
    show(takeHeld());
    run += 1;
  }
  if (answers.length > 0) {
    const bySeq = new Map(answers.map(({ to, ...answer }) => [to, answer]));
    liveRows.value = answerRows(liveRows.peek(), bySeq, run);
    held.value = held.peek().map((entry) => {
      const answer = bySeq.get(entry.seq);
      return answer === undefined ? entry : { ...entry, answer };
    });
  }
  if (entries.length === 0) {
    return;
  }
  if (isStopped.peek() && !isFirst) {
    const all = [...held.peek(), ...entries];
    leftOut.value += Math.max(0, all.length - MAX_LINES);
    held.value = all.slice(-MAX_LINES);
  } else {
    show(entries);
  }
}

/** Of what is here already, only how it was answered can be new. */
function withoutKnown({ entries }: TraceBatch, known: number): Pick<TraceBatch, "entries" | "answers"> {
  return {
    entries: entries.filter(({ seq }) => seq > known),
    answers: entries.flatMap(({ seq: to, answer }) =>
      to > known || answer?.reply === undefined ? [] : [{ to, ...answer }],
    ),
  };
}

function show(entries: readonly TraceEntry[]): void {
  if (entries.length > 0) {
    liveRows.value = placeEntries(liveRows.peek(), entries, run).slice(-MAX_LINES);
  }
}
