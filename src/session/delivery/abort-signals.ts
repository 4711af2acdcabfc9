import type { CachedEvent } from "../../core/event-cache/index.ts";

interface EventsOfSignal {
  readonly events: Set<CachedEvent>;
  readonly onAbort: () => void;
}

/** The signals that can take waiting events back: one listener for each, however many events it is for. */
export class AbortSignals {
  readonly #onAborted: (event: CachedEvent, signal: AbortSignal) => void;
  readonly #watched = new Map<AbortSignal, EventsOfSignal>();

  constructor(onAborted: (event: CachedEvent, signal: AbortSignal) => void) {
    this.#onAborted = onAborted;
  }

  watch(event: CachedEvent): void {
    const { signal } = event;
    if (signal === undefined) {
      return;
    }
    let watched = this.#watched.get(signal);
    if (watched === undefined) {
      watched = { events: new Set(), onAbort: () => this.#abort(signal) };
      this.#watched.set(signal, watched);
      signal.addEventListener("abort", watched.onAbort, { once: true });
    }
    watched.events.add(event);
  }

  /** The event is settled. */
  release(event: CachedEvent): void {
    const { signal } = event;
    const watched = signal && this.#watched.get(signal);
    if (signal === undefined || watched === undefined) {
      return;
    }
    watched.events.delete(event);
    if (watched.events.size > 0) {
      return;
    }
    this.#watched.delete(signal);
    signal.removeEventListener("abort", watched.onAbort);
  }

  #abort(signal: AbortSignal): void {
    const events = [...(this.#watched.get(signal)?.events ?? [])];
    this.#watched.delete(signal);
    for (const event of events) {
      this.#onAborted(event, signal);
    }
  }
}
