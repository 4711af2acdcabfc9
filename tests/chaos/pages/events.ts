// What `level` takes from Node's `events`, which browsers do not have: bundlers are given this instead.
type Listener = (...values: unknown[]) => void;

export class EventEmitter {
  readonly #listeners = new Map<string, Listener[]>();

  on(name: string, listener: Listener): this {
    this.#listeners.set(name, [...this.#of(name), listener]);
    // An emitter tells of new listeners: this is how level knows whether somebody wants its events.
    if (name !== "newListener") this.emit("newListener", name, listener);
    return this;
  }

  once(name: string, listener: Listener): this {
    const once = (...values: unknown[]): void => {
      this.off(name, once);
      listener(...values);
    };
    return this.on(name, once);
  }

  off(name: string, listener: Listener): this {
    this.#listeners.set(
      name,
      this.#of(name).filter((each) => each !== listener),
    );
    return this;
  }

  emit(name: string, ...values: unknown[]): boolean {
    for (const listener of this.#of(name)) listener(...values);
    return this.listenerCount(name) > 0;
  }

  listenerCount(name: string): number {
    return this.#of(name).length;
  }

  #of(name: string): Listener[] {
    return this.#listeners.get(name) ?? [];
  }
}
