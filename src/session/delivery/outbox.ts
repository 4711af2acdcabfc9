import type { EventRefusal } from "../../core/codec/index.ts";
import {
  type CachedEvent,
  EventCache,
  type EventStore,
  PersistentEvents,
} from "../../core/event-cache/index.ts";
import type { Clock } from "../../support/clock.ts";
import { type Deferred, deferred } from "../../support/deferred.ts";
import type { MsbError } from "../../support/errors.ts";
import type { LevelLogger } from "../../support/logger.ts";
import type { Connection } from "../connection/connection.ts";
import type { ConnectionEnd } from "../connection/connection-end.ts";
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
  /** Why an event that cannot wait is not sent, while nothing can be. */
  cannotSend(event: CachedEvent): MsbError;
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
  readonly #signals = new AbortSignals((event, signal) => this.#onAborted(event, signal));
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
        onNotStored: (event, error) => this.#onNotStored(event, error),
        onReadable: () => this.#onReadable(),
      });
    this.#admission = new Admission(settings, this.#cache, this.#persistent);
    this.#watchdog = new Watchdog({
      clock,
      limit: () => (this.inFlight === 0 ? undefined : settings.ackTimeout),
      readingSince: () => this.#connection?.readingSince,
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
    const events = this.#cache.takeUncached();
    return () => {
      for (const event of events) {
        this.#settle(event, unsent(event, cause));
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

  /** Takes an event, and settles it in any case. */
  publish(event: CachedEvent): void {
    const problem = this.#admission.findProblem(event);
    if (problem !== undefined) {
      return event.reject(problem);
    }
    if (!this.#isRegistered && !event.cached) {
      return event.reject(this.#options.cannotSend(event));
    }
    const room = this.#admission.makeRoom(event);
    if (room instanceof Error) {
      return event.reject(room);
    }

    if (this.#persistent?.canSpill(event) === true) {
      this.#persistent.spill(event);
    } else {
      this.#cache.add(event);
      this.#persistent?.add(event);
      this.#signals.watch(event);
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
    const events = this.#cache.takeInFlight();
    const alone = events.length === 1 ? events[0] : undefined;
    const { rejection, isSuspicious } = this.#blame.judge(alone, end);
    const fates = events.map((event) => [event, rejection ?? this.#findFate(event, end.error)] as const);
    this.#cache.putBack(fates.filter(([, error]) => error === undefined).map(([event]) => event));
    if (rejection !== undefined) {
      this.#options.onProgress();
    }
    return {
      repeats: this.#blame.repeats,
      tell: () => {
        for (const [event, error] of fates) {
          if (error !== undefined) {
            this.#settle(event, error);
          }
        }
        tellUnsent();
        if (isSuspicious === true && alone?.place === "waiting") {
          this.#options.onError(suspicious(alone, STRIKES, end.error));
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
    const events = this.#cache.clear();
    return () => {
      tell();
      for (const event of events) {
        this.#leave(event, cause);
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
      const size = oversize(next.message, connection.framing, maxMessageSize);
      if (size !== undefined) {
        this.#takeBack(next, tooLarge(next, size, maxMessageSize));
        continue;
      }
      if (this.inFlight === 0) {
        this.#watchdog.sign();
      }
      this.#cache.takeNext();
      connection.send(next.message);
    }
    this.#watchdog.watch();
  }

  #mayFlow(): boolean {
    return this.#isRegistered && !this.#isHeld && this.#connection?.askForRoom() === true;
  }

  #onAnswer(reply: string, failure: (event: CachedEvent) => MsbError | undefined): void {
    const event = this.#cache.settleOldest();
    if (event === undefined) {
      return this.#options.logger.warn(`${reply} came for no event`);
    }
    this.#watchdog.sign();
    this.#blame.clear();
    this.#window += 1;
    this.#options.onProgress();
    this.#settle(event, failure(event));
    this.#pump();
  }

  /** What becomes of an event that was in flight when its connection ended; `undefined`: it is sent again. */
  #findFate(event: CachedEvent, cause: MsbError): MsbError | undefined {
    const { maxAttempts = Number.POSITIVE_INFINITY } = this.#options.settings;
    // Nor is sent again what the store did not take.
    if (!event.cached || event.notStored) {
      return undecided(event, cause);
    }
    if (event.sends < maxAttempts || cause.code === "DISCONNECTED") {
      return undefined;
    }
    return undeliverable(
      event,
      `it was sent ${event.sends} times, and each time the connection ended`,
      cause,
    );
  }

  /** The session ends, and this event waits. */
  #leave(event: CachedEvent, cause: MsbError): void {
    this.#signals.release(event);
    const isKept = event.key !== undefined;
    // Its publisher waits, or waited, only for the store, and hears of that.
    if (event.isGuarded && isKept) {
      return;
    }
    event.reject(notSent(event, cause, isKept));
  }

  #onNotStored(event: CachedEvent, error: MsbError): void {
    // Sent before, over a connection that is lost: then nobody knows whether it was taken.
    this.#takeBack(event, event.sends === 0 ? error : undecided(event, error));
  }

  #takeBack(event: CachedEvent, error: MsbError): void {
    this.#cache.remove(event);
    this.#settle(event, error);
  }

  #settle(event: CachedEvent, error: MsbError | undefined): void {
    this.#persistent?.remove(event);
    this.#signals.release(event);
    if (error === undefined) {
      event.resolve();
    } else {
      event.reject(error);
    }
    this.#checkFlushes();
  }

  #tellDropped(events: readonly CachedEvent[]): void {
    for (const event of events) {
      const error = this.#dropped.for(event, this.#options.settings.eventCacheSize);
      this.#settle(event, error);
      this.#options.onDropped(event, error);
    }
  }

  #onAborted(event: CachedEvent, signal: AbortSignal): void {
    // In flight it cannot be called back: its answer settles it. What was told to be stored stays.
    if (event.place !== "waiting" || (event.isGuarded && event.isStored)) {
      return;
    }
    this.#takeBack(event, event.sends === 0 ? this.#aborted.for(event, signal) : abortedLate(event, signal));
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
