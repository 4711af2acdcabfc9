import type { CachedEvent } from "../core/event-cache/index.ts";
import type { Clock } from "../support/clock.ts";
import { elapsed } from "../support/elapsed.ts";
import { utf8Bytes } from "../support/utf8-bytes.ts";

/** How much of a new round trip goes into the smoothed one, as in TCP (RFC 6298). */
const GAIN = 1 / 8;

/** Measures what takes time to measure: made when somebody asks for the first time. */
export class Meter {
  readonly #clock: Clock;
  sentBytes = 0;
  receivedBytes = 0;
  lastRoundTrip: number | undefined;
  smoothedRoundTrip: number | undefined;
  /** The event whose answer is awaited, one at a time: the others are not looked at. */
  #event: CachedEvent | undefined;
  #sentAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  onFrameSent(frame: string): void {
    this.sentBytes += utf8Bytes(frame);
  }

  onFrameReceived(frame: string): void {
    this.receivedBytes += utf8Bytes(frame);
  }

  onEventSent(event: CachedEvent): void {
    if (this.#event === undefined) {
      this.#event = event;
      this.#sentAt = elapsed(this.#clock);
    }
  }

  onAnswer(event: CachedEvent): void {
    if (event !== this.#event) {
      return;
    }
    this.#event = undefined;
    const roundTrip = elapsed(this.#clock) - this.#sentAt;
    const smoothed = this.smoothedRoundTrip ?? roundTrip;
    this.lastRoundTrip = roundTrip;
    this.smoothedRoundTrip = smoothed + GAIN * (roundTrip - smoothed);
  }

  /** Nothing is answered any more on this connection. */
  onConnectionEnd(): void {
    this.#event = undefined;
  }
}
