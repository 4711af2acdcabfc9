import { cut } from "../../support/clip.ts";
import type { Mask } from "../services/mask-tokens.ts";
import { BoundedList } from "../support/bounded-list.ts";
import {
  heapSize,
  ITEM_OVERHEAD,
  MAX_ID_LENGTH,
  MAX_NOTE,
  MAX_TRACE_SIZE,
  MAX_TRACE_TEXT,
} from "../support/limits.ts";
import type { LogLevel } from "./log.ts";
import type { MessageInfo, TraceEntry } from "./trace-entry.ts";

/** The last messages and notes, and who watches the next ones. */
export class Trace {
  readonly #entries: BoundedList<TraceEntry>;
  readonly #watchers = new Set<(entry: TraceEntry) => void>();
  readonly #mask: Mask;
  #lastSeq = 0;

  /** @param mask is applied to what clients send. */
  constructor(maxEntries: number, mask: Mask) {
    this.#mask = mask;
    this.#entries = new BoundedList(maxEntries, MAX_TRACE_SIZE);
  }

  /** The number of the last entry; how many there were so far. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** What is kept, oldest first. A copy. */
  entries(): TraceEntry[] {
    return this.#entries.values();
  }

  message(
    direction: "in" | "out",
    connectionId: string,
    text: string,
    info: MessageInfo,
    at: number,
  ): TraceEntry {
    const start = cut(text, MAX_TRACE_TEXT);
    const shown = direction === "in" ? cut(this.#mask(start), MAX_TRACE_TEXT) : start;
    return this.#add({
      seq: this.#nextSeq(),
      at,
      direction,
      kind: info.kind,
      connectionId,
      uuid: bounded(info.uuid),
      name: bounded(info.name),
      correlationId: bounded(info.correlationId),
      text: shown,
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
      uuid: bounded(uuid),
      name: undefined,
      correlationId: undefined,
      text: cut(text, MAX_TRACE_TEXT),
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
    this.#entries.push(entry, heapSizeOf(entry));
    for (const watcher of this.#watchers) {
      watcher(entry);
    }
    return entry;
  }
}

function heapSizeOf({ kind, text, uuid = "", name = "", correlationId = "" }: TraceEntry): number {
  // The note comes only when the message has been handled.
  const note = kind === "R" || kind === "E" ? MAX_NOTE : 0;
  return heapSize(text) + 2 * (uuid.length + name.length + correlationId.length + note) + ITEM_OVERHEAD;
}

function bounded(id: string | undefined): string | undefined {
  return id === undefined ? undefined : cut(id, MAX_ID_LENGTH);
}
