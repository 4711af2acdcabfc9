/** Timers that can be stopped together. */
export class Timers {
  readonly #timers = new Set<NodeJS.Timeout>();

  later(ms: number, callback: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      callback();
    }, ms);
    this.#timers.add(timer);
  }

  every(ms: number, callback: () => void): void {
    this.#timers.add(setInterval(callback, ms));
  }

  stop(): void {
    for (const timer of this.#timers) {
      clearTimeout(timer);
    }
    this.#timers.clear();
  }
}
