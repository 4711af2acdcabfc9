import { MAX_BATCH_SIZE } from "../support/limits.ts";
import type { Trace } from "./trace.ts";
import type { TraceEntry } from "./trace-entry.ts";

/** What a watcher of the trace wants to see. */
export interface TraceFilter {
  /** Only entries about this service. */
  readonly uuid?: string | undefined;
  /** Only these kinds. */
  readonly kinds?: ReadonlySet<string> | undefined;
  /** Only entries whose text contains this, in lower case, whatever the case there. */
  readonly contains?: string | undefined;
}

/** The entries of one interval. */
export interface TraceBatch {
  readonly entries: readonly TraceEntry[];
  /** How many more there were that fit the filter, left out because they were too many. */
  readonly omitted: number;
}

/** What may wait for the next batch, besides its size; the sample is taken from these. */
const MAX_PENDING = 5_000;
/** The trace may have forgotten them meanwhile: a reader that is slow must not keep them for it. */
const MAX_PENDING_SIZE = 4 * MAX_BATCH_SIZE;

/** Collects what is new in the trace for one watcher, and samples it if it is too much. */
export class TraceFeed {
  readonly #filter: TraceFilter;
  readonly #unwatch: () => void;
  #pending: TraceEntry[] = [];
  #size = 0;
  #omitted = 0;

  constructor(trace: Trace, filter: TraceFilter) {
    this.#filter = filter;
    this.#unwatch = trace.watch((entry) => {
      if (this.#pending.length < MAX_PENDING && this.#size < MAX_PENDING_SIZE) {
        this.#pending.push(entry);
        this.#size += entry.text.length;
      } else if (matches(entry, this.#filter)) {
        this.#omitted += 1;
      }
    });
  }

  /** What has come since the last batch, `limit` entries or less: all warnings as far as possible, and an even sample. */
  take(limit: number): TraceBatch {
    const fitting = this.#pending.filter((entry) => matches(entry, this.#filter));
    const entries = lastThatFit(sample(fitting, limit), MAX_BATCH_SIZE);
    const omitted = this.#omitted + fitting.length - entries.length;
    this.#pending = [];
    this.#size = 0;
    this.#omitted = 0;
    return { entries, omitted };
  }

  close(): void {
    this.#unwatch();
    this.#pending = [];
  }
}

export function matches(entry: TraceEntry, { uuid, kinds, contains }: TraceFilter): boolean {
  return (
    (uuid === undefined || entry.uuid === uuid) &&
    (kinds === undefined || kinds.has(entry.kind)) &&
    (contains === undefined || entry.text.toLowerCase().includes(contains))
  );
}

/** The last entries whose texts have `size` characters together, or less. */
export function lastThatFit(entries: readonly TraceEntry[], size: number): readonly TraceEntry[] {
  let room = size;
  const first = entries.findLastIndex(({ text }) => {
    room -= text.length;
    return room < 0;
  });
  return first === -1 ? entries : entries.slice(first + 1);
}

function sample(entries: readonly TraceEntry[], limit: number): TraceEntry[] {
  if (entries.length <= limit) {
    return [...entries];
  }
  const isWarning = ({ level }: TraceEntry) => level === "warn" || level === "error";
  const warnings = entries.filter(isWarning).slice(0, limit);
  const others = entries.filter((entry) => !isWarning(entry));
  const room = limit - warnings.length;
  const chosen = Array.from({ length: Math.min(room, others.length) }, (_, index) =>
    others.at(Math.floor((index * others.length) / room)),
  );
  return [...warnings, ...chosen.filter((entry) => entry !== undefined)].sort((a, b) => a.seq - b.seq);
}
