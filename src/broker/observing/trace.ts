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
  MAX_WHOLE_SIZE,
} from "../support/limits.ts";
import type { LogLevel } from "./log.ts";
import type { MessageInfo, TraceEntry } from "./trace-entry.ts";

interface WholeMessage {
  readonly entry: TraceEntry;
  readonly text: string;
}

/** The last messages and notes, and who watches the next ones. */
export class Trace {
  readonly #entries: BoundedList<TraceEntry>;
  /** Long messages whole, as far as they fit; as they came, because few are ever asked for. */
  readonly #whole: BoundedList<WholeMessage>;
  readonly #watchers = new Set<(entry: TraceEntry) => void>();
  readonly #mask: Mask;
  #lastSeq = 0;

  /** @param mask is applied to what clients send. */
  constructor(maxEntries: number, mask: Mask) {
    this.#mask = mask;
    this.#entries = new BoundedList(maxEntries, MAX_TRACE_SIZE);
    this.#whole = new BoundedList(maxEntries, MAX_WHOLE_SIZE);
  }

  /** The number of the last entry; how many there were so far. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** What is kept, oldest first. A copy. */
  entries(): TraceEntry[] {
    return this.#entries.values();
  }

  /** One message, its text whole if that is still kept; `undefined` if the message is not. */
  find(seq: number): TraceEntry | undefined {
    const long = this.#whole.values().find(({ entry }) => entry.seq === seq);
    if (long === undefined) {
      return this.entries().find((entry) => entry.seq === seq);
    }
    const { entry, text } = long;
    return { ...entry, isCut: undefined, text: entry.direction === "in" ? this.#mask(text) : text };
  }

  message(
    direction: "in" | "out",
    connectionId: string,
    text: string,
    info: MessageInfo,
    at: number,
  ): TraceEntry {
    const isCut = text.length > MAX_TRACE_TEXT || undefined;
    const start = cut(text, MAX_TRACE_TEXT);
    const shown = direction === "in" ? cut(this.#mask(start), MAX_TRACE_TEXT) : start;
    const entry = this.#add({
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
      isCut,
      level: "info",
      note: undefined,
      answer: info.answer,
      answers: info.answers,
      cause: info.cause,
    });
    if (isCut) {
      this.#whole.push({ entry, text }, heapSize(text) + ITEM_OVERHEAD);
    }
    return entry;
  }

  /** @param name what has happened, if a program should know it. */
  note(level: LogLevel, text: string, connectionId?: string, uuid?: string, name?: "open" | "close"): void {
    this.#add({
      seq: this.#nextSeq(),
      at: Date.now(),
      direction: "note",
      kind: "note",
      connectionId,
      uuid: bounded(uuid),
      name,
      correlationId: undefined,
      text: cut(text, MAX_TRACE_TEXT),
      size: text.length,
      isCut: text.length > MAX_TRACE_TEXT || undefined,
      level,
      note: undefined,
      answer: undefined,
      answers: undefined,
      cause: undefined,
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
