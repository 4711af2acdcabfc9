import { BoundedList } from "../bounded-list.ts";
import type { LogLevel } from "../log.ts";
import type { Mask } from "../mask-tokens.ts";
import type { About, TraceEntry } from "./trace-entry.ts";

/** The characters of a message that are kept. */
const MAX_TEXT = 4_000;
/** The characters of all messages that are kept. */
const MAX_SIZE = 8_000_000;

/** The last messages and notes, and who watches the next ones. */
export class Trace {
  readonly #entries: BoundedList<TraceEntry>;
  readonly #watchers = new Set<(entry: TraceEntry) => void>();
  readonly #mask: Mask;
  #lastSeq = 0;

  /** @param mask is applied to what clients send. */
  constructor(maxEntries: number, mask: Mask) {
    this.#mask = mask;
    this.#entries = new BoundedList(maxEntries, MAX_SIZE);
  }

  /** The number of the last entry; how many there were so far. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** What is kept, oldest first. A copy. */
  entries(): TraceEntry[] {
    return this.#entries.values();
  }

  message(direction: "in" | "out", connectionId: string, text: string, about: About, at: number): TraceEntry {
    const shown = direction === "in" ? this.#mask(text) : text;
    return this.#add({
      seq: this.#nextSeq(),
      at,
      direction,
      kind: about.kind,
      connectionId,
      uuid: about.uuid,
      name: about.name,
      correlationId: about.correlationId,
      text: shown.length <= MAX_TEXT ? shown : copyStart(shown),
      size: text.length,
      level: "info",
      note: undefined,
    });
  }

  note(level: LogLevel, text: string, connectionId?: string, uuid?: string): void {
    this.#add({
      seq: this.#nextSeq(),
      at: Date.now(),
      direction: "note",
      kind: "note",
      connectionId,
      uuid,
      name: undefined,
      correlationId: undefined,
      text,
      size: text.length,
      level,
      note: undefined,
    });
  }

  /**
   * Watches new entries. What is known only later (`note`, `level`) is there once the message has been handled, so that
   * watchers should look at entries in a later turn.
   * @returns a function that ends it.
   */
  watch(watcher: (entry: TraceEntry) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #nextSeq(): number {
    this.#lastSeq += 1;
    return this.#lastSeq;
  }

  #add(entry: TraceEntry): TraceEntry {
    this.#entries.push(entry, entry.text.length);
    for (const watcher of this.#watchers) {
      watcher(entry);
    }
    return entry;
  }
}

/** A copy, because a slice of a string keeps the whole string in memory. */
function copyStart(text: string): string {
  return JSON.parse(JSON.stringify(text.slice(0, MAX_TEXT)));
}
