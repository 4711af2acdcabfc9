import type { EventRefusal } from "../../core/codec/index.ts";
import {
  type CachedEvent,
  EventCache,
  type EventStore,
  PersistentEvents,
} from "../../core/event-cache/index.ts";
import type { Clock } from "../../support/clock.ts";
import type { MsbError } from "../../support/errors.ts";
import type { LevelLogger } from "../../support/logger.ts";
import type { Connection } from "../connection/connection.ts";
import type { ConnectionEnd } from "../connection/connection-end.ts";
import { oversize } from "../connection/message-size.ts";
import { Watchdog } from "../connection/watchdog.ts";
import { eventRefused } from "../refusals.ts";
import type { SessionSettings } from "../settings.ts";
import { Admission } from "./admission.ts";
import { outOfStep, tooLarge, unsent } from "./delivery-errors.ts";
import { type Loss, Losses } from "./losses.ts";
import { Settlements } from "./settlements.ts";

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

/** Sends events while there is a registered connection, keeps those that may wait, and matches answers to them. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #cache = new EventCache();
  readonly #persistent: PersistentEvents | undefined;
  readonly #admission: Admission;
  readonly #settlements: Settlements;
  readonly #losses: Losses;
  readonly #watchdog: Watchdog;
  #connection: Connection | undefined;
  #isRegistered = false;
  /** Events wait for the R that describes them. */
  #isHeld = false;
  /** Events that may be in flight at present: after a lost connection one, and one more with every answer. */
  #window = Number.POSITIVE_INFINITY;

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
        onNotStored: (event, error) => this.#settlements.onNotStored(event, error),
        onReadable: () => this.#onReadable(),
      });
    this.#settlements = new Settlements(options, this.#cache, this.#persistent);
    this.#losses = new Losses(options, this.#cache, this.#settlements);
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
        this.#settlements.settle(event, unsent(event, cause));
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
      this.#settlements.watch(event);
    }
    this.#pump();
    this.#settlements.drop(room);
  }

  /** Applies a smaller event cache to what waits already. */
  trim(): void {
    this.#settlements.drop(this.#admission.trim());
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
    await this.#settlements.flushes.add();
    await this.#persistent?.idle();
  }

  /** The connection ended: cached events wait for the next one. */
  connectionLost(end: ConnectionEnd): Loss {
    const tellUnsent = this.pause(end.error);
    this.#connection = undefined;
    this.#isHeld = false;
    this.#watchdog.stop();
    this.#window = 1;
    const loss = this.#losses.onConnectionEnd(end, tellUnsent);
    if (loss.isProgress) {
      this.#options.onProgress();
    }
    return loss;
  }

  /**
   * The session ended. What is in a store stays there.
   * @returns what tells every publisher; apart, because it may call back
   */
  close(cause: MsbError): () => void {
    const { tell } = this.connectionLost({ error: cause, serverClose: undefined });
    this.#losses.clear();
    this.#window = Number.POSITIVE_INFINITY;
    const events = this.#cache.clear();
    return () => {
      tell();
      for (const event of events) {
        this.#settlements.leave(event, cause);
      }
      this.#settlements.flushes.check();
    };
  }

  async releaseStore(): Promise<void> {
    await this.#persistent?.close();
  }

  #pump(): void {
    const { maxInFlight, maxMessageSize } = this.#options.settings;
    // First whether there is anything to send: after most answers there is not.
    for (let next = this.#cache.next; next !== undefined && this.#mayFlow(); next = this.#cache.next) {
      const connection = this.#connection;
      if (connection === undefined || this.inFlight >= Math.min(this.#window, maxInFlight)) {
        break;
      }
      if (next.kind === "range") {
        this.#persistent?.ranges.load(next);
        if (this.#cache.next === next) {
          break;
        }
        continue;
      }
      // Measured when it was published, but perhaps by another process, or for another framing.
      const size = oversize(next.encoded, connection.framing, maxMessageSize);
      if (size !== undefined) {
        this.#settlements.takeBack(next, tooLarge(next, size, maxMessageSize));
        continue;
      }
      if (this.inFlight === 0) {
        this.#watchdog.sign();
      }
      this.#cache.takeNext();
      connection.sendEvent(next.encoded);
    }
    this.#watchdog.watch();
  }

  #mayFlow(): boolean {
    return this.#isRegistered && !this.#isHeld && this.#connection?.askForRoom() === true;
  }

  #onAnswer(reply: string, refusal: EventRefusal | undefined): void {
    const event = this.#cache.settleOldest();
    if (event === undefined) {
      return this.#options.logger.warn(`${reply} came for no event`);
    }
    this.#watchdog.sign();
    this.#losses.clear();
    this.#window += 1;
    this.#options.onProgress();
    this.#settlements.settle(event, refusal === undefined ? undefined : eventRefused(event.eventId, refusal));
    this.#pump();
  }

  #onReadable(): void {
    this.#pump();
    this.#settlements.flushes.check();
  }
}
