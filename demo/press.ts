import type { Measurement } from "./contract.ts";

/** A press that exists in numbers only: it warms up with its speed, and presses harder when it is warm. */
export class Press {
  #speed = 60;
  #temperature = 24;
  #strokes = 0;
  #lastStep = Date.now();

  get speed(): number {
    return this.#speed;
  }

  setSpeed(speed: number): number {
    this.#speed = speed;
    return speed;
  }

  measure(now = Date.now()): Measurement {
    const minutes = (now - this.#lastStep) / 60_000;
    this.#lastStep = now;
    this.#strokes += this.#speed * minutes;
    const target = 22 + this.#speed / 3;
    this.#temperature += (target - this.#temperature) * Math.min(1, minutes * 6);
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
