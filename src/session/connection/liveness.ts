import type { Clock } from "../../support/clock.ts";
import { elapsed } from "../../support/elapsed.ts";
import { Watchdog, type WatchdogOptions } from "./watchdog.ts";

/** Silence longer than this many heartbeat intervals means that the connection is dead. */
const HEARTBEAT_TOLERANCE = 3;

/** Never shorter than this, in milliseconds, however often the server's heart beats. */
const MIN_SILENCE = 3_000;

/** Heartbeats that come closer together than this, in milliseconds, were held up on the way and say nothing. */
const BURST = 100;

const REMEMBERED = 5;

const NO_GAPS: readonly number[] = [];

/** What it watches. */
export interface LivenessOwner {
  readonly clock: Clock;
  /** {@link import("./watchdog.ts").WatchdogOptions.readingSince} */
  readonly readingSince: number | undefined;
  sendPing(): void;
  /** Nothing came for so many milliseconds. */
  onDead(silence: number): void;
}

/**
 * Watches whether the other side still lives. Everything that it sends is a sign of life; how often one has to come is
 * learned from its own heartbeats (SockJS `h`, or `ping`), or known if we send pings ourselves.
 */
export class Liveness implements WatchdogOptions {
  readonly #owner: LivenessOwner;
  readonly #pingInterval: number | undefined;
  readonly #watchdog: Watchdog;
  readonly #lastBeat: { h?: number; ping?: number } = {};
  #gaps: readonly number[] = NO_GAPS;
  #pingTimer: unknown;

  /** @param pingInterval milliseconds between pings of our own; `undefined` if none are sent */
  constructor(owner: LivenessOwner, pingInterval: number | undefined) {
    this.#owner = owner;
    this.#pingInterval = pingInterval;
    this.#watchdog = new Watchdog(this);
    if (pingInterval !== undefined) {
      this.#pingIn(pingInterval);
      this.#watchdog.watch();
    }
  }

  get clock(): Clock {
    return this.#owner.clock;
  }

  /** Milliseconds of silence that are allowed; `undefined` while nothing is known. */
  limit(): number | undefined {
    const learned = median(this.#gaps);
    if (learned === undefined && this.#pingInterval === undefined) {
      return undefined;
    }
    const interval = Math.min(
      learned ?? Number.POSITIVE_INFINITY,
      this.#pingInterval ?? Number.POSITIVE_INFINITY,
    );
    return Math.max(MIN_SILENCE, HEARTBEAT_TOLERANCE * interval);
  }

  readingSince(): number | undefined {
    return this.#owner.readingSince;
  }

  onSilence(milliseconds: number): void {
    this.#owner.onDead(milliseconds);
  }

  /** Something came. */
  onSign(): void {
    this.#watchdog.sign();
  }

  /** A heartbeat of the server came; each kind has a rhythm of its own. */
  onHeartbeat(kind: "h" | "ping"): void {
    const now = elapsed(this.clock);
    const last = this.#lastBeat[kind];
    this.#lastBeat[kind] = now;
    if (last !== undefined && now - last >= BURST) {
      this.#gaps = [...this.#gaps, now - last].slice(-REMEMBERED);
    }
    this.onSign();
    this.#watchdog.watch();
  }

  stop(): void {
    this.#watchdog.stop();
    this.clock.clearTimeout(this.#pingTimer);
  }

  #pingIn(milliseconds: number): void {
    this.#pingTimer = this.clock.setTimeout(() => {
      this.#pingIn(milliseconds);
      this.#owner.sendPing();
    }, milliseconds);
  }
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
