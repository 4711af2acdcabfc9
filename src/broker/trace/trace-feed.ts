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

/** What may wait for the next batch; the sample is taken from these. */
const MAX_PENDING = 5_000;

/** Collects what is new in the trace for one watcher, and samples it where it is too much. */
export class TraceFeed {
  readonly #filter: TraceFilter;
  readonly #unwatch: () => void;
  #pending: TraceEntry[] = [];
  #omitted = 0;

  constructor(trace: Trace, filter: TraceFilter) {
    this.#filter = filter;
    this.#unwatch = trace.watch((entry) => {
      if (this.#pending.length < MAX_PENDING) {
        this.#pending.push(entry);
      } else {
        this.#omitted += matches(entry, this.#filter) ? 1 : 0;
      }
    });
  }

  /** What has come since the last batch, `limit` entries or less: all warnings as far as possible, and an even sample. */
  take(limit: number): TraceBatch {
    const fitting = this.#pending.filter((entry) => matches(entry, this.#filter));
    const entries = sample(fitting, limit);
    const omitted = this.#omitted + fitting.length - entries.length;
    this.#pending = [];
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
