// Numbers without gaps, over every end of the process.
import type { MsbEvent } from "../../../src/index.ts";
import type { Measurement } from "../../contracts/press.ts";
import type { Kept } from "./kept.ts";

/**
 * A number that was given must be an event that arrives, and never another measurement. A process can end between the two, so the
 * measurement is kept together with its number first, and then published: a process that finds one publishes it once more. What
 * was in the store already then arrives twice, and whoever counts numbers sees that it is the same.
 */
export class NumberedMeasurements {
  readonly #event: MsbEvent<Measurement>;
  readonly #kept: Kept<Measurement>;
  #last: Measurement | undefined;
  #stored: number | undefined;
  #isBusy = false;

  constructor(event: MsbEvent<Measurement>, kept: Kept<Measurement>) {
    this.#event = event;
    this.#kept = kept;
    this.#last = kept.read();
  }

  /** How many have a number. */
  get count(): number {
    return this.#last?.number ?? 0;
  }

  /** The number of the last one that is in the store, or was; `undefined` until this process knows it. */
  get stored(): number | undefined {
    return this.#stored;
  }

  /** Gives a measurement the next number, unless the one before is not in the store yet: then that is published first. */
  async add(measured: Omit<Measurement, "number">): Promise<void> {
    if (this.#isBusy) {
      return;
    }
    this.#isBusy = true;
    try {
      if (this.#last === undefined || this.#stored === this.count) {
        this.#last = { number: this.count + 1, ...measured };
        this.#kept.write(this.#last);
      }
      await this.#event.publish(this.#last, { cached: true, until: "stored", postDate: this.#last.at });
      this.#stored = this.count;
    } finally {
      this.#isBusy = false;
    }
  }
}
