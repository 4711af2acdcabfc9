import type { ArmState } from "../../contracts/robot.ts";

/** Milliseconds from picking a part to being back for the next one. */
const CYCLE = 450;
const PICKING = 0.4;
const PLACED = 0.8;
/** Degrees between the belt and the box. */
const TURN = 110;

/** An arm that exists in numbers only. */
export class Arm {
  /** The parts that lie ready at the end of the belt. */
  readonly #ready: number[] = [];
  #part: number | undefined;
  #isPlaced = false;
  #since = 0;
  #placed = 0;
  #isHeld = false;

  pick(part: number): void {
    this.#ready.push(part);
  }

  /** It finishes what it does, and begins nothing new. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
  }

  get partsPlaced(): number {
    return this.#placed;
  }

  /** Works until now. @returns the part that was put into the box, if any */
  work(now: number): number | undefined {
    if (this.#part === undefined && !this.#isHeld) {
      this.#part = this.#ready.shift();
      this.#since = now;
      this.#isPlaced = false;
    }
    const part = this.#part;
    if (part === undefined) {
      return undefined;
    }
    const progress = this.#progress(now);
    if (progress >= 1) {
      this.#part = undefined;
    }
    if (progress < PLACED || this.#isPlaced) {
      return undefined;
    }
    this.#isPlaced = true;
    this.#placed += 1;
    return part;
  }

  state(now: number): ArmState {
    const progress = this.#progress(now);
    const isIdle = this.#part === undefined;
    return {
      state: isIdle ? "waiting" : progress < PICKING ? "picking" : "placing",
      angle: isIdle ? 0 : Math.round(TURN * Math.sin(Math.PI * Math.min(1, progress))),
      partsPlaced: this.#placed,
      at: new Date(now).toISOString(),
    };
  }

  #progress(now: number): number {
    return (now - this.#since) / CYCLE;
  }
}
