import Denque from "denque";
import type { MsbError } from "../errors.ts";

/** An event from `publish()` to its settlement. */
export interface CachedEvent {
  readonly eventId: string;
  /** The `E` message, written once: what it said when published is what is sent, however often. */
  readonly message: string;
  /** Whether it waits out a missing connection, and is sent again after a broken one. */
  readonly cached: boolean;
  /** The MSB has accepted it. */
  resolve(): void;
  /** It was not delivered, or nobody can say whether it was. */
  reject(error: MsbError): void;
}

/**
 * The events that are not settled, in two sets: *waiting* (not sent) and *in flight* (sent, not answered).
 * First in, first out; answers carry no id, so they belong to the oldest in flight.
 */
export class EventCache {
  readonly #waiting = new Denque<CachedEvent>();
  readonly #inFlight = new Denque<CachedEvent>();

  get waiting(): number {
    return this.#waiting.length;
  }

  get inFlight(): number {
    return this.#inFlight.length;
  }

  /** Puts an event behind all others. */
  add(event: CachedEvent): void {
    this.#waiting.push(event);
  }

  /** Takes off the oldest waiting event without sending it. */
  dropOldest(): CachedEvent | undefined {
    return this.#waiting.shift();
  }

  /** Moves the oldest waiting event into flight: the caller sends it. */
  takeNext(): CachedEvent | undefined {
    const event = this.#waiting.shift();
    if (event !== undefined) this.#inFlight.push(event);
    return event;
  }

  /** The event that an answer belongs to; `undefined` where nothing is in flight. */
  settleOldest(): CachedEvent | undefined {
    return this.#inFlight.shift();
  }

  /**
   * The connection broke: cached events in flight go back to the front in their order; the others are returned, because
   * nobody can say whether they arrived.
   */
  connectionLost(): readonly CachedEvent[] {
    const undecided: CachedEvent[] = [];
    for (let event = this.#inFlight.pop(); event !== undefined; event = this.#inFlight.pop()) {
      if (event.cached) this.#waiting.unshift(event);
      else undecided.unshift(event);
    }
    return undecided;
  }

  /** Takes off everything, in order. */
  clear(): readonly CachedEvent[] {
    const events = [...this.#inFlight.toArray(), ...this.#waiting.toArray()];
    this.#inFlight.clear();
    this.#waiting.clear();
    return events;
  }
}
