import { computed, effect, signal } from "@preact/signals";
import { request } from "./api.ts";
import { refresh, refreshIfOlder } from "./broker-state.ts";
import type { BrokerCounters, TraceBatch, TraceEntry, TraceKind } from "./types.ts";

/** The lines that the page keeps, and how many a second the broker sends. More is sampled: nobody reads it. */
export const MAX_LINES = 5_000;
const LIMIT = 200;
const BACKLOG = 500;
const RETRY_INTERVAL = 2_000;

export interface TraceFilter {
  readonly uuid: string | undefined;
  /** Empty for all. */
  readonly kinds: readonly TraceKind[];
  readonly contains: string;
}

const NO_FILTER: TraceFilter = { uuid: undefined, kinds: [], contains: "" };
export const filter = signal<TraceFilter>(NO_FILTER);
export const isFiltered = computed(() => filter.value !== NO_FILTER);
export const lines = signal<readonly TraceEntry[]>([]);
export const isLive = signal(false);
export const isPaused = signal(false);
/** Lines that came while it was paused. */
export const held = signal<readonly TraceEntry[]>([]);
/** How many messages fit the filter, and were left out: in all, and in the last second. */
export const leftOut = signal(0);
export const counters = signal<BrokerCounters | undefined>(undefined);

interface Tick {
  readonly at: number;
  readonly omitted: number;
  readonly shown: number;
  readonly messages: number;
}
const ticks = signal<readonly Tick[]>([]);

/** The last second: messages, and lines that were left out, a second. */
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

export function changeFilter(part: Partial<TraceFilter>): void {
  filter.value = { ...filter.peek(), ...part };
}

/** Filters by this, and by nothing else. */
export function showOnly(part: Partial<TraceFilter>): void {
  filter.value = { ...NO_FILTER, ...part };
}

export function endFilter(): void {
  filter.value = NO_FILTER;
}

export function resume(): void {
  lines.value = [...lines.value, ...held.value].slice(-MAX_LINES);
  held.value = [];
  isPaused.value = false;
}

export function clearLines(): void {
  lines.value = [];
  held.value = [];
  leftOut.value = 0;
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
    return open(`/broker/trace?${query}`);
  });
}

function open(url: string): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isFirst = true;
  const connect = () => {
    source = new EventSource(url);
    source.addEventListener("open", () => {
      isLive.value = true;
      void refresh();
    });
    source.addEventListener("batch", ({ data }) => {
      const batch: TraceBatch = JSON.parse(data);
      if (isFirst) {
        clearLines();
        ticks.value = [];
      }
      take(batch, isFirst);
      isFirst = false;
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

/** @param isFirst what the broker has kept is shown although it is paused: somebody has changed the filter. */
function take(batch: TraceBatch, isFirst: boolean): void {
  const at = performance.now();
  const { entries, omitted } = batch;
  const messages = batch.counters.messagesIn + batch.counters.messagesOut;
  const isAnotherBroker = messages < (ticks.peek().at(-1)?.messages ?? 0);
  const recent = isAnotherBroker ? [] : ticks.peek().filter((tick) => tick.at > at - 1_500);
  ticks.value = [...recent, { at, omitted, shown: entries.length, messages }];
  counters.value = batch.counters;
  leftOut.value += omitted;
  refreshIfOlder(batch.revision);
  if (entries.length === 0) {
    return;
  }
  if (isPaused.peek() && !isFirst) {
    const all = [...held.peek(), ...entries];
    leftOut.value += Math.max(0, all.length - MAX_LINES);
    held.value = all.slice(-MAX_LINES);
  } else {
    lines.value = [...lines.peek(), ...entries].slice(-MAX_LINES);
  }
}
