import type { Clock } from "../clock.ts";
import type { EventRefusal } from "../codec/index.ts";
import type { MsbError } from "../errors.ts";
import {
  type CachedEvent,
  type CacheEntry,
  EventCache,
  type EventStore,
  PersistentEvents,
} from "../event-cache/index.ts";
import type { LevelLogger } from "../logger.ts";
import type { Connection } from "./connection.ts";
import { type Deferred, deferred } from "./deferred.ts";
import {
  aborted,
  busy,
  dropped,
  notSent,
  notStored,
  outOfStep,
  RepeatedError,
  tooLarge,
  undecided,
} from "./delivery-errors.ts";
import { oversize } from "./message-size.ts";
import { eventRefused } from "./refusals.ts";
import type { SessionSettings } from "./settings.ts";

/** Above this many unsent bytes nothing more is handed to the socket; the next answer carries on. */
const SOCKET_HIGH_WATER = 4_000_000;

export interface OutboxOptions {
  readonly settings: SessionSettings;
  readonly clock: Clock;
  readonly logger: LevelLogger;
  readonly store: EventStore | undefined;
  onDropped(event: CachedEvent, error: MsbError): void;
  onError(error: MsbError): void;
}

/** Sends events while there is a registered connection, keeps those that may wait, and matches answers to them. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #cache = new EventCache();
  readonly #persistent: PersistentEvents | undefined;
  #connection: Connection | undefined;
  #timer: unknown;
  #lastProgress = 0;
  readonly #dropped = new RepeatedError(dropped);
  readonly #busy = new RepeatedError(busy);
  #flushes: { readonly before: number; readonly done: Deferred<void> }[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
    const { store, onError } = options;
    this.#persistent = store && new PersistentEvents(store, this.#cache, (error) => onError(error));
  }

  get inFlight(): number {
    return this.#cache.inFlight;
  }

  /** Opens the store, where there is one. @throws {MsbError} `STORE_FAILED`. */
  async load(): Promise<void> {
    await this.#persistent?.open();
    this.trim();
  }

  /** Registered: what waits is sent, and what is published from now on follows it. */
  open(connection: Connection): void {
    this.#connection = connection;
    this.#pump();
  }

  /** Not registered any more, though the connection may live on: answers still count. */
  pause(): void {
    this.#connection = undefined;
  }

  /**
   * Takes an event, and settles it in any case.
   * @param offline the error for an event that cannot wait, while nothing can be sent
   */
  publish(event: CachedEvent, offline: () => MsbError): void {
    const { eventCache, eventCacheSize } = this.#options.settings;
    const cached = event.cached && eventCache;
    const problem = this.#findProblem(event, cached);
    if (problem !== undefined) return event.reject(problem);
    if (this.#connection === undefined && !cached) return event.reject(offline());
    if (!cached && this.#cache.neverSent >= eventCacheSize) {
      return event.reject(this.#busy.for(event, eventCacheSize));
    }

    const entry = this.#cache.add(cached === event.cached ? event : { ...event, cached });
    this.#persistent?.add(entry);
    if (event.signal !== undefined) this.#abortWith(event.signal, entry);
    this.#pump();
    this.trim();
  }

  /** Drops the oldest waiting events that are more than may wait; those that were sent before do not count. */
  trim(): void {
    const { eventCacheSize } = this.#options.settings;
    while (this.#cache.neverSent > eventCacheSize) {
      const entry = this.#cache.dropOldest();
      if (entry === undefined) return;
      const error = this.#dropped.for(entry.event, eventCacheSize);
      this.#settle(entry, error);
      this.#options.onDropped(entry.event, error);
    }
  }

  /** IO_PUBLISHED came. */
  onPublished(): void {
    this.#onAnswer("IO_PUBLISHED", () => undefined);
  }

  /** One of the NIO_…EVENT_FORWARDING_ERRORs came. */
  onRefused(reply: EventRefusal): void {
    this.#onAnswer(reply, (event) => eventRefused(event.eventId, reply));
  }

  /** Resolves when everything published before is settled, one way or the other, and the store knows it. */
  async flush(): Promise<void> {
    const flush = { before: this.#cache.nextOrder, done: deferred() };
    this.#flushes.push(flush);
    this.#checkFlushes();
    await flush.done.promise;
    await this.#persistent?.idle();
  }

  /**
   * The connection broke: cached events wait for the next one.
   * @returns what tells the publishers of the others; apart, because it may call back
   */
  connectionLost(cause: MsbError): () => void {
    this.#connection = undefined;
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    const entries = this.#cache.connectionLost();
    return () => {
      for (const entry of entries) this.#settle(entry, undecided(entry.event, cause));
    };
  }

  /**
   * The session ended. What is in a store stays there.
   * @returns what tells every publisher; apart, because it may call back
   */
  close(cause: MsbError): () => void {
    const rejectUndecided = this.connectionLost(cause);
    const entries = this.#cache.clear();
    const isStored = this.#persistent?.isOpen === true;
    return () => {
      rejectUndecided();
      for (const entry of entries) {
        entry.release?.();
        entry.event.reject(notSent(entry, cause, isStored && entry.event.cached));
      }
      this.#checkFlushes();
    };
  }

  async releaseStore(): Promise<void> {
    await this.#persistent?.close();
  }

  /** What no connection will change. */
  #findProblem(event: CachedEvent, cached: boolean): MsbError | undefined {
    const { sockJsFraming, maxMessageSize } = this.#options.settings;
    if (event.signal?.aborted === true) return aborted(event, event.signal);
    const size = oversize(event.message, sockJsFraming, maxMessageSize);
    if (size !== undefined) return tooLarge(event, size, maxMessageSize);
    if (event.stored !== undefined && !(cached && this.#persistent !== undefined)) return notStored(event);
    return undefined;
  }

  #pump(): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    const { maxInFlight } = this.#options.settings;
    while (this.#cache.inFlight < maxInFlight && connection.bufferedAmount < SOCKET_HIGH_WATER) {
      const entry = this.#cache.takeNext();
      if (entry === undefined) break;
      connection.send(entry.event.message);
    }
    if (this.#cache.inFlight > 0) this.#watch(connection);
  }

  #onAnswer(reply: string, failure: (event: CachedEvent) => MsbError | undefined): void {
    const entry = this.#cache.settleOldest();
    if (entry === undefined) return this.#options.logger.warn(`${reply} came for no event`);
    this.#lastProgress = this.#options.clock.now();
    this.#settle(entry, failure(entry.event));
    this.#pump();
  }

  #settle(entry: CacheEntry, error: MsbError | undefined): void {
    this.#persistent?.remove(entry);
    entry.release?.();
    if (error === undefined) entry.event.resolve();
    else entry.event.reject(error);
    this.#checkFlushes();
  }

  #abortWith(signal: AbortSignal, entry: CacheEntry): void {
    const onAbort = (): void => {
      // In flight it cannot be called back: its answer settles it.
      if (this.#cache.remove(entry)) this.#settle(entry, aborted(entry.event, signal));
    };
    signal.addEventListener("abort", onAbort, { once: true });
    entry.release = () => signal.removeEventListener("abort", onAbort);
  }

  #checkFlushes(): void {
    if (this.#flushes.length === 0) return;
    const oldest = this.#cache.oldestOrder;
    const done = this.#flushes.filter(({ before }) => before <= oldest);
    this.#flushes = this.#flushes.filter(({ before }) => before > oldest);
    for (const flush of done) flush.done.resolve();
  }

  /** One timer, whatever the number of events: it compares clock times instead of being set anew for each. */
  #watch(connection: Connection): void {
    if (this.#timer !== undefined) return;
    const { clock, settings } = this.#options;
    this.#lastProgress = clock.now();
    const check = (): void => {
      this.#timer = undefined;
      if (this.#cache.inFlight === 0) return;
      const rest = this.#lastProgress + settings.ackTimeout - clock.now();
      if (rest > 0) this.#timer = clock.setTimeout(check, rest);
      else connection.abort(outOfStep(settings.ackTimeout));
    };
    this.#timer = clock.setTimeout(check, settings.ackTimeout);
  }
}
