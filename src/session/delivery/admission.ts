import { rawFraming, sockJsFraming } from "../../core/codec/index.ts";
import type { CachedEvent, EventCache, PersistentEvents } from "../../core/event-cache/index.ts";
import type { MsbError } from "../../support/errors.ts";
import { oversize } from "../connection/message-size.ts";
import type { SessionSettings } from "../settings.ts";
import {
  aborted,
  busy,
  notStored,
  RepeatedError,
  storeBusy,
  storeFull,
  tooLarge,
} from "./delivery-errors.ts";

const NOTHING: readonly CachedEvent[] = [];

/** Decides at the door which events are taken: what was promised later on is never taken back for want of room. */
export class Admission {
  readonly #settings: SessionSettings;
  readonly #cache: EventCache;
  readonly #persistent: PersistentEvents | undefined;
  readonly #busy = new RepeatedError(busy);
  readonly #storeBusy = new RepeatedError(storeBusy);
  readonly #storeFull = new RepeatedError(storeFull);

  constructor(settings: SessionSettings, cache: EventCache, persistent: PersistentEvents | undefined) {
    this.#settings = settings;
    this.#cache = cache;
    this.#persistent = persistent;
  }

  /** Why an event cannot be taken, whatever room there is. */
  findProblem(event: CachedEvent): MsbError | undefined {
    const { sockJsFraming: isSockJs, maxMessageSize } = this.#settings;
    if (event.signal?.aborted === true) {
      return aborted(event, event.signal);
    }
    const size = oversize(event.encoded, isSockJs ? sockJsFraming : rawFraming, maxMessageSize);
    if (size !== undefined) {
      return tooLarge(event, size, maxMessageSize);
    }
    if (event.isGuarded && !(event.cached && this.#persistent !== undefined)) {
      return notStored(event);
    }
    return undefined;
  }

  /**
   * Makes room for one more event.
   * @returns the events that gave way to it; or the error, if there is no room
   */
  makeRoom(event: CachedEvent): readonly CachedEvent[] | MsbError {
    const { eventCacheSize, whenFull } = this.#settings;
    if (event.isGuarded) {
      return this.#findStoreProblem(event) ?? NOTHING;
    }
    if (!this.#isFull(event.cached, eventCacheSize)) {
      return NOTHING;
    }
    if (!event.cached || whenFull === "reject") {
      return this.#busy.for(event, eventCacheSize);
    }
    const dropped = this.#dropWhile(() => this.#isFull(event.cached, eventCacheSize));
    return dropped.length > 0 ? dropped : this.#busy.for(event, eventCacheSize);
  }

  /** Takes off the events that are more than may wait. */
  trim(): readonly CachedEvent[] {
    return this.#dropWhile(() => this.#cache.droppable > this.#settings.eventCacheSize);
  }

  #findStoreProblem(event: CachedEvent): MsbError | undefined {
    const { eventCacheSize, storeSize } = this.#settings;
    const persistent = this.#persistent;
    if (persistent === undefined) {
      return undefined;
    }
    if (persistent.failure !== undefined) {
      return persistent.failure;
    }
    if (persistent.stored >= storeSize) {
      return this.#storeFull.for(event, storeSize);
    }
    if (persistent.unwritten >= eventCacheSize) {
      return this.#storeBusy.for(event, eventCacheSize);
    }
    return undefined;
  }

  #isFull(cached: boolean, eventCacheSize: number): boolean {
    if (this.#cache.droppable >= eventCacheSize) {
      return true;
    }
    return cached && (this.#persistent?.stored ?? 0) >= this.#settings.storeSize;
  }

  #dropWhile(isFull: () => boolean): readonly CachedEvent[] {
    const dropped: CachedEvent[] = [];
    while (isFull()) {
      const event = this.#cache.dropOldest();
      if (event === undefined) {
        break;
      }
      this.#persistent?.remove(event);
      dropped.push(event);
    }
    return dropped;
  }
}
