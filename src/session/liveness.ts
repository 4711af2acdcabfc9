import type { Clock } from "../clock.ts";

/** Silence longer than this many heartbeat intervals means that the connection is dead. */
export const HEARTBEAT_TOLERANCE = 3;

/** Never shorter than this, in milliseconds, however often the server's heart beats. */
export const MIN_SILENCE = 3_000;

/** Heartbeats that come closer together than this, in milliseconds, were held up on the way and say nothing. */
const BURST = 100;

/** A timer that fires this many milliseconds late was held up, and so may be what it waited for. */
const LATE = 1_000;

/** Milliseconds that a program that was held up gets to read what has arrived meanwhile. */
const GRACE = 2_000;

const REMEMBERED = 5;

export interface LivenessOptions {
  readonly clock: Clock;
  /** Milliseconds between pings of our own; `undefined` where none are sent. */
  readonly pingInterval: number | undefined;
  ping(): void;
  /** The connection is dead: nothing came for so many milliseconds. */
  onDead(silence: number): void;
}

/**
 * Watches whether the other side still lives. Everything that it sends is a sign of life; how often one has to come is
 * learned from its own heartbeats (SockJS `h`, or `ping`), or known where we send pings ourselves. It compares clock
 * times: timers that browsers hold up in background tabs neither end a living connection nor miss a dead one.
 */
export class Liveness {
  readonly #options: LivenessOptions;
  readonly #lastBeat = new Map<string, number>();
  #gaps: number[] = [];
  #lastSign: number;
  #checkTimer: unknown;
  #pingTimer: unknown;

  constructor(options: LivenessOptions) {
    this.#options = options;
    this.#lastSign = options.clock.now();
    this.#startPings();
  }

  /** Milliseconds of silence that are allowed; `undefined` while nothing is known. */
  get limit(): number | undefined {
    const { pingInterval } = this.#options;
    const learned = median(this.#gaps);
    if (learned === undefined && pingInterval === undefined) return undefined;
    const interval = Math.min(learned ?? Number.POSITIVE_INFINITY, pingInterval ?? Number.POSITIVE_INFINITY);
    return Math.max(MIN_SILENCE, HEARTBEAT_TOLERANCE * interval);
  }

  /** Something came. */
  onSign(): void {
    this.#lastSign = this.#options.clock.now();
  }

  /** A heartbeat of the server came; each kind has a rhythm of its own. */
  onHeartbeat(kind: "h" | "ping"): void {
    const now = this.#options.clock.now();
    const last = this.#lastBeat.get(kind);
    this.#lastBeat.set(kind, now);
    if (last !== undefined && now - last >= BURST)
      this.#gaps = [...this.#gaps, now - last].slice(-REMEMBERED);
    this.onSign();
    this.#watch();
  }

  stop(): void {
    this.#options.clock.clearTimeout(this.#checkTimer);
    this.#options.clock.clearTimeout(this.#pingTimer);
  }

  #startPings(): void {
    const { clock, pingInterval } = this.#options;
    if (pingInterval === undefined) return;
    const next = (): void => {
      this.#options.ping();
      this.#pingTimer = clock.setTimeout(next, pingInterval);
    };
    this.#pingTimer = clock.setTimeout(next, pingInterval);
    this.#watch();
  }

  #watch(): void {
    if (this.#checkTimer === undefined && this.limit !== undefined) this.#checkIn(this.limit, false);
  }

  #checkIn(ms: number, inGrace: boolean): void {
    const { clock } = this.#options;
    const due = clock.now() + ms;
    this.#checkTimer = clock.setTimeout(() => this.#check(due, inGrace), ms);
  }

  #check(due: number, inGrace: boolean): void {
    const now = this.#options.clock.now();
    const silence = now - this.#lastSign;
    const limit = this.limit ?? Number.POSITIVE_INFINITY;
    if (silence < limit) return this.#checkIn(limit - silence, false);
    if (!inGrace && now - due > LATE) return this.#checkIn(GRACE, true);
    this.#options.onDead(silence);
  }
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
