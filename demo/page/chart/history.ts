import type { Measurement } from "../../contracts/press.ts";

type Values = Pick<Measurement, "temperature" | "force" | "speed">;

/** Measurements of some time, sorted by when they were measured: one place of each array for each. */
export interface Samples {
  /** Milliseconds since 1970. */
  readonly at: Float64Array;
  readonly temperature: Float64Array;
  readonly force: Float64Array;
  readonly speed: Float64Array;
  /** How many milliseconds later it was here. */
  readonly delay: Float64Array;
}

const COLUMNS = ["at", "temperature", "force", "speed", "delay"] as const;

/** More than two hours at four measurements a second, in 1.3 MB. */
const CAPACITY = 32_768;

/**
 * What the press has measured, as far as this page has heard of it. What comes late is put where it belongs. Numbers in typed arrays: a
 * redraw looks at thousands of them.
 */
export class History {
  readonly #capacity: number;
  readonly #columns: Record<(typeof COLUMNS)[number], Float64Array>;
  #size = 0;

  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
    const column = () => new Float64Array(capacity);
    this.#columns = {
      at: column(),
      temperature: column(),
      force: column(),
      speed: column(),
      delay: column(),
    };
  }

  get size(): number {
    return this.#size;
  }

  /** By the clock of this page. `false` if it is here already, or older than what a full history still has. */
  add({ temperature, force, speed }: Values, at: number, arrivedAt: number): boolean {
    if (this.#size === this.#capacity && !this.#makeRoom(at)) {
      return false;
    }
    const index = this.#firstAfter(at);
    if (index > 0 && this.#columns.at[index - 1] === at) {
      return false;
    }
    const sample = { at, temperature, force, speed, delay: arrivedAt - at };
    for (const name of COLUMNS) {
      const column = this.#columns[name];
      column.copyWithin(index + 1, index, this.#size);
      column[index] = sample[name];
    }
    this.#size++;
    return true;
  }

  /** Those of a time, and the nearest before it, so that a line comes in from the edge. Not copied: what is added later may change them. */
  between(from: number, to: number): Samples {
    const first = Math.max(0, this.#firstAfter(from) - 1);
    return this.#part(first, Math.max(first, this.#firstAfter(to)));
  }

  /** The newest. */
  last(count: number): Samples {
    return this.#part(Math.max(0, this.#size - count), this.#size);
  }

  #part(start: number, end: number): Samples {
    const { at, temperature, force, speed, delay } = this.#columns;
    return {
      at: at.subarray(start, end),
      temperature: temperature.subarray(start, end),
      force: force.subarray(start, end),
      speed: speed.subarray(start, end),
      delay: delay.subarray(start, end),
    };
  }

  /** The oldest quarter goes at once, so that one measurement in thousands pays for it. */
  #makeRoom(time: number): boolean {
    const oldest = this.#columns.at[0];
    if (oldest === undefined || time <= oldest) {
      return false;
    }
    const dropped = Math.ceil(this.#capacity / 4);
    for (const name of COLUMNS) {
      this.#columns[name].copyWithin(0, dropped, this.#size);
    }
    this.#size -= dropped;
    return true;
  }

  #firstAfter(time: number): number {
    const { at } = this.#columns;
    let low = 0;
    let high = this.#size;
    // Nearly always it is the newest.
    if (high > 0 && (at[high - 1] as number) <= time) {
      return high;
    }
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((at[middle] as number) <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** The place of the measurement that is nearest to a time; -1 if there is none. */
export function nearest(at: Float64Array, time: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] as number) < time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const before = at[low - 1];
  const after = at[low];
  if (before === undefined || after === undefined) {
    return before === undefined && after === undefined ? -1 : before === undefined ? low : low - 1;
  }
  return time - before <= after - time ? low - 1 : low;
}
