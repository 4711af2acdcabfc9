/** What a signal can end. */
interface Abortable {
  readonly signal: AbortSignal | undefined;
}

interface Watched<Item> {
  readonly items: Set<Item>;
  readonly onAbort: () => void;
}

/** The signals that can end what is under way: one listener for each, however much it is for. */
export class AbortSignals<Item extends Abortable> {
  readonly #onAborted: (item: Item, signal: AbortSignal) => void;
  readonly #watched = new Map<AbortSignal, Watched<Item>>();

  constructor(onAborted: (item: Item, signal: AbortSignal) => void) {
    this.#onAborted = onAborted;
  }

  watch(item: Item): void {
    const { signal } = item;
    if (signal === undefined) {
      return;
    }
    let watched = this.#watched.get(signal);
    if (watched === undefined) {
      watched = { items: new Set(), onAbort: () => this.#abort(signal) };
      this.#watched.set(signal, watched);
      signal.addEventListener("abort", watched.onAbort, { once: true });
    }
    watched.items.add(item);
  }

  /** It is over. */
  release(item: Item): void {
    const { signal } = item;
    const watched = signal && this.#watched.get(signal);
    if (signal === undefined || watched === undefined) {
      return;
    }
    watched.items.delete(item);
    if (watched.items.size > 0) {
      return;
    }
    this.#watched.delete(signal);
    signal.removeEventListener("abort", watched.onAbort);
  }

  #abort(signal: AbortSignal): void {
    const items = [...(this.#watched.get(signal)?.items ?? [])];
    this.#watched.delete(signal);
    for (const item of items) {
      this.#onAborted(item, signal);
    }
  }
}
