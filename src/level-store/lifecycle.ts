import { ignore } from "../support/ignore.ts";

/** Opens, uses and closes something, one after the other, whoever asks when. */
export class Lifecycle {
  readonly #refuse: (state: "open already" | "not open") => Error;
  #state: "closed" | "opening" | "open" | "closing" = "closed";
  /** The opening or closing that is under way. */
  #change: Promise<void> = Promise.resolve();
  /** The use that is under way. */
  #use: Promise<void> = Promise.resolve();

  constructor(refuse: (state: "open already" | "not open") => Error) {
    this.#refuse = refuse;
  }

  get isOpen(): boolean {
    return this.#state === "open";
  }

  /** Waits for a closing that is under way. Rejects if it is open, or being opened. */
  async open<T>(task: () => Promise<T>): Promise<T> {
    while (this.#state === "closing") {
      await this.#change;
    }
    if (this.#state !== "closed") {
      throw this.#refuse("open already");
    }
    return this.#changeTo("open", task);
  }

  /** Waits for an opening and for the uses that are under way. Joins a closing, and does nothing if it is closed. */
  async close(task: () => Promise<void>): Promise<void> {
    while (this.#state === "opening") {
      await this.#change;
    }
    if (this.#state === "closed") {
      return;
    }
    if (this.#state === "closing") {
      return this.#change;
    }
    const using = this.#use;
    await this.#changeTo("closed", () => using.then(task));
  }

  /** Runs while it is open, after what was asked for before. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#state !== "open") {
      throw this.#refuse("not open");
    }
    const done = this.#use.then(task);
    this.#use = done.then(ignore, ignore);
    return done;
  }

  /** What fails leaves it as it was. */
  #changeTo<T>(state: "open" | "closed", task: () => Promise<T>): Promise<T> {
    const before = this.#state;
    this.#state = state === "open" ? "opening" : "closing";
    const changed = task().then(
      (result) => {
        this.#state = state;
        return result;
      },
      (error) => {
        this.#state = before;
        throw error;
      },
    );
    this.#change = changed.then(ignore, ignore);
    return changed;
  }
}
