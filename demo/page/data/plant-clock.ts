/** Two clocks of a computer, in milliseconds: the one that people set, and one that nobody can set. */
export interface OwnClocks {
  /** Since 1970. */
  wall(): number;
  /** Since some time. It may stand still while the computer sleeps. */
  steady(): number;
}

/** Between two looks at both clocks they do not move apart by more, unless something happens. In milliseconds. */
const LARGEST_DRIFT = 1_000;

/** The clock of the plant, as another computer knows it: that of a phone may be minutes off, and may be set at any time. */
export class PlantClock {
  readonly #own: OwnClocks;
  /** What the time of the plant is ahead of the steady clock. Until it is known, both computers have the same time. */
  #ahead: number;
  /** What the other clock was ahead of the steady one, when they were looked at last. */
  #wallAhead: number;

  constructor(own: OwnClocks) {
    this.#own = own;
    this.#wallAhead = own.wall() - own.steady();
    this.#ahead = this.#wallAhead;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#own.steady() + this.#ahead;
  }

  /**
   * The plant was asked for its time. It said so at some moment between: what does not contradict that is left as it is, and of what
   * does, the middle is nearest to the truth.
   * @param time what it answered
   * @param askedAt by the steady clock
   * @returns by how many milliseconds it may still be wrong
   */
  compare(time: number, askedAt: number): number {
    const answeredAt = this.#own.steady();
    const [least, most] = [time - answeredAt, time - askedAt];
    if (this.#ahead < least || this.#ahead > most) {
      this.#ahead = (least + most) / 2;
    }
    return most - least;
  }

  /** By how much the own clocks have moved apart since this was asked last: the computer slept, or its time was set. 0 if not. */
  leap(): number {
    const wallAhead = this.#own.wall() - this.#own.steady();
    const leap = wallAhead - this.#wallAhead;
    if (Math.abs(leap) < LARGEST_DRIFT) {
      return 0;
    }
    this.#wallAhead = wallAhead;
    return leap;
  }

  /** The steady clock has stood still for so long. */
  slept(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}
