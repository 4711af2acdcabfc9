// A belt that exists in numbers only.

/** Metres. */
const LENGTH = 3;
/** Metres per minute. */
const SPEED = 30;

class Belt {
  #isRunning = true;
  #lastStep = Date.now();
  #moved = 0;
  /** The parts on it, the first one foremost, and how far each has come. */
  #parts = [];

  take(part) {
    this.#parts.push({ part, position: 0 });
  }

  stop() {
    this.#isRunning = false;
  }

  run() {
    this.#isRunning = true;
  }

  /** Works until now. @returns the numbers of the parts that have reached its end */
  work(now) {
    const metres = (this.#speedAt(now) * (now - this.#lastStep)) / 60_000;
    this.#lastStep = now;
    for (const each of this.#parts) {
      each.position += metres;
    }
    const arrived = this.#parts.filter(({ position }) => position >= LENGTH);
    this.#parts = this.#parts.filter(({ position }) => position < LENGTH);
    this.#moved += arrived.length;
    return arrived.map(({ part }) => part);
  }

  state(now) {
    return {
      speed: Math.round(this.#speedAt(now) * 10) / 10,
      partsOnBelt: this.#parts.length,
      partsMoved: this.#moved,
      at: new Date(now).toISOString(),
    };
  }

  #speedAt(now) {
    return this.#isRunning ? SPEED + Math.sin(now / 2_300) * 0.3 : 0;
  }
}

module.exports = { Belt };
