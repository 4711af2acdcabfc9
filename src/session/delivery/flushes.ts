import type { EventCache } from "../../core/event-cache/index.ts";
import { type Deferred, deferred } from "../../support/deferred.ts";

/** Who waits until everything that was published before is settled. */
export class Flushes {
  readonly #cache: EventCache;
  #waiting: { readonly before: number; readonly done: Deferred<void> }[] = [];

  constructor(cache: EventCache) {
    this.#cache = cache;
  }

  add(): Promise<void> {
    const flush = { before: this.#cache.nextOrder, done: deferred() };
    this.#cache.seal();
    this.#waiting.push(flush);
    this.check();
    return flush.done.promise;
  }

  /** An event was settled: perhaps somebody has waited for it. */
  check(): void {
    if (this.#waiting.length === 0) {
      return;
    }
    const oldest = this.#cache.oldestOrder;
    // In the order in which they were asked for.
    if ((this.#waiting[0]?.before ?? 0) > oldest) {
      return;
    }
    const done = this.#waiting.filter(({ before }) => before <= oldest);
    this.#waiting = this.#waiting.filter(({ before }) => before > oldest);
    for (const flush of done) {
      flush.done.resolve();
    }
  }
}
