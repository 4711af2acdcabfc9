/** A configuration parameter changed: by the MSB (`K`), or by the program. */
export interface ConfigChange {
  /** The service that the parameter belongs to. */
  readonly uuid: string;
  readonly name: string;
  readonly oldValue: unknown;
  readonly newValue: unknown;
  readonly source: "msb" | "program";
}

/** A configuration parameter that was added to a service. */
export class ConfigParameter<Value> {
  readonly name: string;
  readonly #read: () => Value;
  readonly #change: (value: Value) => Promise<void>;

  /** @internal Parameters are made by `addConfigParameter()`. */
  constructor(name: string, read: () => Value, change: (value: Value) => Promise<void>) {
    this.name = name;
    this.#read = read;
    this.#change = change;
  }

  /** The value now. */
  get value(): Value {
    return this.#read();
  }

  /**
   * Changes the value, offline too. When registered, the MSB is told: resolves on its IO_REGISTERED; otherwise at once.
   * Rejects with `INVALID_VALUE`, and nothing is changed, if the value is of another type.
   * @example
   * await limit.change(90);
   * console.log(limit.value); // 90
   */
  change(value: Value): Promise<void> {
    return this.#change(value);
  }
}
