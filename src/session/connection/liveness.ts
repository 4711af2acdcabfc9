import type { Clock } from "../../support/clock.ts";
import { elapsed } from "../../support/elapsed.ts";
import { Watchdog } from "./watchdog.ts";

/** Silence longer than this many heartbeat intervals means that the connection is dead. */
const HEARTBEAT_TOLERANCE = 3;

/** Never shorter than this, in milliseconds, however often the server's heart beats. */
const MIN_SILENCE = 3_000;

/** Heartbeats that come closer together than this, in milliseconds, were held up on the way and say nothing. */
const BURST = 100;

const REMEMBERED = 5;

export interface LivenessOptions {
  readonly clock: Clock;
  /** Milliseconds between pings of our own; `undefined` if none are sent. */
  readonly pingInterval: number | undefined;
  ping(): void;
  /** {@link import("./watchdog.ts").WatchdogOptions.readingSince} */
  readingSince(): number | undefined;
  /** The connection is dead: nothing came for so many milliseconds. */
  onDead(silence: number): void;
}

/**
 * Watches whether the other side still lives. Everything that it sends is a sign of life; how often one has to come is
 * learned from its own heartbeats (SockJS `h`, or `ping`), or known if we send pings ourselves.
 */
export class Liveness {
  readonly #options: LivenessOptions;
  readonly #watchdog: Watchdog;
  readonly #lastBeat = new Map<string, number>();
  #gaps: number[] = [];
  #pingTimer: unknown;

  constructor(options: LivenessOptions) {
    this.#options = options;
    this.#watchdog = new Watchdog({
      clock: options.clock,
      limit: () => this.limit,
      readingSince: () => options.readingSince(),
      onSilence: (silence) => options.onDead(silence),
    });
    this.#startPings();
  }

  /** Milliseconds of silence that are allowed; `undefined` while nothing is known. */
  get limit(): number | undefined {
    const { pingInterval } = this.#options;
    const learned = median(this.#gaps);
    if (learned === undefined && pingInterval === undefined) {
      return undefined;
    }
    const interval = Math.min(learned ?? Number.POSITIVE_INFINITY, pingInterval ?? Number.POSITIVE_INFINITY);
    return Math.max(MIN_SILENCE, HEARTBEAT_TOLERANCE * interval);
  }

  /** Something came. */
  onSign(): void {
    this.#watchdog.sign();
  }

  /** A heartbeat of the server came; each kind has a rhythm of its own. */
  onHeartbeat(kind: "h" | "ping"): void {
    const now = elapsed(this.#options.clock);
    const last = this.#lastBeat.get(kind);
    this.#lastBeat.set(kind, now);
    if (last !== undefined && now - last >= BURST) {
      this.#gaps = [...this.#gaps, now - last].slice(-REMEMBERED);
    }
    this.onSign();
    this.#watchdog.watch();
  }

  stop(): void {
    this.#watchdog.stop();
    this.#options.clock.clearTimeout(this.#pingTimer);
  }

  #startPings(): void {
    const { clock, pingInterval, ping } = this.#options;
    if (pingInterval === undefined) {
      return;
    }
    const next = (): void => {
      this.#pingTimer = clock.setTimeout(next, pingInterval);
      ping();
    };
    this.#pingTimer = clock.setTimeout(next, pingInterval);
    this.#watchdog.watch();
  }
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
