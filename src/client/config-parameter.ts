import { mustBe } from "../core/validation/describe-value.ts";
import { throwIssues } from "../core/validation/issues.ts";
import type { Unsubscribe } from "../support/emitter.ts";

/** A configuration parameter changed: by the MSB (`K`), or by the program. */
export interface ConfigChange {
  /** The service that the parameter belongs to. */
  readonly uuid: string;
  readonly name: string;
  readonly oldValue: unknown;
  readonly newValue: unknown;
  readonly source: "msb" | "program";
}

/** What a parameter needs of the service that it belongs to. */
interface ParameterOwner {
  readonly uuid: string;
  getConfigParameter(name: string): unknown;
  changeConfigParameter(name: string, value: unknown): Promise<void>;
  onConfigChange(listener: (change: ConfigChange) => void): Unsubscribe;
}

/** A configuration parameter that was added to a service. */
export class ConfigParameter<Value> {
  readonly name: string;
  readonly #owner: ParameterOwner;

  /** @internal Parameters are made by `addConfigParameter()`. */
  constructor(name: string, owner: ParameterOwner) {
    this.name = name;
    this.#owner = owner;
  }

  /** The value now. */
  get value(): Value {
    return this.#owner.getConfigParameter(this.name) as Value;
  }

  /**
   * Changes the value, also without a connection. If registered, the client registers again and resolves on IO_REGISTERED; otherwise at once.
   * Rejects with `INVALID_VALUE`, and nothing is changed, if the value is of another type.
   * @example
   * await limit.change(90);
   * console.log(limit.value); // 90
   */
  change(value: Value): Promise<void> {
    return this.#owner.changeConfigParameter(this.name, value);
  }

  /**
   * Adds a listener that is told the new value whenever it is another one, whoever changed it, and how it changed as well:
   * `configChange` of the client, of this parameter alone. One that throws is reported, and nothing else is affected.
   * @throws {MsbDefinitionError} if the listener is not a function.
   * @returns a function that removes it
   * @example
   * const stop = limit.on((value, { source }) => console.log(`The limit is ${value} now, says the ${source}.`));
   * stop(); // removes the listener
   */
  on(listener: (value: Value, change: ConfigChange) => void): Unsubscribe {
    checkListener(listener);
    const { uuid } = this.#owner;
    return this.#owner.onConfigChange((change) =>
      change.uuid === uuid && change.name === this.name
        ? listener(change.newValue as Value, change)
        : undefined,
    );
  }
}

function checkListener(listener: unknown): void {
  if (typeof listener !== "function") {
    throwIssues("The listener", [{ path: "listener", message: mustBe("a function", listener) }]);
  }
}
