import type { Clock } from "../../support/clock.ts";
import type { WakeUp } from "./wake-up.ts";

/** Milliseconds before an early attempt: the event `online` comes before the network works. */
const EARLY_PAUSE = 500;

export interface ReconnectorOptions {
  readonly clock: Clock;
  readonly wakeUp: WakeUp;
  dial(): void;
}

/** Makes the next attempt: never without a pause, earlier if the platform wakes up. */
export class Reconnector {
  readonly #options: ReconnectorOptions;
  #timer: unknown;
  #stopListening: (() => void) | undefined;

  constructor(options: ReconnectorOptions) {
    this.#options = options;
  }

  /** @param pause in milliseconds */
  plan(pause: number): void {
    this.stop();
    this.#dialIn(pause);
    const dialEarly = (): void => this.#dialIn(Math.min(EARLY_PAUSE, pause));
    this.#stopListening = this.#options.wakeUp.listen(dialEarly);
  }

  stop(): void {
    this.#options.clock.clearTimeout(this.#timer);
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  #dialIn(ms: number): void {
    const { clock, dial } = this.#options;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(() => {
      this.stop();
      dial();
    }, ms);
  }
}
