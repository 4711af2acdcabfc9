import type { Clock } from "../../support/clock.ts";
import type { NetworkHints } from "./network-hints.ts";

/** Milliseconds before an early attempt: the event `online` comes before the network works. */
const EARLY_PAUSE = 500;

export interface ReconnectorOptions {
  readonly clock: Clock;
  readonly networkHints: NetworkHints;
  dial(): void;
}

/** Makes the next attempt: never without a pause, earlier after a hint that the network works again. */
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
    this.#stopListening = this.#options.networkHints.listen(dialEarly);
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
