import type { Clock } from "../../support/clock.ts";
import type { NetworkHints } from "./network-hints.ts";
import { PlannedAttempt } from "./planned-attempt.ts";

/** Milliseconds before an early attempt: the event `online` comes before the network works. */
const EARLY_PAUSE = 500;

export interface ReconnectorOptions {
  readonly clock: Clock;
  readonly networkHints: NetworkHints;
  dial(): void;
}

/** Makes the next attempt: never without a pause, earlier after a hint that the network works again. */
export class Reconnector {
  readonly #networkHints: NetworkHints;
  readonly #attempt: PlannedAttempt;
  #stopListening: (() => void) | undefined;

  constructor({ clock, networkHints, dial }: ReconnectorOptions) {
    this.#networkHints = networkHints;
    this.#attempt = new PlannedAttempt(clock, () => {
      this.stop();
      dial();
    });
  }

  /** @param pause in milliseconds */
  plan(pause: number): void {
    this.stop();
    this.#attempt.plan(pause);
    this.#stopListening = this.#networkHints.listen(() => this.#attempt.hasten(EARLY_PAUSE));
  }

  /** Somebody does not want to wait. @returns false if no attempt is planned */
  hurry(): boolean {
    return this.#attempt.hurry();
  }

  stop(): void {
    this.#attempt.stop();
    this.#stopListening?.();
    this.#stopListening = undefined;
  }
}
