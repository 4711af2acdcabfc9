import type { Clock } from "../../support/clock.ts";
import { elapsed } from "../../support/elapsed.ts";
import type { MsbError } from "../../support/errors.ts";
import type { SessionSettings } from "../settings.ts";
import type { Backoff } from "./backoff.ts";
import { isFatal } from "./retry.ts";

export interface AttemptsOptions {
  readonly settings: SessionSettings;
  readonly clock: Clock;
}

/** Whether another attempt follows when a connection ends: what was wished, and what was reached since connect(). */
export class Attempts {
  readonly #options: AttemptsOptions;
  readonly #backoff: Backoff;
  #isPatient = false;
  /** IO_CONNECTED came since connect(): from now on a lost connection is made again. */
  #wasConnected = false;
  #connectedAt = 0;

  constructor(options: AttemptsOptions, backoff: Backoff) {
    this.#options = options;
    this.#backoff = backoff;
  }

  /** `waitForServer`: whatever can be tried again is, until it succeeds. */
  get isPatient(): boolean {
    return this.#isPatient;
  }

  /** Whether IO_CONNECTED came since connect(). */
  get wasConnected(): boolean {
    return this.#wasConnected;
  }

  start(isPatient: boolean): void {
    this.#isPatient = isPatient;
    this.#wasConnected = false;
    this.#backoff.reset();
  }

  /** Another call joins. */
  join(isPatient: boolean): void {
    this.#isPatient ||= isPatient;
  }

  end(): void {
    this.#isPatient = false;
  }

  /** @returns whether a lost connection was made again */
  onConnected(): boolean {
    const isAgain = this.#wasConnected;
    this.#wasConnected = true;
    this.#connectedAt = elapsed(this.#options.clock);
    return isAgain;
  }

  /** A connection is lost after IO_CONNECTED: one that lived longer than the pause before it was progress. */
  onLost(): void {
    const lifetime = elapsed(this.#options.clock) - this.#connectedAt;
    if (lifetime > this.#backoff.lastPause) {
      this.#backoff.reset();
    }
  }

  /** @param error why the connection ended */
  mayFollow(error: MsbError): boolean {
    if (isFatal(error) || !this.#options.settings.autoReconnect) {
      return false;
    }
    return this.#wasConnected || this.#isPatient;
  }
}
