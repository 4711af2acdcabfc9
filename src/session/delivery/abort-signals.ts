import type { CacheEntry } from "../../core/event-cache/index.ts";

interface Watched {
  readonly entries: Set<CacheEntry>;
  readonly onAbort: () => void;
}

/** The signals that can take waiting events back: one listener for each, however many events it is for. */
export class AbortSignals {
  readonly #onAborted: (entry: CacheEntry, signal: AbortSignal) => void;
  readonly #watched = new Map<AbortSignal, Watched>();

  constructor(onAborted: (entry: CacheEntry, signal: AbortSignal) => void) {
    this.#onAborted = onAborted;
  }

  watch(entry: CacheEntry): void {
    const { signal } = entry.event;
    if (signal === undefined) {
      return;
    }
    let watched = this.#watched.get(signal);
    if (watched === undefined) {
      watched = { entries: new Set(), onAbort: () => this.#abort(signal) };
      this.#watched.set(signal, watched);
      signal.addEventListener("abort", watched.onAbort, { once: true });
    }
    watched.entries.add(entry);
  }

  /** The event is settled. */
  release(entry: CacheEntry): void {
    const { signal } = entry.event;
    const watched = signal && this.#watched.get(signal);
    if (signal === undefined || watched === undefined) {
      return;
    }
    watched.entries.delete(entry);
    if (watched.entries.size > 0) {
      return;
    }
    this.#watched.delete(signal);
    signal.removeEventListener("abort", watched.onAbort);
  }

  #abort(signal: AbortSignal): void {
    const entries = [...(this.#watched.get(signal)?.entries ?? [])];
    this.#watched.delete(signal);
    for (const entry of entries) {
      this.#onAborted(entry, signal);
    }
  }
}
