/** Milliseconds over which a rate is measured. */
const WINDOW = 5_000;
/** The first messages of a service say nothing about its rate. */
const MIN_TIME = 1_000;

/** What one service has sent since the broker knows it: a few numbers, whatever it sends. */
export class ServiceCounters {
  /** Registrations and events that came in its name, also those that were refused. */
  messages = 0;
  refused = 0;
  registrations = 0;
  /** How often it came back on another connection. */
  reconnects = 0;
  /** When the last of them came, in milliseconds since 1970. */
  lastMessage: number | undefined;
  // The messages of the window that runs, and of the one before it.
  #start: number | undefined;
  #count = 0;
  #before: number | undefined;

  received(at: number): void {
    this.#roll(at);
    this.#count += 1;
    this.messages += 1;
    this.lastMessage = at;
  }

  /** Messages per second, of about the last five. */
  rate(now: number): number {
    if (this.#start === undefined) {
      return 0;
    }
    this.#roll(now);
    const elapsed = now - this.#start;
    if (this.#before === undefined) {
      return (this.#count * 1_000) / Math.max(elapsed, MIN_TIME);
    }
    // The part of the window before that is still within the last five seconds.
    return ((this.#before * (WINDOW - elapsed)) / WINDOW + this.#count) / (WINDOW / 1_000);
  }

  #roll(at: number): void {
    const elapsed = at - (this.#start ?? at);
    if (this.#start === undefined || elapsed < 0) {
      // The first one, or the computer's clock was set back.
      this.#start = at;
      this.#count = 0;
    } else if (elapsed >= 2 * WINDOW) {
      this.#start = at;
      this.#before = 0;
      this.#count = 0;
    } else if (elapsed >= WINDOW) {
      this.#start += WINDOW;
      this.#before = this.#count;
      this.#count = 0;
    }
  }
}
