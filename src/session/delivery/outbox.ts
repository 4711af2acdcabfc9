import type { EventRefusal } from "../../core/codec/index.ts";
import {
  type CachedEvent,
  type CacheEntry,
  EventCache,
  type EventStore,
  PersistentEvents,
} from "../../core/event-cache/index.ts";
import type { Clock } from "../../support/clock.ts";
import { type Deferred, deferred } from "../../support/deferred.ts";
import type { MsbError } from "../../support/errors.ts";
import type { LevelLogger } from "../../support/logger.ts";
import type { Connection, ConnectionEnd } from "../connection/connection.ts";
import { oversize } from "../connection/message-size.ts";
import { Watchdog } from "../connection/watchdog.ts";
import { eventRefused } from "../refusals.ts";
import type { SessionSettings } from "../settings.ts";
import { AbortSignals } from "./abort-signals.ts";
import { Admission } from "./admission.ts";
import { BlameCounter, STRIKES } from "./blame.ts";
import {
  aborted,
  abortedLate,
  dropped,
  notSent,
  outOfStep,
  RepeatedError,
  suspicious,
  tooLarge,
  undecided,
  undeliverable,
  unsent,
} from "./delivery-errors.ts";

export interface OutboxOptions {
  readonly settings: SessionSettings;
  readonly clock: Clock;
  readonly logger: LevelLogger;
  readonly store: EventStore | undefined;
  onDropped(event: CachedEvent, error: MsbError): void;
  onError(error: MsbError): void;
  /** An event was answered, or found to be the one that cannot be. */
  onProgress(): void;
}

/** What a lost connection means for the events. */
export interface Loss {
  /** How often in a row the connection broke with the same event alone in flight, after the first time. */
  readonly repeats: number;
  /** Tells the publishers; apart, because it may call back. */
  tell(): void;
}

/** Sends events while there is a registered connection, keeps those that may wait, and matches answers to them. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #cache = new EventCache();
  readonly #persistent: PersistentEvents | undefined;
  readonly #admission: Admission;
  readonly #signals = new AbortSignals((entry, signal) => this.#onAborted(entry, signal));
  readonly #watchdog: Watchdog;
  readonly #blame = new BlameCounter();
  readonly #dropped = new RepeatedError(dropped);
  readonly #aborted = new RepeatedError(aborted);
  #connection: Connection | undefined;
  #isRegistered = false;
  /** Events wait for the R that describes them. */
  #isHeld = false;
  /** Events that may be in flight at present: after a lost connection one, and one more with every answer. */
  #window = Number.POSITIVE_INFINITY;
  #flushes: { readonly before: number; readonly done: Deferred<void> }[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
    const { store, settings, clock } = options;
    this.#persistent =
      store &&
      new PersistentEvents({
        store,
        cache: this.#cache,
        clock,
        report: (error) => options.onError(error),
        onNotStored: (entry, error) => this.#onNotStored(entry, error),
        onReadable: () => this.#onReadable(),
      });
    this.#admission = new Admission(settings, this.#cache, this.#persistent);
    this.#watchdog = new Watchdog({
      clock,
      limit: () => (this.inFlight === 0 ? undefined : settings.ackTimeout),
      isDeaf: () => this.#connection?.isPaused === true,
      onSilence: () => this.#connection?.abort(outOfStep(settings.ackTimeout)),
    });
  }

  /** Events that were sent and not answered. */
  get inFlight(): number {
    return this.#cache.inFlight;
  }

  /** Opens the store, if there is one. @throws {MsbError} `STORE_FAILED`. */
  async load(): Promise<void> {
    await this.#persistent?.open();
  }

  /** The store cannot be opened, and nobody else says so. */
  reportStore(error: MsbError): void {
    this.#persistent?.reportOnce(error);
  }

  /** Registered: what waits is sent, and what is published from now on follows it. */
  open(connection: Connection): void {
    this.#connection = connection;
    this.#isRegistered = true;
    this.release();
  }

  /**
   * Not registered any more, though the connection may live on: answers still count.
   * @returns what tells the publishers of events that do not wait; apart, because it may call back
   */
  pause(cause: MsbError): () => void {
    this.#isRegistered = false;
    const entries = this.#cache.takeUncached();
    return () => {
      for (const entry of entries) {
        this.#settle(entry, unsent(entry.event, cause));
      }
    };
  }

  /** What is published waits for the R that describes it, until `release()`. */
  holdBack(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.#pump();
  }

  /**
   * Takes an event, and settles it in any case.
   * @param offline the error for an event that cannot wait, while nothing can be sent
   */
  publish(event: CachedEvent, offline: () => MsbError): void {
    const cached = event.cached && this.#options.settings.eventCache;
    const problem = this.#admission.findProblem(event, cached);
    if (problem !== undefined) {
      return event.reject(problem);
    }
    if (!this.#isRegistered && !cached) {
      return event.reject(offline());
    }
    const room = this.#admission.makeRoom(event, cached);
    if (room instanceof Error) {
      return event.reject(room);
    }

    if (this.#persistent?.canSpill(event) === true) {
      this.#persistent.spill(event);
    } else {
      const entry = this.#cache.add(cached === event.cached ? event : { ...event, cached });
      this.#persistent?.add(entry);
      this.#signals.watch(entry);
    }
    this.#pump();
    this.#tellDropped(room);
  }

  /** Applies a smaller event cache to what waits already. */
  trim(): void {
    this.#tellDropped(this.#admission.trim());
  }

  /** IO_PUBLISHED came. */
  onPublished(): void {
    this.#onAnswer("IO_PUBLISHED", () => undefined);
  }

  /** One of the NIO_…EVENT_FORWARDING_ERRORs came. */
  onRefused(reply: EventRefusal): void {
    this.#onAnswer(reply, (event) => eventRefused(event.eventId, reply));
  }

  /** The socket takes more again. */
  onRoom(): void {
    this.#pump();
  }

  /** Reading goes on after a pause, in which no answer could come. */
  onResumed(): void {
    this.#watchdog.sign();
  }

  /** Resolves when everything published before is settled, one way or the other, and the store knows it. */
  async flush(): Promise<void> {
    const flush = { before: this.#cache.nextOrder, done: deferred() };
    this.#cache.seal();
    this.#flushes.push(flush);
    this.#checkFlushes();
    await flush.done.promise;
    await this.#persistent?.idle();
  }

  /** The connection ended: cached events wait for the next one. */
  connectionLost(end: ConnectionEnd): Loss {
    const tellUnsent = this.pause(end.error);
    this.#connection = undefined;
    this.#isHeld = false;
    this.#watchdog.stop();
    this.#window = 1;
    const entries = this.#cache.takeInFlight();
    const alone = entries.length === 1 ? entries[0] : undefined;
    const { rejection, isSuspicious } = this.#blame.judge(alone, end);
    const fates = entries.map((entry) => [entry, rejection ?? this.#findFate(entry, end.error)] as const);
    this.#cache.putBack(fates.filter(([, error]) => error === undefined).map(([entry]) => entry));
    if (rejection !== undefined) {
      this.#options.onProgress();
    }
    return {
      repeats: this.#blame.repeats,
      tell: () => {
        for (const [entry, error] of fates) {
          if (error !== undefined) {
            this.#settle(entry, error);
          }
        }
        tellUnsent();
        if (isSuspicious === true && alone?.place === "waiting") {
          this.#options.onError(suspicious(alone.event, STRIKES, end.error));
        }
      },
    };
  }

  /**
   * The session ended. What is in a store stays there.
   * @returns what tells every publisher; apart, because it may call back
   */
  close(cause: MsbError): () => void {
    const { tell } = this.connectionLost({ error: cause, serverClose: undefined });
    this.#blame.clear();
    this.#window = Number.POSITIVE_INFINITY;
    const entries = this.#cache.clear();
    return () => {
      tell();
      for (const entry of entries) {
        this.#leave(entry, cause);
      }
      this.#checkFlushes();
    };
  }

  async releaseStore(): Promise<void> {
    await this.#persistent?.close();
  }

  #pump(): void {
    const { maxInFlight, maxMessageSize } = this.#options.settings;
    while (this.#mayFlow() && this.inFlight < Math.min(this.#window, maxInFlight)) {
      const connection = this.#connection;
      const { next } = this.#cache;
      if (connection === undefined || next === undefined) {
        break;
      }
      if (next.kind === "range") {
        this.#persistent?.load(next);
        if (this.#cache.next === next) {
          break;
        }
        continue;
      }
      // Measured when it was published, but perhaps by another process, or for another framing.
      const size = oversize(next.event.message, connection.framing, maxMessageSize);
      if (size !== undefined) {
        this.#takeBack(next, tooLarge(next.event, size, maxMessageSize));
        continue;
      }
      if (this.inFlight === 0) {
        this.#watchdog.sign();
      }
      this.#cache.takeNext();
      connection.send(next.event.message);
    }
    this.#watchdog.watch();
  }

  #mayFlow(): boolean {
    return this.#isRegistered && !this.#isHeld && this.#connection?.hasRoom === true;
  }

  #onAnswer(reply: string, failure: (event: CachedEvent) => MsbError | undefined): void {
    const entry = this.#cache.settleOldest();
    if (entry === undefined) {
      return this.#options.logger.warn(`${reply} came for no event`);
    }
    this.#watchdog.sign();
    this.#blame.clear();
    this.#window += 1;
    this.#options.onProgress();
    this.#settle(entry, failure(entry.event));
    this.#pump();
  }

  /** What becomes of an event that was in flight when its connection ended; `undefined`: it is sent again. */
  #findFate(entry: CacheEntry, cause: MsbError): MsbError | undefined {
    const { maxAttempts = Number.POSITIVE_INFINITY } = this.#options.settings;
    // Nor is sent again what the store did not take.
    if (!entry.event.cached || entry.notStored) {
      return undecided(entry.event, cause);
    }
    if (entry.sends < maxAttempts || cause.code === "DISCONNECTED") {
      return undefined;
    }
    return undeliverable(
      entry.event,
      `it was sent ${entry.sends} times, and each time the connection ended`,
      cause,
    );
  }

  /** The session ends, and this event waits. */
  #leave(entry: CacheEntry, cause: MsbError): void {
    this.#signals.release(entry);
    const isKept = entry.key !== undefined;
    // Its publisher waits, or waited, only for the store, and hears of that.
    if (entry.isGuarded && isKept) {
      return;
    }
    entry.event.reject(notSent(entry, cause, isKept));
  }

  #onNotStored(entry: CacheEntry, error: MsbError): void {
    // Sent before, over a connection that is lost: then nobody knows whether it was taken.
    this.#takeBack(entry, entry.sends === 0 ? error : undecided(entry.event, error));
  }

  #takeBack(entry: CacheEntry, error: MsbError): void {
    this.#cache.remove(entry);
    this.#settle(entry, error);
  }

  #settle(entry: CacheEntry, error: MsbError | undefined): void {
    this.#persistent?.remove(entry);
    this.#signals.release(entry);
    if (error === undefined) {
      entry.event.resolve();
    } else {
      entry.event.reject(error);
    }
    this.#checkFlushes();
  }

  #tellDropped(entries: readonly CacheEntry[]): void {
    for (const entry of entries) {
      const error = this.#dropped.for(entry.event, this.#options.settings.eventCacheSize);
      this.#settle(entry, error);
      this.#options.onDropped(entry.event, error);
    }
  }

  #onAborted(entry: CacheEntry, signal: AbortSignal): void {
    // In flight it cannot be called back: its answer settles it. What was told to be stored stays.
    if (entry.place !== "waiting" || (entry.isGuarded && entry.isStored)) {
      return;
    }
    this.#takeBack(
      entry,
      entry.sends === 0 ? this.#aborted.for(entry.event, signal) : abortedLate(entry.event, signal),
    );
  }

  #onReadable(): void {
    this.#pump();
    this.#checkFlushes();
  }

  #checkFlushes(): void {
    if (this.#flushes.length === 0) {
      return;
    }
    const oldest = this.#cache.oldestOrder;
    const done = this.#flushes.filter(({ before }) => before <= oldest);
    this.#flushes = this.#flushes.filter(({ before }) => before > oldest);
    for (const flush of done) {
      flush.done.resolve();
    }
  }
}
