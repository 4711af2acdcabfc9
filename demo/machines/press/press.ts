import type { Measurement } from "../../contracts/press.ts";

/** A press that exists in numbers only: it warms up with its speed, and presses harder when it is warm. */
export class Press {
  #speed = 60;
  #temperature = 24;
  #strokes = 0;
  #lastStep = Date.now();

  /** @param last what it measured before it stopped: it goes on from there. */
  constructor(last?: Measurement) {
    if (last !== undefined) {
      this.#speed = last.speed;
      this.#temperature = last.temperature;
      this.#strokes = last.strokes;
    }
  }

  setSpeed(speed: number): number {
    this.#speed = speed;
    return speed;
  }

  /** Works until now. @returns the numbers of the parts that were pressed */
  work(now: number): number[] {
    const minutes = (now - this.#lastStep) / 60_000;
    this.#lastStep = now;
    const before = Math.floor(this.#strokes);
    this.#strokes += this.#speed * minutes;
    const target = 22 + this.#speed / 3;
    this.#temperature += (target - this.#temperature) * Math.min(1, minutes * 6);
    return Array.from({ length: Math.floor(this.#strokes) - before }, (_, index) => before + index + 1);
  }

  measure(now: number): Omit<Measurement, "number"> {
    const ripple = Math.sin(now / 900);
    return {
      temperature: round(this.#temperature + ripple * 0.4),
      force: this.#speed === 0 ? 0 : round(180 + this.#temperature / 2 + ripple * 9),
      speed: this.#speed,
      strokes: Math.floor(this.#strokes),
      at: new Date(now).toISOString(),
    };
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
