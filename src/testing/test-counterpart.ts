import type { MsbClient } from "../client/client.ts";
import type { AnyContract } from "../client/contract/contract.ts";
import type { EventIdOf, EventValueOf, FunctionIdOf } from "../client/contract/types.ts";
import type { Counterpart } from "../client/counterpart/counterpart.ts";
import type { CounterpartOptions } from "../client/counterpart/counterpart-options.ts";
import type { CallArguments, CallResult } from "../client/counterpart/types.ts";
import { valueAndOptions } from "../client/publish-options.ts";
import { Arrivals, DEFAULT_TIMEOUT, type WaitOptions } from "./arrivals.ts";

/** A user of a machine, for tests of the machine; made by {@link TestBench.counterpart}. */
export class TestCounterpart<C extends AnyContract> {
  readonly client: MsbClient;
  /** For what is not here: `on()`, `events()`, `lastValue()`, `flows`. */
  readonly counterpart: Counterpart<C>;
  readonly #arrivals: Arrivals<string, unknown>;

  /** @internal Made by `TestBench`, which adds its flows and starts its client. */
  constructor(client: MsbClient, contract: C, options: CounterpartOptions) {
    this.client = client;
    this.counterpart = client.counterpart(contract, options);
    const eventIds = Object.keys(contract.events) as EventIdOf<C>[];
    this.#arrivals = new Arrivals({ what: "the event", kind: "event", unknown: "UNKNOWN_EVENT" }, eventIds);
    for (const eventId of eventIds) {
      this.counterpart.on(eventId, (value) => this.#arrivals.add(eventId, value));
    }
  }

  /**
   * `call()` of {@link Counterpart}, with a shorter `timeout`: 1500 ms, if the options do not say.
   * @example
   * const caller = await bench.counterpart(pressContract, { uuid: "press-7" });
   * console.log(await caller.call("SET_SPEED", 60)); // what the machine answered
   */
  call<Id extends FunctionIdOf<C>>(
    functionId: Id,
    ...args: CallArguments<C, Id>
  ): Promise<CallResult<C, Id>> {
    const [first, second] = args as readonly unknown[];
    const { functions } = this.counterpart.contract.checked;
    const called = functions.find((each) => each.functionId === functionId);
    const [value, options] = valueAndOptions(called?.dataFormat.json !== undefined, first, second);
    const given = { timeout: DEFAULT_TIMEOUT, ...(options as object | undefined) };
    return this.counterpart.call(functionId, ...([value, given] as never));
  }

  /**
   * The value of the oldest event that was not asked for yet, or of the next one.
   * @throws {MsbError} (rejects) `TIMEOUT`, saying which events came; `UNKNOWN_EVENT`.
   * @example
   * const caller = await bench.counterpart(pressContract, { uuid: "press-7" });
   * const { celsius } = await caller.nextEvent("MEASURED");
   */
  nextEvent<Id extends EventIdOf<C>>(eventId: Id, options?: WaitOptions): Promise<EventValueOf<C, Id>> {
    return this.#arrivals.next(eventId, options) as Promise<EventValueOf<C, Id>>;
  }
}
