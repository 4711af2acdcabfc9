import type { Clock } from "../clock.ts";
import type { EventRefusal } from "../codec/index.ts";
import { MsbConnectionError, MsbError } from "../errors.ts";
import { type CachedEvent, EventCache } from "../event-cache/index.ts";
import type { LevelLogger } from "../logger.ts";
import type { Connection } from "./connection.ts";
import { eventRefused } from "./refusals.ts";
import type { SessionSettings } from "./settings.ts";

/** Above this many unsent bytes nothing more is handed to the socket; the next answer carries on. */
const SOCKET_HIGH_WATER = 4_000_000;

export interface OutboxOptions {
  readonly settings: SessionSettings;
  readonly clock: Clock;
  readonly logger: LevelLogger;
  onDropped(event: CachedEvent, error: MsbError): void;
}

/** Sends events while there is a registered connection, keeps those that may wait, and matches answers to them. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #cache = new EventCache();
  #connection: Connection | undefined;
  #timer: unknown;
  #lastProgress = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
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

  /** @param offline the error for an event that cannot wait, while nothing can be sent */
  publish(event: CachedEvent, offline: () => MsbError): void {
    const { eventCache, eventCacheSize } = this.#options.settings;
    const mayWait = this.#connection !== undefined || (event.cached && eventCache);
    if (!mayWait) {
      event.reject(offline());
      return;
    }
    if (!event.cached && this.#cache.waiting >= eventCacheSize) {
      event.reject(busy(event, eventCacheSize));
      return;
    }
    this.#cache.add(event);
    this.#pump();
    this.trim();
  }

  /** Drops the oldest waiting events that are more than may wait. */
  trim(): void {
    const { eventCacheSize } = this.#options.settings;
    while (this.#cache.waiting > eventCacheSize) {
      const event = this.#cache.dropOldest();
      if (event === undefined) return;
      const error = dropped(event, eventCacheSize);
      event.reject(error);
      this.#options.onDropped(event, error);
    }
  }

  /** IO_PUBLISHED came. */
  onPublished(): void {
    const event = this.#cache.settleOldest();
    this.#lastProgress = this.#options.clock.now();
    if (event === undefined) this.#options.logger.debug("an IO_PUBLISHED came for no event");
    event?.resolve();
    this.#pump();
  }

  /** One of the NIO_…EVENT_FORWARDING_ERRORs came. */
  onRefused(reply: EventRefusal): void {
    const event = this.#cache.settleOldest();
    this.#lastProgress = this.#options.clock.now();
    if (event === undefined) this.#options.logger.warn(`${reply} came for no event`);
    event?.reject(eventRefused(event.eventId, reply));
    this.#pump();
  }

  /** The connection broke: cached events wait for the next one, the publishers of the others are told. */
  connectionLost(cause: MsbError): void {
    this.#connection = undefined;
    this.#stopWatch();
    for (const event of this.#cache.connectionLost()) event.reject(undecided(event, cause));
  }

  /** The session ended for good: everybody is told. */
  close(cause: MsbError): void {
    this.connectionLost(cause);
    for (const event of this.#cache.clear()) event.reject(cause);
  }

  #pump(): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    const { maxInFlight } = this.#options.settings;
    while (this.#cache.inFlight < maxInFlight && connection.bufferedAmount < SOCKET_HIGH_WATER) {
      const event = this.#cache.takeNext();
      if (event === undefined) break;
      connection.send(event.message);
    }
    if (this.#cache.inFlight > 0) this.#startWatch(connection);
  }

  /** One timer, whatever the number of events: it compares clock times instead of being set anew for each. */
  #startWatch(connection: Connection): void {
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

  #stopWatch(): void {
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function dropped(event: CachedEvent, size: number): MsbError {
  const message = `Event ${JSON.stringify(event.eventId)} was dropped: the event cache is full (${size}) and it was the oldest.`;
  return new MsbError("EVENT_DROPPED", message, { remedy: "Set a larger eventCacheSize, or publish less." });
}

function busy(event: CachedEvent, size: number): MsbError {
  const message = `Event ${JSON.stringify(event.eventId)} was not sent: ${size} events wait already for the MSB to take them.`;
  return new MsbError("BUSY", message, { remedy: "Await publish(), or set a larger eventCacheSize." });
}

function undecided(event: CachedEvent, cause: MsbError): MsbError {
  const message = `Event ${JSON.stringify(event.eventId)} may or may not have arrived: the connection broke before its answer came.`;
  return new MsbConnectionError("CONNECTION_LOST", message, {
    cause,
    remedy: "Publish it with cached: true to have it sent again.",
  });
}

function outOfStep(ackTimeout: number): MsbError {
  return new MsbConnectionError("TIMEOUT", `The MSB did not answer an event within ${ackTimeout} ms.`);
}
