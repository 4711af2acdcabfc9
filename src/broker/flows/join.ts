import { MAX_HELD_SIZE } from "../support/limits.ts";
import type { FlowEvent } from "./flow-event.ts";

/** What all joins of a broker keep, so that their memory is bounded together. */
export interface HeldEvents {
  size: number;
}

/** Waits until each source of a flow has published, and keeps the latest event of each until then. */
export class Join {
  readonly #sources: number;
  readonly #held: HeldEvents;
  readonly #events = new Map<number, { readonly event: FlowEvent; readonly size: number }>();

  constructor(sources: number, held: HeldEvents) {
    this.#sources = sources;
    this.#held = held;
  }

  /** @returns the events in the order of the sources when this was the last that was missing; then it starts anew. */
  add(index: number, event: FlowEvent, size: number): FlowEvent[] | undefined {
    this.#drop(index);
    if (this.#events.size < this.#sources - 1) {
      if (this.#held.size + size <= MAX_HELD_SIZE) {
        this.#events.set(index, { event: event.copy(), size });
        this.#held.size += size;
      }
      return undefined;
    }
    this.#events.set(index, { event, size: 0 });
    const events = Array.from({ length: this.#sources }, (_, at) => this.#events.get(at)?.event);
    this.clear();
    return events as FlowEvent[];
  }

  clear(): void {
    for (const index of [...this.#events.keys()]) {
      this.#drop(index);
    }
  }

  #drop(index: number): void {
    this.#held.size -= this.#events.get(index)?.size ?? 0;
    this.#events.delete(index);
  }
}
