import { MAX_BATCH_SIZE, MAX_UNANSWERED } from "../support/limits.ts";
import type { Trace } from "./trace.ts";
import type { TraceAnswer } from "./trace-answer.ts";
import type { TraceEntry } from "./trace-entry.ts";

/** What a watcher of the trace wants to see. */
export interface TraceFilter {
  /** Only entries about this service. */
  readonly uuid?: string | undefined;
  /** Only these kinds. */
  readonly kinds?: ReadonlySet<string> | undefined;
  /** Only entries that contain this, in lower case, whatever the case there: their text, their note, or their answer. */
  readonly contains?: string | undefined;
  /** Leaves out answers: each stands with the message that it answers. */
  readonly folded?: boolean | undefined;
}

/** The answer to a message that was in an earlier batch. */
export interface LateAnswer extends TraceAnswer {
  /** The `seq` of the message. */
  readonly to: number;
}

/** The entries of one interval. */
export interface TraceBatch {
  readonly entries: readonly TraceEntry[];
  /** How many more there were that fit the filter, left out because they were too many. */
  readonly omitted: number;
  /** Answers to entries of earlier batches; none of these is left out. */
  readonly answers: readonly LateAnswer[];
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
  /** The messages of earlier batches that had no answer yet. */
  readonly #unanswered = new Map<number, TraceAnswer>();

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
    const answers = this.#takeAnswers();
    this.expectAnswers(entries);
    return { entries, omitted, answers };
  }

  /** The answers to these, which the watcher has got, come with later batches. */
  expectAnswers(entries: readonly TraceEntry[]): void {
    for (const { seq, answer } of entries) {
      if (answer !== undefined && answer.reply === undefined) {
        this.#unanswered.set(seq, answer);
      }
    }
    for (const oldest of this.#unanswered.keys()) {
      if (this.#unanswered.size <= MAX_UNANSWERED) {
        break;
      }
      this.#unanswered.delete(oldest);
    }
  }

  #takeAnswers(): LateAnswer[] {
    const late: LateAnswer[] = [];
    for (const [to, answer] of this.#unanswered) {
      if (answer.reply !== undefined) {
        late.push({ to, ...answer });
        this.#unanswered.delete(to);
      }
    }
    return late;
  }

  close(): void {
    this.#unwatch();
    this.#pending = [];
    this.#unanswered.clear();
  }
}

export function matches(entry: TraceEntry, { uuid, kinds, contains, folded }: TraceFilter): boolean {
  return (
    (uuid === undefined || entry.uuid === uuid) &&
    (kinds === undefined || kinds.has(entry.kind)) &&
    (folded !== true || entry.answers === undefined) &&
    (contains === undefined || has(entry, contains))
  );
}

function has({ text, note, answer }: TraceEntry, wanted: string): boolean {
  return [text, note, answer?.reply].some((each) => each?.toLowerCase().includes(wanted));
}

/** The answers to these that came after that number: a watcher that was away has the messages already. */
export function answersAfter(entries: readonly TraceEntry[], after: number): LateAnswer[] {
  return entries.flatMap(({ seq: to, answer }) => ((answer?.seq ?? 0) > after ? [{ to, ...answer }] : []));
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
