import Denque from "denque";

interface Waiting {
  readonly run: () => void | Promise<void>;
  readonly due: number;
}

/** What goes one way through the proxy, in its order: at once, or late. */
export class Pipe {
  readonly #waiting = new Denque<Waiting>();
  #busy = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param run sends it; where it takes time, whatever comes later waits for it */
  push(run: () => void | Promise<void>, delay: number): void {
    if (this.#closed) {
      return;
    }
    if (delay === 0 && !this.#busy && this.#waiting.length === 0) {
      return this.#run(run);
    }
    this.#waiting.push({ run, due: performance.now() + delay });
    this.#drain();
  }

  /** From now on everything is swallowed, and what waits too. */
  close(): void {
    this.#closed = true;
    this.#waiting.clear();
    clearTimeout(this.#timer);
  }

  #run(run: Waiting["run"]): void {
    const running = run();
    if (running === undefined) {
      return;
    }
    this.#busy = true;
    void running.then(() => {
      this.#busy = false;
      this.#drain();
    });
  }

  #drain(): void {
    if (this.#timer !== undefined) {
      return;
    }
    for (let next = this.#waiting.peekFront(); next !== undefined; next = this.#waiting.peekFront()) {
      if (this.#busy || this.#closed) {
        return;
      }
      const rest = next.due - performance.now();
      if (rest > 0) {
        this.#timer = setTimeout(() => {
          this.#timer = undefined;
          this.#drain();
        }, rest);
        return;
      }
      this.#waiting.shift();
      this.#run(next.run);
    }
  }
}
