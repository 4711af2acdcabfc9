import type { EventRefusal } from "../../core/codec/index.ts";
import { type CachedEvent, EventCache, PersistentEvents } from "../../core/event-cache/index.ts";
import type { MsbError } from "../../support/errors.ts";
import type { Connection } from "../connection/connection.ts";
import type { ConnectionEnd } from "../connection/connection-end.ts";
import { oversize } from "../connection/message-size.ts";
import { Watchdog } from "../connection/watchdog.ts";
import type { SessionDependencies } from "../dependencies.ts";
import type { Meter } from "../meter.ts";
import { eventRefused } from "../refusals.ts";
import type { ClientStats } from "../stats.ts";
import { Admission } from "./admission.ts";
import { outOfStep, tooLarge, unsent } from "./delivery-errors.ts";
import { type Loss, Losses } from "./losses.ts";
import { Settlements } from "./settlements.ts";

/** What an outbox tells, and asks of, the session that it belongs to. */
export interface OutboxOwner {
  /** Why an event that cannot wait is not sent, while nothing can be. */
  cannotSend(event: CachedEvent): MsbError;
  /** An event was answered, or found to be the one that cannot be. */
  onProgress(): void;
  /** Measures round trips, once somebody has asked for them. */
  readonly meter: Meter | undefined;
}

/** What events need; a client that publishes none does without. */
interface Parts {
  readonly cache: EventCache;
  readonly persistent: PersistentEvents | undefined;
  readonly admission: Admission;
  readonly settlements: Settlements;
  readonly losses: Losses;
  readonly watchdog: Watchdog;
  acknowledged: number;
  refused: number;
}

/** Sends events while there is a registered connection, keeps those that may wait, and matches answers to them. */
export class Outbox {
  readonly #session: SessionDependencies;
  readonly #owner: OutboxOwner;
  /** Made for the first event, or for what is in the store. */
  #made: Parts | undefined;
  #connection: Connection | undefined;
  #isRegistered = false;
  /** From the end of a connection, or of an attempt to make one, until the next one is there; and who is told that it begins. */
  #isAway = false;
  #onAway: (() => Promise<void>) | undefined;
  /** Events wait for the R that describes them. */
  #isHeld = false;
  #isPumping = false;
  /** Events that may be in flight at present: after a lost connection one, and one more with every answer. */
  #window = Number.POSITIVE_INFINITY;

  constructor(session: SessionDependencies, owner: OutboxOwner) {
    this.#session = session;
    this.#owner = owner;
  }

  /** Events that were sent and not answered. */
  get inFlight(): number {
    return this.#made?.cache.inFlight ?? 0;
  }

  counts(): Omit<ClientStats, "reconnects" | "bytes" | "roundTrip"> {
    const { cache, persistent, settlements, acknowledged = 0, refused = 0 } = this.#made ?? {};
    return {
      // Each event that is taken has its place in the order.
      published: (cache?.nextOrder ?? 1) - 1,
      acknowledged,
      refused,
      dropped: settlements?.dropped ?? 0,
      cached: cache?.waiting ?? 0,
      inFlight: this.inFlight,
      stored: persistent?.stored ?? 0,
    };
  }

  /** Opens the store, if there is one. @throws {MsbError} `STORE_FAILED`. */
  async load(): Promise<void> {
    await (this.#session.store && this.#parts.persistent?.open());
  }

  /** The store cannot be opened, and nobody else says so. */
  reportStore(error: MsbError): void {
    this.#made?.persistent?.reportOnce(error);
  }

  /** Registered: what waits is sent, and what is published from now on follows it. */
  open(connection: Connection): void {
    this.#connection = connection;
    this.#isAway = false;
    this.#isRegistered = true;
    this.release();
  }

  /**
   * Not registered any more, though the connection may live on: answers still count.
   * @returns what tells the publishers of events that do not wait; apart, because it may call back
   */
  pause(cause: MsbError): () => void {
    this.#isRegistered = false;
    const events = this.#made?.cache.takeUncached() ?? [];
    return () => {
      for (const event of events) {
        this.#made?.settlements.settle(event, unsent(event, cause));
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
    const { admission, cache, persistent, settlements } = this.#parts;
    const problem = admission.findProblem(event);
    if (problem !== undefined) {
      return event.reject(problem);
    }
    if (!this.#isRegistered && !event.cached) {
      return event.reject(this.#owner.cannotSend(event));
    }
    const room = admission.makeRoom(event);
    if (room instanceof Error) {
      return event.reject(room);
    }

    if (persistent?.canSpill(event) === true) {
      persistent.spill(event);
    } else {
      cache.add(event);
      persistent?.add(event);
      settlements.watch(event);
    }
    this.#pump();
    settlements.drop(room);
  }

  /** Applies a smaller event cache to what waits already. */
  trim(): void {
    this.#made?.settlements.drop(this.#made.admission.trim());
  }

  /** IO_PUBLISHED came. */
  onPublished(): void {
    this.#onAnswer("IO_PUBLISHED", undefined);
  }

  /** One of the NIO_…EVENT_FORWARDING_ERRORs came. */
  onRefused(reply: EventRefusal): void {
    this.#onAnswer(reply, reply);
  }

  /** The socket takes more again. */
  onRoom(): void {
    this.#pump();
  }

  /** Resolves when everything published before is settled, one way or the other, and the store knows it. */
  async flush(): Promise<void> {
    await this.#made?.settlements.flushes.add();
    await this.#made?.persistent?.idle();
  }

  /**
   * The same, unless nobody can be reached, and everything that waits is in the store: there it is safe, and will be sent by
   * whoever opens the store next.
   */
  async drain(): Promise<void> {
    const kept = new Promise<void>((resolve) => {
      this.#onAway = async () => {
        await this.#made?.persistent?.idle();
        if (this.#isAway && this.#made?.cache.listWaiting().every(({ isStored }) => isStored)) {
          resolve();
        }
      };
    });
    if (this.#isAway) {
      void this.#onAway?.();
    }
    await Promise.race([this.flush(), kept]);
    this.#onAway = undefined;
  }

  /** The connection ended: cached events wait for the next one. */
  connectionLost(end: ConnectionEnd): Loss {
    this.#isAway = true;
    void this.#onAway?.();
    const tellUnsent = this.pause(end.error);
    this.#connection = undefined;
    this.#isHeld = false;
    this.#window = 1;
    if (this.#made === undefined) {
      return { repeats: 0, isProgress: false, tell: tellUnsent };
    }
    this.#made.watchdog.stop();
    this.#owner.meter?.onConnectionEnd();
    const loss = this.#made.losses.onConnectionEnd(end, tellUnsent);
    if (loss.isProgress) {
      this.#owner.onProgress();
    }
    return loss;
  }

  /**
   * The session ended. What is in a store stays there.
   * @returns what tells every publisher; apart, because it may call back
   */
  close(cause: MsbError): () => void {
    const { tell } = this.connectionLost({ error: cause, serverClose: undefined });
    this.#isAway = false;
    this.#made?.losses.clear();
    this.#window = Number.POSITIVE_INFINITY;
    const events = this.#made?.cache.clear() ?? [];
    return () => {
      tell();
      for (const event of events) {
        this.#made?.settlements.leave(event, cause);
      }
      this.#made?.settlements.flushes.check();
    };
  }

  async releaseStore(): Promise<void> {
    await this.#made?.persistent?.close();
  }

  get #parts(): Parts {
    this.#made ??= this.#makeParts();
    return this.#made;
  }

  #makeParts(): Parts {
    const session = this.#session;
    const { store, settings, clock } = session;
    const cache = new EventCache();
    const persistent =
      store &&
      new PersistentEvents({
        store,
        cache,
        clock,
        report: (error) => session.onError(error),
        onNotStored: (event, error) => settlements.onNotStored(event, error),
        onReadable: () => {
          this.#pump();
          settlements.flushes.check();
        },
      });
    const settlements = new Settlements(session, cache, persistent);
    return {
      cache,
      persistent,
      settlements,
      admission: new Admission(settings, cache, persistent),
      losses: new Losses(session, cache, settlements),
      watchdog: new Watchdog({
        clock,
        limit: () => (cache.inFlight === 0 ? undefined : settings.ackTimeout),
        readingSince: () => this.#connection?.readingSince,
        onSilence: () => this.#connection?.abort(outOfStep(settings.ackTimeout)),
      }),
      acknowledged: 0,
      refused: 0,
    };
  }

  #pump(): void {
    // Whoever hears of an event that is about to be sent may publish: that follows it.
    if (this.#made === undefined || this.#isPumping) {
      return;
    }
    this.#isPumping = true;
    try {
      this.#sendWaiting(this.#made);
    } finally {
      this.#isPumping = false;
    }
  }

  #sendWaiting({ cache, persistent, settlements, watchdog }: Parts): void {
    const { maxInFlight, maxMessageSize } = this.#session.settings;
    // First whether there is anything to send: after most answers there is not.
    for (let next = cache.next; next !== undefined; next = cache.next) {
      const connection = this.#connection;
      if (connection === undefined || cache.inFlight >= Math.min(this.#window, maxInFlight)) {
        return;
      }
      if (!this.#isRegistered || this.#isHeld || !connection.askForRoom()) {
        return;
      }
      // The socket may have failed when it was asked.
      if (this.#connection !== connection) {
        return;
      }
      if (next.kind === "range") {
        persistent?.ranges.load(next);
        if (cache.next === next) {
          return;
        }
        continue;
      }
      // Measured when it was published, but perhaps by another process, or for another framing.
      const size = oversize(next.encoded, connection.framing, maxMessageSize);
      if (size !== undefined) {
        settlements.takeBack(next, tooLarge(next, size, maxMessageSize));
        continue;
      }
      if (cache.inFlight === 0) {
        watchdog.sign();
      }
      cache.takeNext();
      watchdog.watch();
      this.#owner.meter?.onEventSent(next);
      connection.sendEvent(next.encoded);
    }
  }

  #onAnswer(reply: string, refusal: EventRefusal | undefined): void {
    const event = this.#made?.cache.settleOldest();
    if (this.#made === undefined || event === undefined) {
      return this.#session.logger.warn(`${reply} came, but no event was waiting for it`);
    }
    const { losses, settlements, watchdog } = this.#made;
    if (refusal === undefined) {
      this.#made.acknowledged += 1;
    } else {
      this.#made.refused += 1;
    }
    this.#owner.meter?.onAnswer(event);
    watchdog.sign();
    losses.clear();
    this.#window += 1;
    this.#owner.onProgress();
    settlements.settle(event, refusal === undefined ? undefined : eventRefused(event.eventId, refusal));
    this.#pump();
  }
}
